import Database from 'better-sqlite3'
import { openClient } from '../shared/openClient.js'
import '../shared/read/postgresReader.js' // says how pg reads large integers
import { selectOf, type Table } from './tables.js'

export type Value = string | number | boolean | null

/** All tables as they stood at one instant, however long it takes to read them and whatever is written meanwhile. */
export interface Snapshot {
  rows(table: Table): AsyncIterable<Value[][]>
  close(): Promise<void>
}

const BATCH = 1_000

export const openSnapshot = (where: { file: string; databaseUrl: string | undefined }): Promise<Snapshot> =>
  where.databaseUrl ? postgresSnapshot(where.databaseUrl) : Promise.resolve(sqliteSnapshot(where.file))

/** A read transaction of its own on a handle of its own: writers go on beside it. */
export function sqliteSnapshot(file: string): Snapshot {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  db.pragma('busy_timeout = 15000')
  db.exec('begin')
  db.prepare('select count(*) from sqlite_schema').get() // the first read fixes the instant
  return {
    async *rows(table) {
      const flags = table.columns.map((column) => column.flag)
      let batch: Value[][] = []
      for (const row of db.prepare(selectOf(table)).raw().iterate() as IterableIterator<Value[]>) {
        batch.push(row.map((value, i) => (flags[i] && value !== null ? !!value : value)))
        if (batch.length < BATCH) continue
        yield batch
        batch = []
      }
      yield batch
    },
    close: () => Promise.resolve(void db.close()),
  }
}

async function postgresSnapshot(url: string): Promise<Snapshot> {
  const client = await openClient(url)
  await client.query('begin isolation level repeatable read read only')
  return {
    async *rows(table) {
      await client.query(`declare rows_of no scroll cursor for ${selectOf(table)}`)
      for (;;) {
        const { rows } = await client.query<Value[]>({ text: `fetch ${BATCH} from rows_of`, rowMode: 'array' })
        yield rows
        if (rows.length < BATCH) break
      }
      await client.query('close rows_of')
    },
    close: () => client.end(),
  }
}
