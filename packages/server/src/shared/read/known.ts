import { type ThingClass, thingOf } from '../datum.js'
import { columnOf } from './column.js'
import type { Engine, Reader } from './reader.js'
import type { Reading } from './reading.js'
import { amongFew, cast, changedSince, keptOf, type Past, readOnce, wasSince } from './source.js'
import { raw, sql, type Sql } from './sql.js'

/** More records than these are not carried from one statement to the others: each works them out. */
const MOST = 25_000

export interface Known extends Reading {
  /** The place in the log of the last change of this thing when it was read; undefined: nothing is handed on. */
  seq?: number
}

const WHOLE = { kind: 'whole', personal: false } as const

/** How each engine writes rows down as one text and reads them again. */
interface AsText {
  /** Of `record`. */
  ids: string
  idsSaid: (ids: readonly string[]) => string
  idsOf: (text: string) => Sql
  /** Of these columns; `value` is a row of them again. */
  rows: (columns: string) => string
  rowsOf: (text: string) => Sql
  nth: (place: number) => string
}
const AS_TEXT: Record<Engine, AsText> = {
  sqlite: {
    ids: 'json_group_array(record)',
    idsSaid: (ids) => JSON.stringify(ids),
    idsOf: (text) => sql`select value as record from json_each(${text})`,
    rows: (columns) => `json_group_array(json_array(${columns}))`,
    rowsOf: (text) => sql`json_each(${text})`,
    nth: (place) => `json_extract(value, '$[${place}]')`,
  },
  postgres: {
    ids: `coalesce(array_agg(record), '{}')::text`,
    idsSaid: (ids) => `{${ids.join()}}`,
    idsOf: (text) => sql`select unnest(${text}::text[]) as record`,
    rows: (columns) => `coalesce(json_agg(json_build_array(${columns})), '[]')::text`,
    rowsOf: (text) => sql`jsonb_array_elements(${text}::jsonb)`,
    nth: (place) => `(value ->> ${place})`,
  },
}

/**
 * What has changed of a thing since the reading's instant, read once for several statements about it: handed to each as
 * text, with these columns; one that names others works it out for itself. It holds as long as nothing of the thing is
 * committed: compare `lastOf` when all have been read, for each of them reads at a moment of its own.
 */
export async function readKnown(reader: Reader, reading: Reading, target: ThingClass, columns: readonly string[], most = MOST): Promise<Known> {
  const { ids, rows } = AS_TEXT[reading.engine]
  const names = carriedOf(target, columns).map(({ column }) => column)
  const asked = readOnce(
    reading,
    (at) => sql`select case when few then (select ${raw(ids)} from ${changedSince(target, at)} c) end as ids,
      case when few then (select ${raw(rows(names.join(', ')))} from ${wasSince(target, at)} w) end as was, (${lastSql(target)}) as seq
      from (select count(*) <= ${most} as few from ${changedSince(target, at)} c) m`,
  )
  const [row = {}] = await reader.all(asked.sql, asked.params)
  if (row['ids'] === null) return reading
  const whole = { text: row['was'] as string, at: names.map((_, i) => i) }
  return carrying(reading, target, columns, row['ids'] as string, () => whole, Number(row['seq'] ?? 0))
}

/** What is carried of a thing: its id, these columns and when it began, for whoever asks what has not changed since asks that, and its version. */
export function carriedOf(target: ThingClass, columns: readonly string[]): { name: string; column: string; as: (value: string, engine: Engine) => string }[] {
  const kept = keptOf(target, new Set([...columns, 'created_at']))
  return [
    { name: 'id', column: 'id', as: (value) => value },
    ...kept.map((datum) => ({ name: datum.name, column: columnOf(datum), as: (value: string, engine: Engine) => cast(value, datum, engine) })),
    { name: 'version', column: 'version', as: (value, engine) => cast(value, WHOLE, engine) },
  ]
}

/** Records and, of those that were there, their rows in the order of what is carried: each statement is handed what it asks for. */
export function carryingRows(
  reading: Reading,
  target: ThingClass,
  columns: readonly string[],
  ids: readonly string[],
  rows: readonly unknown[][],
  seq: number,
): Known {
  const ofColumns = (places: readonly number[]) => ({ text: JSON.stringify(rows.map((row) => places.map((place) => row[place]))), at: places })
  return carrying(reading, target, columns, AS_TEXT[reading.engine].idsSaid(ids), ofColumns, seq)
}

/** `wasOf`: the rows as one text with at least the columns in these places, and which are in it. */
function carrying(
  reading: Reading,
  target: ThingClass,
  columns: readonly string[],
  ids: string,
  wasOf: (places: readonly number[]) => { text: string; at: readonly number[] },
  seq: number,
): Known {
  const { table } = thingOf(target)
  const { idsOf, rowsOf, nth } = AS_TEXT[reading.engine]
  const carried = carriedOf(target, columns)
  const has = new Set(carried.map(({ column }) => column))
  const was = (asks: ReadonlySet<string> | undefined) => {
    if (!asks || !keptOf(target, asks).every((datum) => has.has(columnOf(datum)))) return undefined
    const { text, at } = wasOf(carried.flatMap(({ column }, i) => (asks.has(column) || ALWAYS.has(column) ? [i] : [])))
    const values = at.map((place, i) => `${carried[place]!.as(nth(i), reading.engine)} as ${carried[place]!.column}`)
    return sql`select ${raw(values.join(', '))} from ${rowsOf(text)}`
  }
  return {
    ...reading,
    known: new Map<string, Past<Sql | undefined>>([
      [`changed_${table}`, () => idsOf(ids)],
      [`was_${table}`, was],
    ]),
    seq,
  }
}
const ALWAYS = new Set(['id', 'version'])

/** The rows of these records as they stand. */
export const rowsNow = (target: ThingClass, columns: readonly string[], ids: readonly string[], { engine }: Pick<Reading, 'engine'>): Sql => {
  const { idsOf, idsSaid } = AS_TEXT[engine]
  const names = carriedOf(target, columns).map(({ column }) => column)
  return sql`select ${raw(names.join(', '))} from ${raw(thingOf(target).table)} where ${amongFew(sql`id`, idsOf(idsSaid(ids)), { engine })}`
}

const lastSql = (target: ThingClass) => sql`select max(seq) as seq from change where thing = ${thingOf(target).name}`
/** The place in the log of the last change of a thing. */
export async function lastOf(reader: Reader, target: ThingClass): Promise<number> {
  const { sql: text, params } = lastSql(target)
  return Number((await reader.all(text, params))[0]?.['seq'] ?? 0)
}
