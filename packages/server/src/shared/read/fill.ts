import { Refusal } from '../refusal.js'
import { bucketsBetween } from './bucket.js'
import type { GroupKey } from './groupKeys.js'
import type { GroupSort } from './groups.js'
import { limitsOf } from './limits.js'
import type { Measures } from './measures.js'
import type { PlainRow } from './reader.js'

/** Adds the buckets in which nothing was found, from the lowest to the highest, for every combination of the other keys. */
export function fillGaps(found: PlainRow[], keys: readonly GroupKey[], gap: GroupKey, measures: Measures, parent: string): PlainRow[] {
  const known = found.map((row) => row[gap.as] as string | null).filter((value) => value !== null)
  if (!known.length) return found
  const most = limitsOf().groups * 10
  const low = known.reduce((a, b) => (a < b ? a : b))
  const high = known.reduce((a, b) => (a > b ? a : b))
  const series = bucketsBetween(gap.bucket!, low, high, most) ?? []
  const others = keys.filter((key) => key !== gap)
  const combination = (row: PlainRow) => JSON.stringify(others.map((key) => row[key.as]))
  const combinations = new Map(found.map((row) => [combination(row), row]))
  if (series.length * combinations.size > most) throw new Refusal('QUERY_TOO_COSTLY', '补齐空档的分组太多，请缩小时间范围或换更长的时段')
  const there = new Set(found.map((row) => `${combination(row)}\n${String(row[gap.as])}`))
  const nothing = Object.fromEntries(measures.columns.map(({ key, as }) => [as, measures.isCount(key) ? 0 : null]))
  const added = [...combinations].flatMap(([key, sample]) =>
    series
      .filter((at) => !there.has(`${key}\n${at}`))
      .map((at): PlainRow => ({ ...Object.fromEntries(others.map((other) => [other.as, sample[other.as]])), ...nothing, parent, share: 0, [gap.as]: at })),
  )
  return [...found, ...added]
}

/** The order of the statement once more, over rows of which some were added. */
export function sortGroups(rows: PlainRow[], sorts: readonly GroupSort[]): PlainRow[] {
  return rows.sort((a, b) => {
    for (const { column, desc, nullsFirst } of sorts) {
      const [x, y] = [a[column] ?? null, b[column] ?? null]
      if (x === y) continue
      if (x === null || y === null) return (x === null) === nullsFirst ? -1 : 1
      if (x !== y) return (lessThan(x, y) ? -1 : 1) * (desc ? -1 : 1)
    }
    return 0
  })
}

/** Text by code point, as the databases compare it; numbers and flags by size. */
const lessThan = (x: unknown, y: unknown): boolean =>
  typeof x === 'string' && typeof y === 'string' ? Buffer.compare(Buffer.from(x), Buffer.from(y)) < 0 : (x as number) < (y as number)
