import type { SqlEntityManager } from '@mikro-orm/sql'
import { instant } from '../shared/days.js'
import { run } from '../shared/run.js'
import type { TokenHolder } from './token.js'

const EVERY_MS = 60_000

/** Notes, at most once a minute, that a token is in use; nobody waits for it and nothing fails with it. */
export function noteUsed(store: { em(scope: undefined): SqlEntityManager }, { actor, usedAt }: TokenHolder, now: Date): void {
  if (usedAt && now.getTime() - Date.parse(usedAt) < EVERY_MS) return
  run(store.em(undefined), 'update api_token set last_used_at = ? where id = ?', [instant(now), actor.token]).catch(() => undefined)
}
