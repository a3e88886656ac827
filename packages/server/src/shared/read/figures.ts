import type { ThingClass } from '../datum.js'
import { Refusal } from '../refusal.js'
import type { Reading } from './reading.js'
import type { Engine } from './reader.js'
import { raw, type Sql, sql } from './sql.js'

/** A figure that the field computes of a thing, by one formula for lists, groups, boards and reports (domain.md §8). */
export interface Figure {
  name: string
  label: string
  /** A number of rows; percent with one decimal, half up, null on a zero denominator; days with one decimal. */
  kind: 'count' | 'rate' | 'days'
  /** The aggregate over rows of alias `t`. */
  of?(alias: string, reading: Reading): Sql
  /** For a median: the milliseconds of one row, null where it does not count. No aggregate of either engine, so it costs a statement of its own. */
  medianOf?(alias: string, reading: Reading): Sql
}

const figures = new Map<ThingClass, Figure[]>()
/** Several domains may know a figure of one thing. */
export const defineFigures = (target: ThingClass, own: Figure[]): void => {
  const known = new Set(figuresFor(target).map(({ name }) => name))
  const twice = own.find(({ name }) => known.has(name))
  if (twice) throw new Error(`${target.name}.${twice.name} is a figure already`)
  figures.set(target, [...figuresFor(target), ...own])
}
export const figuresFor = (target: ThingClass): Figure[] => figures.get(target) ?? []

export function figureOf(target: ThingClass, name: string, alias: string, reading: Reading): { label: string; value: Sql } {
  const figure = figuresFor(target).find((one) => one.name === name)
  if (!figure?.of) throw new Refusal('BAD_FILTER', figure ? `不能按${figure.label}筛选或排序` : `没有 ${name} 这个指标`)
  return { label: figure.label, value: figure.of(alias, reading) }
}

/** How many: of no rows there are none, which a sum would not know. */
export const countIf = (condition: Sql): Sql => sql`count(case when ${condition} then 1 end)`

/** num ÷ den in percent, one decimal, half up, in whole numbers; null on a zero denominator, never 100 %. */
export const percentSql = (num: Sql, den: Sql): Sql => sql`(case when ${den} = 0 then null else ((${num}) * 2000 + (${den})) / (2 * (${den})) / 10.0 end)`

/**
 * The mean of some spans, of which the sum in milliseconds and the number are given: days with one decimal, half up, in
 * whole numbers. With fractions a mean on the half fell to this side or that.
 */
export const meanDaysSql = (sum: Sql, n: Sql): Sql => {
  const [top, bottom] = [sql`(20 * ${sum} + ${n} * ${raw(DAY_MS)})`, sql`(2 * ${n} * ${raw(DAY_MS)})`]
  return sql`(case when ${n} = 0 then null else (${top} / ${bottom} - case when ${top} % ${bottom} < 0 then 1 else 0 end) / 10.0 end)`
}
const DAY_MS = '86400000'

/** Whole milliseconds from one instant to another. */
export const spanSql = (from: string, to: string, engine: Engine): string =>
  engine === 'sqlite'
    ? `cast(round((julianday(${to}) - julianday(${from})) * ${DAY_MS}) as bigint)`
    : `cast(round(extract(epoch from (${to}::timestamptz - ${from}::timestamptz)) * 1000) as bigint)`
