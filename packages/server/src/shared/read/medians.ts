import { figuresFor, meanDaysSql } from './figures.js'
import type { Joins } from './joins.js'
import type { Rows } from './rows.js'
import { joined, raw, sql, type Sql } from './sql.js'

type Medians = (parent: string, keys: readonly unknown[]) => Record<string, number | null>

/** The middle one, or the mean of the middle two, by the same SQL on both engines; in days. */
export async function mediansOf(rows: Rows, keys: readonly Sql[], joins: Joins | undefined, names: ReadonlySet<string>): Promise<Medians> {
  const found = new Map<string, Record<string, number | null>>()
  for (const name of names) {
    const figure = figuresFor(rows.target).find((one) => one.name === name)!
    const value = figure.medianOf!('t', rows.reading)
    const keyColumns = keys.map((key, i) => sql`${key} as k${raw(String(i))}`)
    const keyNames = ['parent', ...keys.map((_, i) => `k${i}`)].join(', ')
    const inner = sql`select ${joined([sql`${rows.parent} as parent`, ...keyColumns, sql`${value} as value`], ', ')} from ${rows.source} ${joins?.sql() ?? raw('')} where ${rows.condition()}`
    const placed = sql`select d.*, row_number() over (partition by ${raw(keyNames)} order by value) as place, count(*) over (partition by ${raw(keyNames)}) as n from (${inner}) d where value is not null`
    const medians = await rows.read(
      sql`select ${raw(keyNames)}, ${meanDaysSql(raw('cast(sum(value) as bigint)'), raw('count(*)'))} as median from (${placed}) r where place in ((n + 1) / 2, (n + 2) / 2) group by ${raw(keyNames)}`,
    )
    for (const row of medians) {
      const key = keyOf(
        row['parent'],
        keys.map((_, i) => row[`k${i}`]),
      )
      const known = found.get(key) ?? {}
      known[name] = row['median'] == null ? null : Number(row['median'])
      found.set(key, known)
    }
  }
  const none = Object.fromEntries([...names].map((name) => [name, null]))
  return (parent, of) => ({ ...none, ...found.get(keyOf(parent, of)) })
}

const keyOf = (parent: unknown, keys: readonly unknown[]): string => JSON.stringify([parent, ...keys])
