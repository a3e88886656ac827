import { allThings } from '../datum.js'
import type { Reader } from './reader.js'
import type { Reading } from './reading.js'
import { laterSql } from './source.js'
import { sql } from './sql.js'

/**
 * The names of the things of which the log has nothing since the reading's instant but beginnings: their tables stand as
 * they stood, without what has begun since. As the log only grows, what is untouched after some statements was untouched
 * at each of them.
 */
export async function readUntouched(reader: Reader, { engine, asOf }: Reading): Promise<ReadonlySet<string>> {
  const names = allThings().map(({ name }) => name)
  const all = JSON.stringify(names)
  const touched =
    engine === 'sqlite'
      ? sql`select value as thing from json_each(${all}) where exists (select 1 from ${laterSql(engine)} and thing = value and at > ${asOf})`
      : // Its limit has each thing looked for by the index.
        sql`select n.thing as thing from jsonb_array_elements_text(${all}::jsonb) n(thing)
          cross join lateral (select 1 from ${laterSql(engine)} and change.thing = n.thing and at > ${asOf} limit 1) later`
  const rows = await reader.all(touched.sql, touched.params)
  const found = new Set(rows.map((row) => row['thing']))
  return new Set(names.filter((name) => !found.has(name)))
}
