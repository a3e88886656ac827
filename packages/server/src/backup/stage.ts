import Database from 'better-sqlite3'
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { MikroORM } from '@mikro-orm/core'
import { migrationsFor } from '../migrations/migrations.js'
import { Refusal } from '../shared/refusal.js'
import { openStore, ormOptions, sqliteFile } from '../store.js'
import { broken, type Contents, faultOf } from './archive.js'
import { quoted, type Table, tablesOf } from './tables.js'
import { type Say, Tally } from './tally.js'

/**
 * Where a backup is built up and checked before anything real is touched: an SQLite file in a folder of its own,
 * whatever engine it came from and goes to. It begins as old as the backup and is migrated by the usual steps.
 */
export interface Stage {
  file: string
  load(table: string, body: Readable, say: Say): Promise<number>
  /** Migrates to what this program wants; the tables in the order in which rows may be written. */
  finish(): Promise<Table[]>
  query<Row>(sql: string): Row[]
  /** Closes the file; from then on it would survive a power cut. */
  close(): void
}

export async function openStage(folder: string, contents: Contents): Promise<Stage> {
  await createTables(folder, contents.migrations)
  const file = sqliteFile({ dataDir: folder })
  let db = new Database(file)
  // Whatever goes wrong here is thrown away, so nothing need be safe before it is complete.
  for (const pragma of ['journal_mode = MEMORY', 'synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -64000']) db.pragma(pragma)
  return {
    file,
    async load(table, body, say) {
      try {
        return await loadTable(db, body, table, new Tally(table, say))
      } catch (error) {
        throw faultOf(error, `表 ${table}`)
      }
    },
    async finish() {
      if (db.prepare('pragma foreign_key_check').get()) throw broken('记录之间的引用')
      db.close()
      const store = await openStore({ dataDir: folder, databaseUrl: undefined })
      const tables = tablesOf(store.orm)
      await store.close()
      db = new Database(file)
      db.pragma('journal_mode = DELETE') // one file, without a log beside it that a move would leave behind
      return tables
    },
    query: <Row>(sql: string) => db.prepare(sql).all() as Row[],
    close() {
      if (!db.open) return
      db.close()
      const handle = openSync(file, 'r+')
      fsyncSync(handle)
      closeSync(handle)
    },
  }
}

async function createTables(dataDir: string, migrations: string[]): Promise<void> {
  const known = migrationsFor('sqlite').map((one) => one.name)
  const unknown = migrations.find((name, i) => known[i] !== name)
  if (!migrations.length) throw broken()
  if (unknown) throw new Refusal('BACKUP_NEWER', `备份由更新的版本写成（${unknown}），请先升级本程序`)
  const orm = await MikroORM.init(ormOptions({ dataDir, databaseUrl: undefined }))
  await orm.migrator.up({ to: migrations.at(-1)! })
  await orm.close(true)
}

async function loadTable(db: Database.Database, body: Readable, table: string, tally: Tally): Promise<number> {
  const unzipped = body.pipe(createGunzip())
  body.on('error', (error) => unzipped.destroy(error))
  const lines = createInterface({ input: unzipped, crlfDelay: Infinity })[Symbol.asyncIterator]()
  const first = await lines.next()
  const columns = JSON.parse(first.done ? '' : first.value) as string[]
  if (![table, ...columns].every((name) => /^[a-z][a-z0-9_]*$/.test(name))) throw broken(`表 ${table}`)
  const insert = db.prepare(`insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values (${columns.map(() => '?').join(', ')})`)
  db.exec('begin')
  db.exec(`delete from ${quoted(table)}`) // what the migrations themselves put there
  for (let line = await lines.next(); !line.done; line = await lines.next()) {
    insert.run(...(JSON.parse(line.value) as unknown[]).map((value) => (typeof value === 'boolean' ? Number(value) : value)))
    tally.add(1)
  }
  if (unzipped.errored) throw unzipped.errored
  db.exec('commit')
  return tally.done()
}
