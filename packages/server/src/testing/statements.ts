import type { SqliteConnection } from '@mikro-orm/sqlite'
import type Database from 'better-sqlite3'
import type { Store } from '../store.js'

/** A statement that went to the database, its values left out, and how many rows came back. */
export interface Sent {
  sql: string
  rows: number
}

/** What the acts of a store on SQLite send to its database while some work is done, as the driver gets it. */
export async function sentBy(store: Store, work: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = []
  const stop = await listen(store, sent)
  try {
    await work()
  } finally {
    stop()
  }
  return sent.map(({ sql, rows }) => ({ sql: sql.replace(/'[^']*'/g, '?').replace(/\s+/g, ' '), rows }))
}

/** To whom a statement tells its rows; the store keeps its statements, and the next who listens gets the same ones. */
const telling = new WeakMap<object, Sent>()

async function listen(store: Store, sent: Sent[]): Promise<() => void> {
  const database = (await (store.orm.em.getConnection() as unknown as SqliteConnection).getNativeClient()) as Database.Database
  const prepare = database.prepare.bind(database)
  database.prepare = ((sql: string) => {
    const one: Sent = { sql, rows: 0 }
    sent.push(one)
    const statement = prepare(sql)
    const known = telling.has(statement)
    telling.set(statement, one)
    if (known) return statement
    const all = statement.all.bind(statement)
    statement.all = (...params) => {
      const rows = all(...params)
      telling.get(statement)!.rows += rows.length
      return rows
    }
    return statement
  }) as typeof database.prepare
  return () => void (database.prepare = prepare as typeof database.prepare)
}

/** Which statements of these look at a table in another way than by the key of single rows; SQLite says so itself. */
export async function looksAround(store: Store, sent: readonly Sent[], table: string): Promise<string[]> {
  const database = (await (store.orm.em.getConnection() as unknown as SqliteConnection).getNativeClient()) as Database.Database
  const found: string[] = []
  for (const { sql } of sent) {
    if (!new RegExp(`\\b${table}\\b`).test(sql) || /^(begin|commit|rollback|savepoint|release)/i.test(sql)) continue
    const marks = sql.split('?').length - 1
    const plan = database.prepare(`explain query plan ${sql}`).all(...Array.from({ length: marks }, () => 'x')) as { detail: string }[]
    found.push(...plan.map(({ detail }) => detail).filter((detail) => /^(SCAN|SEARCH)/.test(detail) && !/\(id=\?\)/.test(detail) && named(detail, sql, table)))
  }
  return found
}

/** A plan names a table by its alias. */
function named(detail: string, sql: string, table: string): boolean {
  const alias = /^(?:SCAN|SEARCH) (\S+)/.exec(detail)![1]!
  return alias === table || new RegExp(`\\b[\`"]?${table}[\`"]? (as )?[\`"]?${alias}[\`"]?(\\s|$)`).test(sql)
}
