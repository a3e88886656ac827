import type { SqlEntityManager } from '@mikro-orm/sql'
import type { SqliteConnection } from '@mikro-orm/sqlite'
import { isSqlite, run } from './run.js'

const PER_STATEMENT = 1_000
/** From so many rows on, PostgreSQL reads one JSON list faster than thousands of bound values. */
const AS_JSON = 20

/** Plain inserts inside the act's transaction, for the log and for bulk loads that log what they insert. */
export async function insertRows<Column extends string>(
  em: SqlEntityManager,
  table: string,
  columns: readonly Column[],
  rows: readonly Partial<Record<Column, unknown>>[],
): Promise<void> {
  if (!rows.length) return
  const names = columns.join(', ')
  const one = `(${columns.map(() => '?').join(', ')})`
  const valuesOf = (row: Partial<Record<Column, unknown>>) => columns.map((column) => row[column] ?? null)
  if (isSqlite(em)) {
    // Prepared once and run row by row: a statement of many rows takes longer to prepare and its memory is given back late.
    const database = await (em.getConnection() as SqliteConnection).getNativeClient()
    const insert = database.prepare(`insert into ${table} (${names}) values ${one}`)
    for (const row of rows) insert.run(valuesOf(row))
  } else if (rows.length < AS_JSON) await run(em, `insert into ${table} (${names}) values ${rows.map(() => one).join(', ')}`, rows.flatMap(valuesOf))
  else
    for (let i = 0; i < rows.length; i += PER_STATEMENT)
      await run(em, `insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, ?)`, [
        JSON.stringify(rows.slice(i, i + PER_STATEMENT)),
      ])
}
