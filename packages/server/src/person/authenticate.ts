import { hash, randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { onCommit } from '../shared/act.js'
import type { Actor } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'
import { personOf } from './personOf.js'
import { alikeOf, type Pair, PAIRS_SQL, pairsIn } from './standIn.js'

export const SESSION_COOKIE = 'anbiao'

/** A secret that only its holder knows; the store keeps its SHA-256. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const hashToken = (token: string): string => hash('sha256', token)

const LOOK_UP = `select s.id as session, s.last_seen_at as seen, s.expires_at as expires, p.id as id, p.username as username, p.name as name, p.role as role, p.division as division, p.station as station,
  p.enterprise as enterprise, p.workshop as workshop, case when s.way is null then p.must_change_password end as must, ${PAIRS_SQL} as pairs
  from session s join person p on p.id = s.person_id
  where s.token_hash = ? and s.ended_at is null and s.expires_at > ? and p.disabled_at is null`

export interface Known {
  actor: Actor
  session: string
  /** When the session was last noted as in use; who notes it anew says so here. */
  seenAt: string | undefined
  /** The delegations of today in which the account has a part. */
  pairs: readonly Pair[]
}

/** What another process may have revoked is looked for anew after so long. */
const KEPT_MS = 500
const MOST_KEPT = 5_000
interface Kept {
  known: Known
  expires: number
  at: number
  commits: number
}
const keptBy = new WeakMap<Reader, LRUCache<string, Kept>>()
let commits = 0
onCommit(() => void commits++)

/**
 * Who holds this token. An answer of the store is believed until this process commits anything, so that whom it signs
 * out is out at once; what other processes change is noticed within half a second, or `anew` at once.
 */
export async function authenticate(reader: Reader, token: string | undefined, now: Date, anew = false): Promise<Known | undefined> {
  if (!token || token.length > 100) return undefined
  let kept = keptBy.get(reader)
  if (!kept) keptBy.set(reader, (kept = new LRUCache({ max: MOST_KEPT })))
  const at = performance.now()
  const last = kept.get(token)
  if (!anew && last && last.commits === commits && at - last.at < KEPT_MS && last.expires > now.getTime()) return last.known
  const begun = { at, commits } // a commit while the store is asked counts against its answer
  const today = dayOf(now)
  const [row] = await reader.all(LOOK_UP, [today, today, hashToken(token), now.toISOString()])
  if (!row) {
    kept.delete(token)
    return undefined
  }
  const own = personOf(row).asActor()
  const pairs = pairsIn(row['pairs'])
  const actor = frozen(pairs.length ? { ...own, alike: alikeOf(own.id, pairs) } : own)
  const known = { actor, pairs, session: row['session'] as string, seenAt: (row['seen'] as string | null) ?? undefined }
  kept.set(token, { known, expires: Date.parse(row['expires'] as string), ...begun })
  return known
}

/** Many requests share it. */
const frozen = (actor: Actor): Actor => Object.freeze({ ...actor, scope: Object.freeze(actor.scope) })
