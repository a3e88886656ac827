import { type ThingClass, thingOf } from '../datum.js'
import { columnOf } from './column.js'
import type { Reader } from './reader.js'
import type { Reading } from './reading.js'
import { changedIn, keptOf, readOnce, wasSince } from './source.js'
import { raw, sql } from './sql.js'

/** More changes than these are not carried from one statement to the others: each works them out. */
const MOST = 100_000

export interface Known extends Reading {
  /** The place in the log of the last change of this thing when it was read; undefined: nothing is handed on. */
  seq?: number
}

/**
 * What has changed of a thing since the reading's instant, read once for several statements about it: handed to each as
 * JSON, with these columns; one that names others works it out for itself. It holds as long as nothing of the thing is
 * committed: compare `lastOf` when all have been read. On SQLite, where each statement reads in a process of its own.
 */
export async function readKnown(reader: Reader, reading: Reading, target: ThingClass, columns: readonly string[]): Promise<Known> {
  if (reading.engine === 'postgres') return reading
  const { name, table } = thingOf(target)
  const [{ many } = {}] = await reader.all('select count(*) as many from change where thing = ? and at > ?', [name, reading.asOf])
  if (Number(many) > MOST) return reading
  const names = ['id', ...columns, 'version']
  const asked = readOnce(
    reading,
    (at) => sql`select (select json_group_array(record) from ${changedIn(target, at)}) as ids,
      (select json_group_array(json_array(${raw(names.join(', '))})) from ${wasSince(target, at)}) as was, (${lastSql(target)}) as seq`,
  )
  const [row] = await reader.all(asked.sql, asked.params)
  const has = new Set(names)
  const was = (asks: ReadonlySet<string> | undefined) =>
    asks && keptOf(target, asks).every((datum) => has.has(columnOf(datum)))
      ? sql`select ${raw(names.map((name, i) => `json_extract(value, '$[${i}]') as ${name}`).join(', '))} from json_each(${row!['was']})`
      : undefined
  return {
    ...reading,
    known: new Map([
      [`changed_${table}`, () => sql`select value as record from json_each(${row!['ids']})`],
      [`was_${table}`, was],
    ]),
    seq: Number(row!['seq'] ?? 0),
  }
}

const lastSql = (target: ThingClass) => sql`select max(seq) as seq from change where thing = ${thingOf(target).name}`
/** The place in the log of the last change of a thing. */
export async function lastOf(reader: Reader, target: ThingClass): Promise<number> {
  const { sql: text, params } = lastSql(target)
  return Number((await reader.all(text, params))[0]?.['seq'] ?? 0)
}
