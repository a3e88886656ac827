import { hashToken } from '../person/authenticate.js'
import type { Actor } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'

/** Who holds a board link: nobody in person, read only, within the link's territory and trade, until it expires or is revoked. */
export async function visitBoard(reader: Reader, token: string | undefined, now: Date): Promise<{ actor: Actor; session: undefined } | undefined> {
  if (!token || token.length > 100) return undefined
  const [link] = await reader.all('select id, name, division, station from board_link where token_hash = ? and revoked_at is null and expires_on >= ?', [
    hashToken(token),
    dayOf(now),
  ])
  if (!link) return undefined
  const station = link['station'] as string | null
  const actor: Actor = {
    id: link['id'] as string,
    name: link['name'] as string,
    role: 'BOARD',
    scope: { division: link['division'] as string, ...(station ? { station } : {}) },
    mustChangePassword: false,
  }
  return { actor, session: undefined }
}
