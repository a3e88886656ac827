import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a link opens of the graph, and what the phones in its room do: these point, and see of the town only what they point at: its villages with what the map writes into them, and which enterprises have a plan. */
export const WALL_FIELDS = [
  'board',
  'boardChanges',
  'boardThen',
  'boardWall',
  'boardMap',
  'boardPlaces',
  'boardFirms',
  'boardPlan',
  'boardMeeting',
  'boardPoint',
  'boardTurnBack',
  'boardMeet',
]
export const ROOM_FIELDS = ['boardWall', 'boardPoint', 'boardTurnBack', 'boardMeet']
/** Of the map, where the room may point at it. */
export const ROOM_MAP_FIELDS = [...ROOM_FIELDS, 'boardMap', 'boardPlaces', 'boardFirms']

/** The wall itself, not a phone in its room. */
export const isWall = ({ opens }: { opens?: readonly string[] }): boolean => opens === WALL_FIELDS

const HOUR_MS = 3_600_000
/** A code on the wall opens for a morning or an evening. */
const HOURS = 5

const signed = (link: string, until: number, tokenHash: string) => createHmac('sha256', tokenHash).update(`room ${link} ${until}`).digest('base64url')

/** The code that the wall shows to the phones of its room: of this link, for some hours. Nothing is kept of it. */
export function roomPass(link: string, tokenHash: string, now: Date): string {
  const until = Math.ceil(now.getTime() / HOUR_MS) + HOURS
  return `room.${link}.${until}.${signed(link, until, tokenHash)}`
}

export interface RoomPass {
  link: string
  until: number
  mark: string
}
export function readRoomPass(token: string): RoomPass | undefined {
  const [kind, link, until, mark] = token.split('.')
  return kind === 'room' && link && mark && /^\d{1,9}$/.test(until ?? '') ? { link, until: Number(until), mark } : undefined
}
export function isGenuine({ link, until, mark }: RoomPass, tokenHash: string, now: Date): boolean {
  if (now.getTime() >= until * HOUR_MS) return false
  const [given, own] = [Buffer.from(mark), Buffer.from(signed(link, until, tokenHash))]
  return given.length === own.length && timingSafeEqual(given, own)
}
