import { hashToken } from '../person/authenticate.js'
import type { Actor } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import type { PlainRow, Reader } from '../shared/read/reader.js'
import { BoardScene, scenesOf } from './scenes.js'
import { isGenuine, readRoomPass, ROOM_FIELDS, ROOM_MAP_FIELDS, WALL_FIELDS } from './wallPass.js'

const LINK = 'select id, name, division, station, scenes, token_hash as hash from board_link'
const IN_FORCE = 'revoked_at is null and expires_on >= ?'

/** Who holds a board link: nobody in person, within the link's territory and trade, until it expires or is revoked. Or a phone in its room. */
export async function visitBoard(reader: Reader, token: string | undefined, now: Date): Promise<{ actor: Actor; session: undefined } | undefined> {
  if (!token || token.length > 150) return undefined
  const room = readRoomPass(token)
  const [link] = room
    ? await reader.all(`${LINK} where id = ? and ${IN_FORCE}`, [room.link, dayOf(now)])
    : await reader.all(`${LINK} where token_hash = ? and ${IN_FORCE}`, [hashToken(token), dayOf(now)])
  if (!link || (room && !isGenuine(room, link['hash'] as string, now))) return undefined
  return { actor: actorOf(link, room ? roomFields(link) : WALL_FIELDS), session: undefined }
}

/** Who cannot point at the map is not told what is on it. */
const roomFields = ({ scenes }: PlainRow) => (scenesOf(scenes as string | null).includes(BoardScene.COLORS) ? ROOM_MAP_FIELDS : ROOM_FIELDS)

function actorOf(link: PlainRow, opens: readonly string[]): Actor {
  const station = link['station'] as string | null
  return {
    id: link['id'] as string,
    name: link['name'] as string,
    role: 'BOARD',
    scope: { division: link['division'] as string, ...(station ? { station } : {}) },
    mustChangePassword: false,
    opens,
  }
}
