import type { SqlEntityManager } from '@mikro-orm/sql'
import { instant } from '../shared/days.js'
import { run } from '../shared/run.js'
import type { Question } from './question.entity.js'

export type Run = { rows: number; ms: number } | { error: string; ms: number }

/** Notes how a question was last run: no change of the record, so past the log. What somebody else found stays with him. */
export async function noteRun(em: SqlEntityManager, { id, owner }: Pick<Question, 'id' | 'owner'>, by: string, at: Date, outcome: Run): Promise<void> {
  if (by !== owner) return void (await run(em, 'update question set runs = runs + 1, last_run_at = ? where id = ?', [instant(at), id]))
  const [rows, error] = 'rows' in outcome ? [outcome.rows, null] : [null, outcome.error]
  await run(em, 'update question set runs = runs + 1, last_run_at = ?, last_run_rows = ?, last_run_ms = ?, last_run_error = ? where id = ?', [
    ...[instant(at), rows, outcome.ms, error, id],
  ])
}
