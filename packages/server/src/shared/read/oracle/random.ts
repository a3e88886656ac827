import fc from 'fast-check'
import { getNamedType, type GraphQLEnumType, type GraphQLInputObjectType, type GraphQLSchema, isEnumType, isInputObjectType, type GraphQLInputFieldMap } from 'graphql'
import { datumOf, type ThingClass } from '../../datum.js'
import type { Condition } from './matches.js'
import type { OrderKey } from './sorted.js'
import type { Value, World } from './world.js'

const DEPTH = 3
const MEASURES = ['countDistinct', 'sum', 'avg', 'min', 'max']

/** Questions nobody foresaw: whatever the graph's own input types allow, with values that really occur, and some that never do. */
export class Random {
  readonly #values = new Map<string, Value[]>()
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly world: World,
  ) {}

  where(target: ThingClass, depth = 0): fc.Arbitrary<Condition> {
    const fields = this.#inputs(`${target.name}Where`)
    const plain = Object.keys(fields).filter((name) => datumOf(target, name) && !this.#isNested(fields, name))
    const telling = plain.filter((name) => this.#valuesOf(target, name).length > 1)
    const leaf = fc
      .oneof({ weight: 4, arbitrary: fc.constantFrom(...(telling.length ? telling : plain)) }, { weight: 1, arbitrary: fc.constantFrom(...plain) })
      .chain((name) => this.#is(target, name, fields).map((is) => ({ [name]: is })))
    if (depth >= DEPTH) return leaf
    const both = fc.tuple(leaf, leaf).map(([a, b]) => ({ ...a, ...b }))
    const inner = fc.nat(0).chain(() => this.where(target, depth + 1))
    const several = fc.array(inner, { minLength: 1, maxLength: 3 })
    const nested = Object.keys(fields).filter((name) => datumOf(target, name) && this.#isNested(fields, name))
    return fc.oneof(
      { weight: 5, arbitrary: leaf },
      { weight: 1, arbitrary: both },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom('and', 'or'), several).map(([name, list]) => ({ [name]: list })) },
      { weight: 1, arbitrary: inner.map((one) => ({ not: one })) },
      ...(nested.length && depth < 2 ? [{ weight: 3, arbitrary: fc.constantFrom(...nested).chain((name) => this.#across(target, name, depth)) }] : []),
    )
  }

  /** A condition on what a relation leads to: one row, or many of them. */
  #across(target: ThingClass, name: string, depth: number): fc.Arbitrary<Condition> {
    const datum = datumOf(target, name)!
    const to = datum.target!()
    const inner = fc.nat(0).chain(() => this.where(to, depth + 1))
    if (datum.kind !== 'many') return inner.map((one) => ({ [name]: one }))
    const quantified = fc.tuple(fc.constantFrom('some', 'none', 'every'), inner).map(([how, one]) => ({ [name]: { [how]: one } }))
    const counted = fc
      .tuple(fc.option(inner, { nil: undefined }), this.bounds(to, `${to.name}AggregateIs`, ['count', 'sum', 'avg', 'min', 'max', 'countDistinct']))
      .map(([where, bounds]) => ({ [name]: { aggregate: { ...(where ? { where } : {}), ...bounds } } }))
    return fc.oneof(quantified, counted)
  }

  /** Bounds on measures, for the filters on aggregates and for `having`. */
  bounds(target: ThingClass, type: string, measures: string[]): fc.Arbitrary<Condition> {
    const fields = this.#inputs(type)
    return fc.constantFrom(...measures.filter((name) => fields[name])).chain((measure) => {
      const inner = getNamedType(fields[measure]!.type)
      if (measure === 'count' || measure === 'share' || !isInputObjectType(inner)) return amount(measure).map((is) => ({ [measure]: is }))
      return fc.constantFrom(...Object.keys(inner.getFields())).chain((field) => {
        const lowest = measure === 'min' || measure === 'max'
        return (lowest ? this.#is(target, field, inner.getFields()) : amount(measure)).map((is) => ({ [measure]: { [field]: is } }))
      })
    })
  }

  orderBy(target: ThingClass, relations = true): fc.Arbitrary<OrderKey[]> {
    const fields = this.#inputs(`${target.name}Order`)
    const one = fc.tuple(this.#orderOn(target, fields, relations), direction, nulls).map(([key, dir, at]) => ({ ...key, dir, nulls: at }))
    return fc.uniqueArray(one, { minLength: 1, maxLength: 3, selector: ({ dir: _dir, nulls: _nulls, ...key }) => JSON.stringify(key) })
  }

  #orderOn(target: ThingClass, fields: GraphQLInputFieldMap, relations: boolean): fc.Arbitrary<OrderKey> {
    const names = getNamedType(fields['field']!.type)
    const all = isEnumType(names) ? names.getValues().map((value) => value.name) : []
    const telling = all.filter((name) => this.#valuesOf(target, name).length > 1)
    const field = fc
      .oneof({ weight: 5, arbitrary: fc.constantFrom(...(telling.length ? telling : all)) }, { weight: 1, arbitrary: fc.constantFrom(...all) })
      .map((name) => ({ field: name }))
    const others = Object.keys(fields).filter((name) => !['field', 'dir', 'nulls'].includes(name) && datumOf(target, name))
    if (!relations || !others.length) return field
    const across = fc.constantFrom(...others).chain((name): fc.Arbitrary<OrderKey> => {
      const datum = datumOf(target, name)!
      const to = datum.target!()
      if (datum.kind !== 'many') return this.#orderOn(to, this.#inputs(`${to.name}Order`), false).map((key) => ({ [name]: key }))
      return this.#figure(to).map((figure) => ({ [name]: figure }))
    })
    return fc.oneof({ weight: 4, arbitrary: field }, { weight: 1, arbitrary: across })
  }

  /** One measure of the things that point here; of a field only what makes sense of it. */
  #figure(of: ThingClass): fc.Arbitrary<Condition> {
    const measures = this.#inputs(`${of.name}AggregateIs`)
    const sortable = (this.schema.getType(`${of.name}Field`) as GraphQLEnumType).getValues().map(({ name }) => name)
    return fc.constantFrom('count', ...MEASURES.filter((name) => measures[name])).chain((measure): fc.Arbitrary<Condition> => {
      if (measure === 'count') return fc.constant({ count: true })
      const fit = Object.keys((getNamedType(measures[measure]!.type) as GraphQLInputObjectType).getFields())
      return fc.constantFrom(...fit.filter((name) => sortable.includes(name))).map((field) => ({ [measure]: field }))
    })
  }

  #inputs = (type: string): GraphQLInputFieldMap => (this.schema.getType(type) as GraphQLInputObjectType).getFields()

  #isNested(fields: GraphQLInputFieldMap, name: string): boolean {
    return ['link', 'lookup', 'many'].includes(this.#kind(name, fields))
  }
  #kind(name: string, fields: GraphQLInputFieldMap): string {
    const type = getNamedType(fields[name]!.type).name
    return type.endsWith('Is') ? 'plain' : type.endsWith('Where') ? 'link' : 'many'
  }

  #is(target: ThingClass, name: string, fields: GraphQLInputFieldMap): fc.Arbitrary<Condition> {
    const ops = Object.keys((getNamedType(fields[name]!.type) as GraphQLInputObjectType).getFields())
    const value = this.#operand(target, name)
    const list = fc.array(value, { maxLength: 4 })
    return fc.constantFrom(...ops).chain((op): fc.Arbitrary<Condition> => {
      if (op === 'isNull') return fc.boolean().map((is) => ({ isNull: is }))
      if (op === 'in' || op === 'notIn') return list.map((some) => ({ [op]: some }))
      if (op === 'between') return fc.tuple(value, value).map((two) => ({ between: two }))
      if (op === 'contains' || op === 'startsWith') return this.#piece(target, name, op).map((text) => ({ [op]: text }))
      return fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) }).map((one) => ({ [op]: one }))
    })
  }

  #operand(target: ThingClass, name: string): fc.Arbitrary<Value> {
    const met = this.#valuesOf(target, name)
    const odd = this.#odd(target, name)
    return fc.oneof(...(met.length ? [{ weight: 8, arbitrary: fc.constantFrom(...met) }] : []), { weight: 1, arbitrary: fc.constantFrom(...odd) })
  }

  #odd(target: ThingClass, name: string): Value[] {
    const datum = datumOf(target, name)!
    if (datum.kind === 'whole') return [-1, 0, 7, 2_147_483_647]
    if (datum.kind === 'flag') return [true, false]
    if (datum.kind === 'choice') return Object.values(datum.enum!) as string[]
    if (datum.kind === 'day') return ['1999-12-31', '2026-02-28', '2031-01-01']
    if (datum.kind === 'instant') return ['1999-12-31T16:00:00.000Z', '2026-01-31T16:00:00.000Z']
    return ['', '无此值', "' or 1=1 --", '%', '\\']
  }

  #piece(target: ThingClass, name: string, op: string): fc.Arbitrary<string> {
    const texts = this.#valuesOf(target, name).filter((value): value is string => typeof value === 'string')
    const odd = fc.constantFrom('', '%', '_', '\\', 'a', 'A', 'é', 'É', '😀', '%_', '[a-z]')
    if (!texts.length) return odd
    const cut = fc
      .tuple(fc.constantFrom(...texts), fc.nat(8), fc.integer({ min: 1, max: 4 }), fc.constantFrom('keep', 'up', 'down'))
      .map(([text, from, length, as]) => {
        const letters = [...text]
          .slice(op === 'startsWith' ? 0 : from % (text.length || 1))
          .slice(0, length)
          .join('')
        return as === 'up' ? letters.toUpperCase() : as === 'down' ? letters.toLowerCase() : letters
      })
    return fc.oneof({ weight: 4, arbitrary: cut }, { weight: 1, arbitrary: odd })
  }

  #valuesOf(target: ThingClass, name: string): Value[] {
    const key = `${target.name}.${name}`
    let known = this.#values.get(key)
    if (!known)
      this.#values.set(key, (known = [...new Set(this.world.all(target).map((row) => row[name] ?? null))].filter((value) => value !== null).slice(0, 40)))
    return known
  }
}

export const direction = fc.constantFrom('ASC' as const, 'DESC' as const)
export const nulls = fc.constantFrom('FIRST' as const, 'LAST' as const)

/** A bound that no mean and no rate meets exactly, or a whole number for what is counted. */
const amount = (measure: string): fc.Arbitrary<Condition> => {
  const whole = fc.tuple(fc.constantFrom('eq', 'ne', 'gt', 'gte', 'lt', 'lte'), fc.nat(12)).map(([op, n]) => ({ [op]: n }))
  const broken = fc.tuple(fc.constantFrom('gt', 'gte', 'lt', 'lte'), fc.integer({ min: -10, max: 120 })).map(([op, n]) => ({ [op]: n + 0.4567891 }))
  return measure.startsWith('count') ? whole : fc.oneof({ weight: 5, arbitrary: broken }, { weight: 1, arbitrary: fc.boolean().map((is) => ({ isNull: is })) })
}
