import type { Engine } from './reader.js'
import { escapeLike, type Sql, TRUE } from './sql.js'

/** Rows (alias t) of which some column holds the typed text; several words must all be found. */
export function searchSql(typed: string | null | undefined, columns: string[], engine: Engine): Sql {
  const words = (typed ?? '').trim().slice(0, 100).split(/\s+/).filter(Boolean).slice(0, 5)
  if (!words.length) return TRUE
  const like = engine === 'postgres' ? 'ilike' : 'like'
  const one = `(${columns.map((column) => `t.${column} ${like} ? escape '\\'`).join(' or ')})`
  return { sql: words.map(() => one).join(' and '), params: words.flatMap((word) => columns.map(() => `%${escapeLike(word)}%`)) }
}
