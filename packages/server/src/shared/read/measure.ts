import { type Datum, type ThingClass } from '../datum.js'
import { columnOf } from './column.js'
import { figureOf } from './figures.js'
import { datumFor, type Reading } from './reading.js'
import { Refusal } from '../refusal.js'
import { raw, type Sql } from './sql.js'

/** One aggregate over the rows of a thing: `count`, or `sum` of a datum, or a figure of the field's own (domain.md §8). */
export interface Measure {
  label: string
  value: Sql
}

const FUNCTIONS: Record<string, (column: string) => string> = {
  countDistinct: (column) => `count(distinct ${column})`,
  // Compared with fractions too, which PostgreSQL does not do with its integers.
  sum: (column) => `cast(sum(${column}) as numeric)`,
  // With as many digits as a cursor takes along: behind a mean cut short, the same row would follow again.
  avg: (column) => `cast(avg(${column}) as double precision)`,
  min: (column) => `min(${column})`,
  max: (column) => `max(${column})`,
}
const WORDS: Record<string, string> = { countDistinct: '的个数', sum: '合计', avg: '平均', min: '最小', max: '最大' }

/** Whether sums and averages, or only the lowest and highest, make sense of a datum. */
export const isNumber = (datum: Datum): boolean => datum.kind === 'whole'
export const hasOrder = (datum: Datum): boolean => datum.kind === 'whole' || datum.kind === 'day' || datum.kind === 'instant'
export const isDistinguished = (datum: Datum): boolean => datum.group !== false && datum.kind !== 'many' && datum.kind !== 'lookup' && datum.kind !== 'derived'

export function measureSql(target: ThingClass, alias: string, of: string, name: string | undefined, reading: Reading): Measure {
  if (of === 'count') return { label: '数量', value: raw('count(*)') }
  if (of === 'figures') return figureOf(target, name!, alias, reading)
  const datum = datumFor(target, name!, 'group', reading)
  const make = FUNCTIONS[of]
  const fits = of === 'countDistinct' ? isDistinguished(datum) : of === 'sum' || of === 'avg' ? isNumber(datum) : hasOrder(datum)
  if (!make || !fits) throw new Refusal('BAD_FILTER', `${datum.label}没有${WORDS[of] ?? of}`)
  return { label: `${datum.label}${WORDS[of]!}`, value: raw(make(`${alias}.${columnOf(datum)}`)) }
}
