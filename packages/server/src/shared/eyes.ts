import type { GraphQLSchema } from 'graphql'
import type { Role } from './context.js'
import { allThings, type Datum, dataOfThing, opens } from './datum.js'
import { withoutFields } from './withoutFields.js'

/** Where each use of a datum stands in the graph, behind the name of its thing. */
const PLACES = {
  filter: ['Where', 'Order'],
  sort: ['Field'],
  group: ['Key', 'Distinct', 'Numbers', 'Extremes', 'DistinctIs', 'NumbersAre', 'ExtremesAre'],
} as const
const USES = Object.keys(PLACES) as (keyof typeof PLACES)[]

/** What nobody of a role may use so; what he may not read he may not find out by filtering, sorting or grouping either. */
function closedTo(role: Role): Set<string> {
  const isOpen = (datum: Datum, use: keyof typeof PLACES) => opens(datum[use], role) && opens(datum.read, role)
  return new Set(
    allThings().flatMap(({ target, name: thing }) =>
      dataOfThing(target).flatMap((datum) =>
        USES.filter((use) => !isOpen(datum, use)).flatMap((use) => PLACES[use].map((place) => `${thing}${place}.${datum.name}`)),
      ),
    ),
  )
}

/**
 * The graph as each role knows it. A use of a datum that is closed to the role does not exist there: not in a filter, an
 * order, a key or a measure, not among the suggestions, not in introspection. Roles from whom the same is kept share one graph.
 */
export class Eyes {
  readonly #byRole = new Map<Role, GraphQLSchema>()
  readonly #byGone = new Map<string, GraphQLSchema>()
  constructor(private readonly whole: GraphQLSchema) {}

  of(role: Role): GraphQLSchema {
    let known = this.#byRole.get(role)
    if (!known) this.#byRole.set(role, (known = this.#narrowed(closedTo(role))))
    return known
  }

  #narrowed(closed: Set<string>): GraphQLSchema {
    const gone = [...closed].filter((place) => this.#exists(place)).sort()
    if (!gone.length) return this.whole
    const key = gone.join()
    let known = this.#byGone.get(key)
    if (!known) this.#byGone.set(key, (known = withoutFields(this.whole, (type, field) => closed.has(`${type}.${field}`))))
    return known
  }

  #exists(place: string): boolean {
    const [name, field] = place.split('.')
    const type = this.whole.getType(name!)
    if (!type) return false
    if ('getFields' in type) return field! in type.getFields()
    return 'getValue' in type && !!type.getValue(field!)
  }
}
