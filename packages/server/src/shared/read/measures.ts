import type { FieldNode } from 'graphql'
import { datumOf, type ThingClass } from '../datum.js'
import { figuresFor } from './figures.js'
import { measureSql } from './measure.js'
import type { PlainRow } from './reader.js'
import type { Reading } from './reading.js'
import { type Asking, fieldsOf } from './select.js'
import { raw, sql, type Sql } from './sql.js'

/** The kinds of aggregates that stand over named data: `sum { costFen }`. */
export const FAMILIES = ['countDistinct', 'sum', 'avg', 'min', 'max', 'figures'] as const

export interface MeasureColumn {
  /** `count`, `sum.costFen`, `figures.onTimeRate`. */
  key: string
  as: string
  value: Sql
}

/** The aggregates of one statement on alias t; each computed once, whether it is shown, compared or sorted by. */
export class Measures {
  readonly #columns = new Map<string, MeasureColumn>()
  /** Medians asked for: no aggregate of either engine, read apart. */
  readonly medians = new Set<string>()
  constructor(
    private readonly target: ThingClass,
    private readonly reading: Reading,
  ) {}

  get columns(): MeasureColumn[] {
    return [...this.#columns.values()]
  }

  /** The column's name; refused when there is no such aggregate of the thing. */
  as(key: string): string {
    let column = this.#columns.get(key)
    if (!column) {
      const [of, name] = key.split('.')
      const { value } = measureSql(this.target, 't', of!, name, this.reading)
      this.#columns.set(key, (column = { key, as: `m${this.#columns.size}`, value }))
    }
    return column.as
  }

  /** Takes up what is asked for below an aggregate or a group. */
  take(nodes: readonly FieldNode[], info: Asking): void {
    for (const field of fieldsOf(nodes, info)) {
      const of = field.name.value
      if (of === 'count') this.as('count')
      else if ((FAMILIES as readonly string[]).includes(of))
        for (const { name } of fieldsOf([field], info)) {
          if (name.value.startsWith('__')) continue
          const median = of === 'figures' && figuresFor(this.target).some((one) => one.name === name.value && one.medianOf)
          if (median) this.medians.add(name.value)
          else this.as(`${of}.${name.value}`)
        }
    }
  }

  /** The nested object of one flat row; of no row at all (nothing matched) counts are 0 and all else is unknown. */
  shape(row: PlainRow | undefined): PlainRow {
    const out: PlainRow = { countDistinct: {}, sum: {}, avg: {}, min: {}, max: {}, figures: {} }
    for (const { key, as } of this.#columns.values()) {
      const [of, name] = key.split('.')
      const value = row?.[as] ?? (this.isCount(key) ? 0 : null)
      if (!name) out[of!] = value
      else (out[of!] as PlainRow)[name] = value
    }
    return out
  }

  /** Whether nothing found means 0 of it. */
  isCount(key: string): boolean {
    const [of, name] = key.split('.')
    return of === 'count' || of === 'countDistinct' || (of === 'figures' && figuresFor(this.target).some((one) => one.name === name && one.kind === 'count'))
  }
}

export const asColumns = (columns: readonly { value: Sql; as: string }[]): Sql[] => columns.map(({ value, as }) => sql`${value} as ${raw(as)}`)

export const isRelation = (target: ThingClass, name: string): boolean => ['link', 'lookup'].includes(datumOf(target, name)?.kind ?? '')
