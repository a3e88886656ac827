import { hashToken } from '../person/authenticate.js'
import type { Actor } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'

const LOOK_UP = `select s.id as id, s.worker_name as name, c.post_id as post, c.enterprise_id as enterprise, c.division as division, c.workshop as workshop
  from card_session s join post_card c on c.id = s.card_id join post p on p.id = c.post_id join enterprise e on e.id = c.enterprise_id
  where s.token_hash = ? and s.ended_at is null and s.expires_at > ? and c.revoked_at is null and s.pin_edition = c.pin_edition
  and (c.pin_expires_on is null or c.pin_expires_on >= ?) and p.ended_on is null and (e.closed_on is null or e.closed_on > ?)`

/** Who typed a post's PIN: a worker of that post, by the name he gave, until the PIN changes or runs out. Asked anew for every request. */
export async function visitCard(reader: Reader, token: string | undefined, now: Date): Promise<{ actor: Actor; session: undefined } | undefined> {
  if (!token || token.length > 100) return undefined
  const today = dayOf(now)
  const [row] = await reader.all(LOOK_UP, [hashToken(token), now.toISOString(), today, today])
  if (!row) return undefined
  const text = (key: string) => row[key] as string
  const scope = { division: text('division'), enterprise: text('enterprise'), workshop: text('workshop') }
  const actor: Actor = {
    id: text('id'),
    name: text('name'),
    role: 'CARD',
    scope,
    enterprise: text('enterprise'),
    post: text('post'),
    mustChangePassword: false,
  }
  return { actor, session: undefined }
}
