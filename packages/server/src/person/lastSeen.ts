import type { SqlEntityManager } from '@mikro-orm/sql'
import { instant } from '../shared/days.js'
import { run } from '../shared/run.js'
import type { Known } from './authenticate.js'

const EVERY_MS = 5 * 60_000

/** Notes, at most every five minutes, that a session is in use; nobody waits for it and nothing fails with it. */
export function noteSeen(store: { em(scope: undefined): SqlEntityManager }, known: Known, now: Date): void {
  const { session, seenAt } = known
  if (seenAt && now.getTime() - Date.parse(seenAt) < EVERY_MS) return
  known.seenAt = instant(now)
  run(store.em(undefined), 'update session set last_seen_at = ? where id = ?', [known.seenAt, session]).catch(() => undefined)
}
