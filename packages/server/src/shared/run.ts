import { setTimeout as pause } from 'node:timers/promises'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { CompiledQuery } from 'kysely'
import type { PlainRow } from './read/reader.js'
import { isBusy } from './trouble.js'

/** How long the writer waits for another process that holds the store, and how long between two tries: the server goes on meanwhile. */
const LOCK_MS = 15_000
const AGAIN_MS = 25

/** One statement inside the act's transaction, values bound; `?` on both engines. `began`: since when it has been waited for. */
export async function run<Row = PlainRow>(em: SqlEntityManager, sql: string, params: readonly unknown[] = [], began = performance.now()): Promise<Row[]> {
  let n = 0
  const text = isSqlite(em) ? sql : sql.replaceAll('?', () => `$${++n}`)
  for (; ; await pause(AGAIN_MS)) {
    try {
      return (await em.getKysely<Record<string, never>>().executeQuery<Row>(CompiledQuery.raw(text, [...params]))).rows
    } catch (error) {
      if (!isSqlite(em) || !isBusy(error) || performance.now() - began > LOCK_MS) throw error
    }
  }
}

export const isSqlite = (em: SqlEntityManager): boolean => em.getPlatform().constructor.name.startsWith('Sqlite')
