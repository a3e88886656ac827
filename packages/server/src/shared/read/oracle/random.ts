import fc from 'fast-check'
import { getNamedType, type GraphQLInputFieldMap, type GraphQLInputObjectType, type GraphQLInputType, type GraphQLSchema, isEnumType } from 'graphql'
import { datumOf, type ThingClass } from '../../datum.js'
import { figuresFor } from '../figures.js'
import { tellsFigure } from './figures.js'
import type { Condition } from './matches.js'
import { amount, type Operands } from './operands.js'
import type { OrderKey } from './sorted.js'

const DEPTH = 3
const MEASURES = ['count', 'countDistinct', 'sum', 'avg', 'min', 'max', 'figures']

/** Filters and orders nobody foresaw: whatever the graph's own input types allow. */
export class Random {
  constructor(
    private readonly schema: GraphQLSchema,
    readonly operands: Operands,
  ) {}

  where(target: ThingClass, depth = 0): fc.Arbitrary<Condition> {
    const fields = this.#inputs(`${target.name}Where`)
    const names = Object.keys(fields).filter((name) => datumOf(target, name))
    const plain = names.filter((name) => getNamedType(fields[name]!.type).name.endsWith('Is'))
    const nested = names.filter((name) => !plain.includes(name))
    const leaf = often(this.operands.telling(target, plain), plain).chain((name) => this.#is(target, name, fields).map((is) => ({ [name]: is })))
    if (depth >= DEPTH) return leaf
    const both = fc.tuple(leaf, leaf).map(([a, b]) => ({ ...a, ...b }))
    const inner = fc.nat(0).chain(() => this.where(target, depth + 1))
    return fc.oneof(
      { weight: 5, arbitrary: leaf },
      { weight: 1, arbitrary: both },
      { weight: 2, arbitrary: combined(inner) },
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
      .tuple(fc.option(inner, { nil: undefined }), this.#bounds(to, `${to.name}AggregateIs`, MEASURES))
      .map(([where, bounds]) => ({ [name]: { aggregate: { ...(where ? { where } : {}), ...bounds } } }))
    return fc.oneof(quantified, counted)
  }

  /** A condition on groups. */
  having(target: ThingClass, depth = 0): fc.Arbitrary<Condition> {
    const leaf = this.#bounds(target, `${target.name}Having`, [...MEASURES, 'share'])
    if (depth >= 2) return leaf
    const inner = fc.nat(0).chain(() => this.having(target, depth + 1))
    return fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: combined(inner) })
  }

  #bounds(target: ThingClass, type: string, measures: string[]): fc.Arbitrary<Condition> {
    const fields = this.#inputs(type)
    const told = (measure: string) => namesIn(fields[measure]!, target, measure)
    const asked = measures.filter((name) => fields[name] && (['count', 'share'].includes(name) || told(name).length))
    return fc.constantFrom(...asked).chain((measure) => {
      if (measure === 'count' || measure === 'share') return amount(measure).map((is) => ({ [measure]: is }))
      const inner = (getNamedType(fields[measure]!.type) as GraphQLInputObjectType).getFields()
      return fc.constantFrom(...told(measure)).chain((field) => {
        const is = measure === 'min' || measure === 'max' ? this.#is(target, field, inner) : amount(measure === 'figures' ? kindOf(target, field) : measure)
        return is.map((one) => ({ [measure]: { [field]: one } }))
      })
    })
  }

  orderBy(target: ThingClass): fc.Arbitrary<OrderKey[]> {
    const one = fc.tuple(this.#orderOn(target, 0), direction, nulls).map(([key, dir, at]) => ({ ...key, dir, nulls: at }))
    return fc.uniqueArray(one, { minLength: 1, maxLength: 3, selector: ({ dir: _dir, nulls: _nulls, ...key }) => JSON.stringify(key) })
  }

  #orderOn(target: ThingClass, hops: number): fc.Arbitrary<OrderKey> {
    const fields = this.#inputs(`${target.name}Order`)
    const all = this.fieldsOf(target)
    const field = often(this.operands.telling(target, all), all).map((name) => ({ field: name }))
    const others = Object.keys(fields).filter((name) => datumOf(target, name) && !['field', 'dir', 'nulls'].includes(name))
    if (hops > 1 || !others.length) return field
    const across = fc.constantFrom(...others).chain((name): fc.Arbitrary<OrderKey> => {
      const datum = datumOf(target, name)!
      const to = datum.target!()
      if (datum.kind !== 'many') return this.#orderOn(to, hops + 1).map((key) => ({ [name]: key }))
      const where = fc.option(this.where(to, 2), { nil: undefined, freq: 3 })
      return fc.tuple(this.#measure(to), where).map(([measure, some]) => ({ [name]: { ...measure, ...(some ? { where: some } : {}) } }))
    })
    return fc.oneof({ weight: 4, arbitrary: field }, { weight: 1, arbitrary: across })
  }

  /** One measure of the things that point here; of a field only what makes sense of it. */
  #measure(of: ThingClass): fc.Arbitrary<Condition> {
    const measures = this.#inputs(`${of.name}AggregateIs`)
    const names = MEASURES.filter((name) => measures[name] && name !== 'figures')
    return fc.constantFrom(...names).chain((measure): fc.Arbitrary<Condition> => {
      if (measure === 'count') return fc.constant({ count: true })
      const fit = Object.keys((getNamedType(measures[measure]!.type) as GraphQLInputObjectType).getFields())
      return fc.constantFrom(...fit.filter((name) => this.fieldsOf(of).includes(name))).map((field) => ({ [measure]: field }))
    })
  }

  /** What a thing is sorted by. */
  fieldsOf(target: ThingClass): string[] {
    const type = this.schema.getType(`${target.name}Field`)
    return isEnumType(type) ? type.getValues().map(({ name }) => name) : []
  }

  #inputs = (type: string): GraphQLInputFieldMap => (this.schema.getType(type) as GraphQLInputObjectType).getFields()

  #is = (target: ThingClass, name: string, fields: GraphQLInputFieldMap): fc.Arbitrary<Condition> =>
    this.operands.is(target, name, Object.keys((getNamedType(fields[name]!.type) as GraphQLInputObjectType).getFields()))
}

export const direction = fc.constantFrom('ASC' as const, 'DESC' as const)
export const nulls = fc.constantFrom('FIRST' as const, 'LAST' as const)

/** Mostly some of them, now and then any. */
export const often = (some: string[], all: string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...some) }, { weight: 1, arbitrary: fc.constantFrom(...all) })

const combined = (inner: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> => {
  const several = fc.array(inner, { minLength: 1, maxLength: 3 })
  return fc.oneof(
    fc.tuple(fc.constantFrom('and', 'or'), several).map(([name, list]) => ({ [name]: list })),
    inner.map((one) => ({ not: one })),
  )
}

/** The fields of a measure; of the figures those that the oracle knows. */
const namesIn = (measure: { type: GraphQLInputType }, target: ThingClass, name: string): string[] => {
  const all = Object.keys((getNamedType(measure.type) as GraphQLInputObjectType).getFields())
  return name === 'figures' ? all.filter((one) => tellsFigure(target.name, one)) : all
}

const kindOf = (target: ThingClass, figure: string): string => figuresFor(target).find(({ name }) => name === figure)!.kind
