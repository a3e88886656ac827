import type { GraphQLSchema } from 'graphql'
import { type Datum, datumOf, type ThingClass, thingOf } from '../shared/datum.js'
import { GraphTypes } from './graphTypes.js'

/** One way to look at rows; each name under which it answers is a look of its own. */
export interface Look {
  name: string
  query: string
}
/** What is asked of a list: its arguments, and what stands below it. */
type Asked = [args: string, below: string]
type Several<T> = Record<string, T>

/** Every way in which the graph tells something of the rows of a list, whoever adds a field, a relation or a measure. */
export class Looks {
  readonly #types: GraphTypes
  constructor(schema: GraphQLSchema) {
    this.#types = new GraphTypes(schema)
  }

  /** Looks that stay with the rows of the list itself. */
  plain(list: string, target: ThingClass, own = ''): Look[] {
    const types = this.#types
    const shown = types.leaves(target).join(' ')
    return [
      query('rows', list, own, { all: [ALL, `{ totalCount nodes { ${shown} } }`] }),
      query('pages', list, own, {
        first: ['first: 3', '{ pageInfo { hasNextPage endCursor } nodes { id } }'],
        last: ['last: 3', '{ pageInfo { hasPreviousPage } nodes { id } }'],
      }),
      query('aggregate', list, own, { all: ['', `{ ${aliased(this.#measures(target))} }`] }),
      query('groups', list, own, { all: ['', `{ ${aliased(this.#groups(target))} }`] }),
      query('values', list, own, { all: ['', `{ ${aliased(this.#values(target))} }`] }),
      query('having', list, own, { all: ['', `{ ${aliased(this.#having(target))} }`] }),
      query(
        'order',
        list,
        own,
        byName(types.sortable(target), (name) => [`first: 40, orderBy: [{ field: ${name}, dir: DESC }]`, IDS]),
      ),
      query(
        'where',
        list,
        own,
        byName(types.filterable(target), (name) => [`where: { ${either(name)} }`, '{ totalCount }']),
      ),
    ].filter((look) => look !== undefined)
  }

  /** Looks along a relation to rows that are not everybody's, from the rows that have it. */
  across(list: string, target: ThingClass, own = ''): Look[] {
    return this.#types
      .relations(target)
      .filter((datum) => thingOf(datum.target!()).scope)
      .flatMap((datum) => (datum.kind === 'many' ? this.#many(list, datum, own) : this.#one(list, datum, own)))
      .filter((look) => look !== undefined)
  }

  #one(list: string, { name, target }: Datum, own: string): (Look | undefined)[] {
    const to = target!()
    const types = this.#types
    return [
      query(`${name} shown`, list, own, { all: [ALL, `{ nodes { id ${name} { ${types.leaves(to).join(' ')} } } }`] }),
      query(
        `${name} where`,
        list,
        own,
        byName(types.filterable(to), (field) => [`where: { ${name}: { ${either(field)} } }`, '{ totalCount }']),
      ),
      query(
        `${name} order`,
        list,
        own,
        byName(types.sortable(to), (field) => [`first: 500, orderBy: [{ ${name}: { field: ${field}, dir: DESC } }]`, IDS]),
      ),
      query(`${name} key`, list, own, {
        all: ['', `{ ${aliased(byName(types.keys(to), (field) => `groups(limit: 1000) { nodes { key { ${name} { ${field} } } count share } }`))} }`],
      }),
    ]
  }

  #many(list: string, { name, target }: Datum, own: string): (Look | undefined)[] {
    const to = target!()
    const below = (what: string): Asked => [ALL, `{ nodes { id ${name}${what} } }`]
    const where = (is: string): Asked => [`where: { ${name}: { ${is} } }`, IDS]
    return [
      query(`${name} where`, list, own, {
        some: where(`some: { ${either('id')} }`),
        none: where(`none: { ${either('id')} }`),
        every: where('every: { id: { isNull: true } }'),
        ...byName(['1', '2', '4', '8'], (n) => where(`aggregate: { count: { gte: ${n} } }`), 'count'),
        ...byName(this.#types.summed(to), (field) => where(`aggregate: { sum: { ${field}: { gte: 1 } } }`), 'sum_'),
        order: [`first: 500, orderBy: [{ ${name}: { count: true }, dir: DESC }]`, IDS],
        orderLatest: [`first: 500, orderBy: [{ ${name}: { max: createdAt }, dir: DESC }]`, IDS],
      }),
      query(`${name} below`, list, own, {
        rows: below(`(first: 100) { totalCount nodes { ${this.#types.leaves(to).join(' ')} } pageInfo { hasNextPage } }`),
        aggregate: below(` { ${aliased(this.#measures(to))} }`),
        groups: below(` { ${aliased(this.#groups(to))} }`),
        values: below(` { ${aliased(this.#values(to))} }`),
      }),
    ]
  }

  #measures(target: ThingClass): Several<string> {
    const families = Map.groupBy(this.#types.measures(target), ([family]) => family)
    return Object.fromEntries(
      [...families].map(([family, of]) => [family, `aggregate { ${family} ${of[0]![1] ? `{ ${of.map(([, field]) => field).join(' ')} }` : ''} }`]),
    )
  }
  #groups = (target: ThingClass): Several<string> =>
    byName(this.#types.keys(target), (name) => `groups(limit: 1000) { nodes { key { ${name} } count share nodes(first: 1) { id } } truncated }`)
  #values = (target: ThingClass): Several<string> =>
    byName(this.#types.sortable(target), (name) => `distinctValues(field: ${name}, limit: 1000) { values { value count } }`)

  /** Thresholds, as somebody sets them who bisects for a number he may not see. */
  #having(target: ThingClass): Several<string> {
    const days = this.#types.sortable(target).filter((name) => datumOf(target, name)?.kind === 'day')
    const groups = (is: string) => `groups(limit: 1000, having: ${is}) { nodes { key { division } count } }`
    return {
      ...byName(['1', '2', '5'], (n) => groups(`{ count: { gte: ${n} } }`), 'count'),
      ...byName(this.#types.summed(target), (name) => groups(`{ sum: { ${name}: { gte: 1 } } }`), 'sum_'),
      ...byName(days, (name) => groups(`{ max: { ${name}: { gte: "2026-02-10" } } }`), 'max_'),
    }
  }
}

const ALL = 'first: 500, orderBy: [{ field: id }]'
const IDS = '{ nodes { id } pageInfo { hasNextPage } }'
/** True of every row, and compiled nonetheless. */
const either = (field: string) => `or: [{ ${field}: { isNull: true } }, { ${field}: { isNull: false } }]`

const byName = <T>(names: readonly string[], make: (name: string) => T, prefix = ''): Several<T> =>
  Object.fromEntries(names.map((name) => [`${prefix}${name}`, make(name)]))
const aliased = (of: Several<string>): string =>
  Object.entries(of)
    .map(([alias, rest]) => `${alias}: ${rest}`)
    .join('\n')

function query(name: string, list: string, own: string, of: Several<Asked>): Look | undefined {
  const asked = Object.entries(of).flatMap(([alias, [args, below]]): [string, string][] => {
    const all = [own, args].filter(Boolean).join(', ')
    return /\{\s*\}/.test(below) ? [] : [[alias, `${list}${all ? `(${all})` : ''} ${below}`]]
  })
  return asked.length ? { name: `${list}${own ? ' then' : ''} ${name}`, query: `{ ${aliased(Object.fromEntries(asked))} }` } : undefined
}
