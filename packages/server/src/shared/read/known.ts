import { type ThingClass, thingOf } from '../datum.js'
import { columnOf } from './column.js'
import type { Engine, Reader } from './reader.js'
import type { Reading } from './reading.js'
import { cast, changedSince, keptOf, type Past, readOnce, wasSince } from './source.js'
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
  idsOf: (text: string) => Sql
  /** Of these columns; `value` is a row of them again. */
  rows: (columns: string) => string
  rowsOf: (text: string) => Sql
  nth: (place: number) => string
}
const AS_TEXT: Record<Engine, AsText> = {
  sqlite: {
    ids: 'json_group_array(record)',
    idsOf: (text) => sql`select value as record from json_each(${text})`,
    rows: (columns) => `json_group_array(json_array(${columns}))`,
    rowsOf: (text) => sql`json_each(${text})`,
    nth: (place) => `json_extract(value, '$[${place}]')`,
  },
  postgres: {
    ids: `coalesce(array_agg(record), '{}')::text`,
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
  const { engine } = reading
  const { table } = thingOf(target)
  const { ids, idsOf, rows, rowsOf, nth } = AS_TEXT[engine]
  // Whoever asks what has not changed since asks when it began.
  const kept = keptOf(target, new Set([...columns, 'created_at']))
  const names = ['id', ...kept.map((datum) => columnOf(datum)), 'version']
  const asked = readOnce(
    reading,
    (at) => sql`select case when few then (select ${raw(ids)} from ${changedSince(target, at)} c) end as ids,
      case when few then (select ${raw(rows(names.join(', ')))} from ${wasSince(target, at)} w) end as was, (${lastSql(target)}) as seq
      from (select count(*) <= ${most} as few from ${changedSince(target, at)} c) m`,
  )
  const [row = {}] = await reader.all(asked.sql, asked.params)
  if (row['ids'] === null) return reading
  const read = [nth(0), ...kept.map((datum, i) => cast(nth(i + 1), datum, engine)), cast(nth(names.length - 1), WHOLE, engine)]
  const has = new Set(names)
  const was = (asks: ReadonlySet<string> | undefined) =>
    asks && keptOf(target, asks).every((datum) => has.has(columnOf(datum)))
      ? sql`select ${raw(read.map((value, i) => `${value} as ${names[i]!}`).join(', '))} from ${rowsOf(row['was'] as string)}`
      : undefined
  return {
    ...reading,
    known: new Map<string, Past<Sql | undefined>>([
      [`changed_${table}`, () => idsOf(row['ids'] as string)],
      [`was_${table}`, was],
    ]),
    seq: Number(row['seq'] ?? 0),
  }
}

const lastSql = (target: ThingClass) => sql`select max(seq) as seq from change where thing = ${thingOf(target).name}`
/** The place in the log of the last change of a thing. */
export async function lastOf(reader: Reader, target: ThingClass): Promise<number> {
  const { sql: text, params } = lastSql(target)
  return Number((await reader.all(text, params))[0]?.['seq'] ?? 0)
}
