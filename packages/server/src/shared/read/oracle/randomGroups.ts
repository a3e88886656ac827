import fc from 'fast-check'
import { getNamedType, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema, isObjectType } from 'graphql'
import { datumOf, type ThingClass } from '../../datum.js'
import { figuresFor } from '../figures.js'
import { tellsFigure } from './figures.js'
import type { Families, GroupKey, GroupOrder, Grouping } from './groups.js'
import { direction, nulls, often, type Random } from './random.js'

const SPANS = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR', 'WEEKDAY', 'PHASE']
const ZONES = ['SHANGHAI', 'URUMQI', 'HONG_KONG', 'MACAU', 'TAIPEI', 'UTC']
const FAMILIES = ['countDistinct', 'sum', 'avg', 'min', 'max', 'figures']

/** Groups by whatever the graph's types of keys and measures allow. */
export class RandomGroups {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Random,
  ) {}

  grouping(target: ThingClass, most: number): fc.Arbitrary<Grouping> {
    return fc.tuple(this.#keys(target), this.families(target)).chain(([keys, families]) => {
      const mayFill = keys.filter((key) => key.by && key.by !== 'PHASE').length === 1
      return fc.record({
        keys: fc.constant(keys),
        families: fc.constant(families),
        having: fc.option(this.random.having(target), { nil: undefined, freq: 2 }),
        orderBy: orders(target, keys, families),
        limit: fc.oneof(fc.nat(8), fc.constant(most)),
        fill: mayFill ? fc.boolean() : fc.constant(false),
      })
    })
  }

  families(target: ThingClass): fc.Arbitrary<Families> {
    const fields = this.#fields(`${target.name}Aggregate`)
    const some = fc.uniqueArray(fc.constantFrom(...FAMILIES.filter((name) => fields[name] && this.#names(target, name, fields[name].type).length)), {
      maxLength: 2,
    })
    return some.chain((names) =>
      fc.record(Object.fromEntries(names.map((name) => [name, this.#measured(target, this.#names(target, name, fields[name]!.type))]))),
    )
  }

  #names(target: ThingClass, family: string, type: GraphQLOutputType): string[] {
    const all = Object.keys(this.#fields(getNamedType(type).name))
    return family === 'figures' ? all.filter((name) => tellsFigure(target.name, name)) : all
  }

  #measured(target: ThingClass, all: string[]): fc.Arbitrary<string[]> {
    const some = all.filter((name) => !datumOf(target, name) || this.random.operands.of(target, name).length > 1)
    return fc.uniqueArray(often(some.length ? some : all, all), { minLength: 1, maxLength: 3 })
  }

  #keys(target: ThingClass): fc.Arbitrary<GroupKey[]> {
    const key = this.#key(target, [])
    // The same field twice in different spans is two keys: each stands under a name of its own.
    return fc
      .oneof({ weight: 1, arbitrary: fc.array(key, { maxLength: 1 }) }, { weight: 3, arbitrary: fc.array(key, { minLength: 1, maxLength: 3 }) })
      .map((keys) => keys.map((one, i) => ({ ...one, at: [...one.path.slice(0, -1), `k${i}`] })))
  }

  #key(target: ThingClass, above: string[]): fc.Arbitrary<Omit<GroupKey, 'at'>> {
    const fields = this.#fields(`${target.name}Key`)
    const isRelation = (name: string) => isObjectType(getNamedType(fields[name]!.type))
    const plain = Object.keys(fields).filter((name) => !isRelation(name))
    const relations = above.length < 2 ? Object.keys(fields).filter(isRelation) : []
    const times = plain.filter((name) => isTime(target, name) && this.random.operands.of(target, name).length > 1)
    const field = often(this.random.operands.telling(target, plain), plain).map((name) => ({ path: [...above, name] }))
    const span = (name: string): fc.Arbitrary<Omit<GroupKey, 'at'>> => {
      const spans = datumOf(target, name)!.kind === 'day' ? SPANS.filter((by) => by !== 'HOUR') : SPANS
      return fc.record({
        path: fc.constant<string[]>([...above, name]),
        by: fc.constantFrom(...spans),
        zone: fc.option(fc.constantFrom(...ZONES), { nil: undefined }),
      })
    }
    return fc.oneof(
      { weight: 2, arbitrary: field },
      ...(times.length ? [{ weight: 3, arbitrary: fc.constantFrom(...times).chain(span) }] : []),
      ...(relations.length
        ? [{ weight: 2, arbitrary: fc.constantFrom(...relations).chain((name) => this.#key(datumOf(target, name)!.target!(), [...above, name])) }]
        : []),
    )
  }

  #fields = (type: string) => (this.schema.getType(type) as GraphQLObjectType).getFields()
}

const isTime = (target: ThingClass, name: string) => ['day', 'instant'].includes(datumOf(target, name)?.kind ?? '')

/** By any place in the answer but a median, which no engine sorts by. */
function orders(target: ThingClass, keys: GroupKey[], families: Families): fc.Arbitrary<GroupOrder[]> {
  const medians = figuresFor(target).filter((figure) => figure.medianOf)
  const measures = Object.entries(families).flatMap(([family, fields]) => fields.map((field) => `${family}.${field}`))
  const places = [
    ...['count', 'share'],
    ...keys.map(({ at }) => ['key', ...at].join('.')),
    ...measures.filter((by) => !medians.some(({ name }) => by === `figures.${name}`)),
  ]
  const one = fc.record({ by: fc.constantFrom(...places), dir: direction, nulls })
  return fc.uniqueArray(one, { maxLength: 3, selector: ({ by }) => by })
}
