import Database from 'better-sqlite3'
import { existsSync, renameSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { openClient } from '../shared/openClient.js'
import { Refusal } from '../shared/refusal.js'
import { openStore, sqliteFile } from '../store.js'
import type { Where } from './backup.js'
import { sqliteSnapshot } from './snapshot.js'
import { quoted, type Table } from './tables.js'

/** The store that a restored backup becomes. */
export interface Target {
  /** Refuses a store that has something in it, unless it may be replaced and nobody is using it. */
  needFree(replace: boolean): Promise<void>
  /** Puts the checked copy in its place, all or nothing; tells where the former store was kept, if it was. */
  take(file: string, tables: Table[]): Promise<string | undefined>
}

export const targetOf = (where: Where, at: Date): Target => (where.databaseUrl ? postgresTarget(where, where.databaseUrl) : sqliteTarget(where, at))

const notEmpty = (what: string) => new Refusal('STORE_NOT_EMPTY', `${what} 里已经有数据。确定要用备份替换它，请先停止程序，再加上 --replace`)
const inUse = () => new Refusal('STORE_IN_USE', '程序（或别的连接）正在使用这个数据库，请先停止它，再恢复备份')

function sqliteTarget(where: Where, at: Date): Target {
  const file = sqliteFile(where)
  const lockedOut = () => {
    if (!existsSync(file)) return
    const db = new Database(file, { timeout: 500 })
    try {
      // Leaving the write-ahead log takes the only connection there is, and brings all that was committed into the one file.
      db.pragma('journal_mode = DELETE')
    } catch {
      throw inUse()
    } finally {
      db.close()
    }
  }
  return {
    async needFree(replace) {
      await mkdir(where.dataDir, { recursive: true })
      if (!existsSync(file)) return
      if (!replace && hasRows(file)) throw notEmpty(file)
      lockedOut()
    },
    take(copy) {
      lockedOut()
      const kept = existsSync(file) ? `${file}.before-${at.toISOString().replace(/\D/g, '').slice(0, 14)}` : undefined
      if (kept) renameSync(file, kept)
      renameSync(copy, file)
      return Promise.resolve(kept)
    },
  }
}

function hasRows(file: string): boolean {
  const db = new Database(file, { readonly: true })
  try {
    return IN_USE.some(
      (table) => db.prepare('select 1 from sqlite_schema where name = ?').get(table) && db.prepare(`select 1 from ${quoted(table)} limit 1`).get(),
    )
  } finally {
    db.close()
  }
}

/** A store in which nobody has an account and nothing ever happened is as good as none. */
const IN_USE = ['person', 'change']

function postgresTarget(where: Where, databaseUrl: string): Target {
  return {
    async needFree(replace) {
      await withClient(databaseUrl, async (client) => {
        for (const table of IN_USE) {
          const { rows: known } = await client.query<{ there: string | null }>('select to_regclass($1) as there', [quoted(table)])
          if (!known[0]!.there || !(await client.query(`select 1 from ${quoted(table)} limit 1`)).rows.length) continue
          if (!replace) throw notEmpty(`数据库 ${client.database ?? ''}`)
          await needAlone(client)
        }
      })
    },
    async take(copy, tables) {
      await (await openStore(where)).close()
      await withClient(databaseUrl, async (client) => {
        await needAlone(client) // before the transaction, in which the list of connections would not change
        await client.query('begin')
        await client.query('alter table change disable trigger user') // the log refuses to be emptied
        await client.query(`truncate ${tables.map((table) => quoted(table.name)).join(', ')}`)
        const snapshot = sqliteSnapshot(copy)
        try {
          for (const table of tables) for await (const rows of snapshot.rows(table)) await insert(client, table, rows)
        } finally {
          await snapshot.close()
        }
        await client.query('alter table change enable trigger user')
        await client.query('commit')
        await client.query('analyze')
      })
      return undefined
    },
  }
}

/** Bound values per statement; PostgreSQL counts them in 16 bits. */
const MOST_VALUES = 60_000

async function insert(client: pg.Client, table: Table, rows: unknown[][]): Promise<void> {
  const width = table.columns.length
  const most = Math.floor(MOST_VALUES / width)
  const columns = table.columns.map((column) => quoted(column.name)).join(', ')
  for (let i = 0; i < rows.length; i += most) {
    const part = rows.slice(i, i + most)
    const values = part.map((_, r) => `(${table.columns.map((_, c) => `$${r * width + c + 1}`).join(', ')})`)
    await client.query(`insert into ${quoted(table.name)} (${columns}) values ${values.join(', ')}`, part.flat())
  }
}

const OTHERS = "select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'"
const LEAVING_MS = 3_000

/** A connection that was just closed stays listed for a moment, our own of a second ago as well. */
async function needAlone(client: pg.Client): Promise<void> {
  const until = Date.now() + LEAVING_MS
  while ((await client.query(OTHERS)).rows.length) {
    if (Date.now() > until) throw inUse()
    await pause(50)
  }
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await openClient(connectionString)
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
