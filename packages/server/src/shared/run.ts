import type { SqlEntityManager } from '@mikro-orm/sql'
import { CompiledQuery } from 'kysely'
import type { PlainRow } from './read/reader.js'

/** One statement inside the act's transaction, values bound; `?` on both engines. */
export async function run<Row = PlainRow>(em: SqlEntityManager, sql: string, params: readonly unknown[] = []): Promise<Row[]> {
  let n = 0
  const text = isSqlite(em) ? sql : sql.replaceAll('?', () => `$${++n}`)
  const result = await em.getKysely<Record<string, never>>().executeQuery<Row>(CompiledQuery.raw(text, [...params]))
  return result.rows
}

export const isSqlite = (em: SqlEntityManager): boolean => em.getPlatform().constructor.name.startsWith('Sqlite')
