import fc from 'fast-check'
import { datumOf, type ThingClass } from '../../datum.js'
import type { Condition } from './matches.js'
import type { Value, World } from './world.js'

/** What to compare with: values that really occur, and some that never do. */
export class Operands {
  readonly #values = new Map<string, Value[]>()
  constructor(private readonly world: World) {}

  /** Names by which rows differ; of a field that is always the same little can be learnt. */
  telling(target: ThingClass, names: string[]): string[] {
    const some = names.filter((name) => this.of(target, name).length > 1)
    return some.length ? some : names
  }

  of(target: ThingClass, name: string): Value[] {
    const key = `${target.name}.${name}`
    let known = this.#values.get(key)
    if (!known) {
      const met = new Set(this.world.all(target).map((row) => row[name] ?? null))
      this.#values.set(key, (known = [...met].filter((value) => value !== null).slice(0, 40)))
    }
    return known
  }

  /** Comparisons of one field by those of the graph's operators that it has. */
  is(target: ThingClass, name: string, operators: string[]): fc.Arbitrary<Condition> {
    const value = this.#value(target, name)
    return fc.constantFrom(...operators).chain((op): fc.Arbitrary<Condition> => {
      if (op === 'isNull') return fc.boolean().map((is) => ({ isNull: is }))
      if (op === 'in' || op === 'notIn') return fc.array(value, { maxLength: 4 }).map((some) => ({ [op]: some }))
      if (op === 'between') return fc.tuple(value, value).map((two) => ({ between: two }))
      if (op === 'contains' || op === 'startsWith') return this.piece(target, name, op).map((text) => ({ [op]: text }))
      return fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) }).map((one) => ({ [op]: one }))
    })
  }

  #value(target: ThingClass, name: string): fc.Arbitrary<Value> {
    const met = this.of(target, name)
    const odd = fc.constantFrom(...oddOf(target, name))
    return fc.oneof(...(met.length ? [{ weight: 8, arbitrary: fc.constantFrom(...met) }] : []), { weight: 1, arbitrary: odd })
  }

  /** A piece of a text that occurs, in this case or that. */
  piece(target: ThingClass, name: string, op = 'contains'): fc.Arbitrary<string> {
    const texts = this.of(target, name).filter((value): value is string => typeof value === 'string')
    const odd = fc.constantFrom('', '%', '_', '\\', 'a', 'A', 'é', 'É', 'ａ', '😀', '%_', '[a-z]', "'", '*')
    if (!texts.length) return odd
    const cut = fc
      .tuple(fc.constantFrom(...texts), fc.nat(8), fc.integer({ min: 1, max: 4 }), fc.constantFrom('keep', 'up', 'down'))
      .map(([text, from, length, as]) => {
        const letters = [...text].slice(op === 'startsWith' ? 0 : from % (text.length || 1))
        const piece = letters.slice(0, length).join('')
        return as === 'up' ? piece.toUpperCase() : as === 'down' ? piece.toLowerCase() : piece
      })
    return fc.oneof({ weight: 4, arbitrary: cut }, { weight: 1, arbitrary: odd })
  }
}

function oddOf(target: ThingClass, name: string): Value[] {
  const datum = datumOf(target, name)!
  if (datum.kind === 'whole') return [-1, 0, 7, 2_147_483_647]
  if (datum.kind === 'flag') return [true, false]
  if (datum.kind === 'choice') return Object.values(datum.enum!) as string[]
  if (datum.kind === 'day') return ['1999-12-31', '2026-02-28', '2031-01-01']
  // The same instant can be told with milliseconds and without.
  if (datum.kind === 'instant') return ['1999-12-31T16:00:00.000Z', '2026-01-31T16:00:00Z', '2025-12-31T16:00:00.0Z', '2026-02-28T15:59:59.999Z']
  return ['', '无此值', "' or 1=1 --", '%', '\\']
}

/** A bound that no mean meets exactly, or a whole number for what is counted; rates are met on their one decimal. */
export function amount(measure: string): fc.Arbitrary<Condition> {
  const any = fc.constantFrom('eq', 'ne', 'gt', 'gte', 'lt', 'lte')
  if (measure.startsWith('count')) return fc.tuple(any, fc.nat(12)).map(([op, n]) => ({ [op]: n }))
  if (measure === 'rate' || measure === 'share') {
    const rates = fc.oneof(
      fc.constantFrom(0, 100, 33.3, 66.7, 50, 12.5),
      fc.integer({ min: 0, max: 300 }).map((n) => n / 10),
    )
    return fc.oneof({ weight: 5, arbitrary: fc.tuple(any, rates).map(([op, n]) => ({ [op]: n })) }, { weight: 1, arbitrary: known })
  }
  const broken = fc.tuple(fc.constantFrom('gt', 'gte', 'lt', 'lte'), fc.integer({ min: -10, max: 120 })).map(([op, n]) => ({ [op]: n + 0.4567891 }))
  return fc.oneof({ weight: 5, arbitrary: broken }, { weight: 1, arbitrary: known })
}
const known = fc.boolean().map((is): Condition => ({ isNull: is }))
