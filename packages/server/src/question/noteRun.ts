import type { SqlEntityManager } from '@mikro-orm/sql'
import { instant } from '../shared/days.js'
import { run } from '../shared/run.js'

export type Run = { rows: number; ms: number } | { error: string; ms: number }

/** Notes how a question was last run: no change of the record, so past the log. */
export async function noteRun(em: SqlEntityManager, question: string, at: Date, outcome: Run): Promise<void> {
  const [rows, error] = 'rows' in outcome ? [outcome.rows, null] : [null, outcome.error]
  await run(em, 'update question set runs = runs + 1, last_run_at = ?, last_run_rows = ?, last_run_ms = ?, last_run_error = ? where id = ?', [
    ...[instant(at), rows, outcome.ms, error, question],
  ])
}
