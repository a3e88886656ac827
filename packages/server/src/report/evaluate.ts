import { Enterprise } from '../enterprise/enterprise.entity.js'
import { allThings, datumOf, type ThingClass, thingOf } from '../shared/datum.js'
import { columnNamed } from '../shared/read/column.js'
import { countIf, figuresFor } from '../shared/read/figures.js'
import type { PlainRow } from '../shared/read/reader.js'
import { type Reading, scopeSql } from '../shared/read/reading.js'
import { sourceSql } from '../shared/read/source.js'
import { both, joined, raw, sql, type Sql, TRUE } from '../shared/read/sql.js'
import type { LineOf } from './lines.js'
import { type Bounds } from './period.js'

/** Reads one statement over a table: through the reader's lanes, or inside a transaction. */
export type Look = (statement: Sql, table: string) => Promise<PlainRow[]>

/** What a table of figures can be split by; PLACE is village × station. */
export const TABLE_SPLITS = ['TOTAL', 'TOWN', 'VILLAGE', 'STATION', 'TRADE'] as const
export type TableSplit = (typeof TABLE_SPLITS)[number]

interface Known {
  line: LineOf
  target: ThingClass
  value: (reading: Reading) => Sql
}

/** The lines whose thing and figure are there. */
export function knownLines<Of extends LineOf>(lines: readonly Of[]): Of[] {
  return lines.filter((line) => resolve(line) !== undefined)
}

function resolve(line: LineOf): Known | undefined {
  const target = allThings().find(({ name }) => name === line.thing)?.target
  if (!target) return undefined
  if (!line.figure) return { line, target, value: () => countIf(TRUE) }
  const figure = figuresFor(target).find(({ name }) => name === line.figure)
  return figure?.of && { line, target, value: (reading) => figure.of!('t', reading) }
}

/**
 * The lines over the rows that the reading sees, by one key: each module's own formula, one statement for all lines that
 * ask of the same rows.
 */
export async function evaluate(
  look: Look,
  reading: Reading,
  lines: readonly LineOf[],
  bounds: Bounds,
  split: TableSplit,
): Promise<Map<string, (number | null)[]>> {
  const known = lines.map((line) => resolve(line)!)
  const together = Map.groupBy(known, ({ line, target }) => JSON.stringify([thingOf(target).name, line.when, line.where]))
  const rows = new Map<string, (number | null)[]>()
  for (const some of together.values()) {
    const { target, line } = some[0]!
    const values = some.map(({ value }, i) => sql`${value(reading)} as ${raw(`v${i}`)}`)
    const where = both(scopeSql(target, 't', reading.scope), whenSql(target, line.when, bounds), line.where ? raw(line.where.replaceAll('$', 't')) : TRUE)
    const statement = sql`select ${keySql(target, split, reading)} as k, ${joined(values, ', ')} from ${sourceSql(target, reading)} t where ${where} group by 1`
    for (const row of await look(statement, thingOf(target).table)) {
      const key = String(row['k'] ?? '')
      const own = rows.get(key) ?? lines.map(none)
      rows.set(key, own)
      some.forEach((one, i) => (own[lines.indexOf(one.line)] = row[`v${i}`] == null ? null : Number(row[`v${i}`])))
    }
  }
  return rows
}

/** Of no rows there are none, and no share. */
export const none = (line: LineOf): number | null => (isRate(line) ? null : 0)
const isRate = (line: LineOf): boolean => {
  const target = allThings().find(({ name }) => name === line.thing)?.target
  return !!target && figuresFor(target).some(({ name, kind }) => name === line.figure && kind !== 'count')
}

function whenSql(target: ThingClass, when: string | undefined, { first, last, from, to }: Bounds): Sql {
  if (!when) return TRUE
  const [low, high] = datumOf(target, when)!.kind === 'instant' ? [from, to] : [first, last]
  const column = raw(`t.${columnNamed(target, when)}`)
  return sql`${column} >= ${low} and ${column} <= ${high}`
}

function keySql(target: ThingClass, split: TableSplit, reading: Reading): Sql {
  const scope = thingOf(target).scope!
  const division = `t.${columnNamed(target, scope.division!)}`
  switch (split) {
    case 'TOTAL':
      return raw(`''`)
    case 'TOWN':
      return raw(`substr(${division}, 1, 9)`)
    case 'VILLAGE':
      return raw(division)
    case 'STATION':
      return raw(`coalesce(t.${columnNamed(target, scope.station!)}, '')`)
    case 'TRADE':
      if (target === Enterprise) return raw(`coalesce(t.trade, '')`)
      return sql`coalesce((select ke.trade from ${sourceSql(Enterprise, reading)} ke where ke.id = t.${raw(columnNamed(target, scope.enterprise!))}), '')`
  }
}
