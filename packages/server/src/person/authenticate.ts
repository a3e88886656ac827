import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '../shared/context.js'
import type { PlainRow, Reader } from '../shared/read/reader.js'
import { Person } from './person.entity.js'

export const SESSION_COOKIE = 'anbiao'

/** A secret that only its holder knows; the store keeps its SHA-256. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

const LOOK_UP = `select s.id as session, s.last_seen_at as seen, p.id as id, p.username as username, p.name as name, p.role as role, p.division as division, p.station as station,
  p.enterprise as enterprise, p.workshop as workshop, p.must_change_password as must
  from session s join person p on p.id = s.person_id
  where s.token_hash = ? and s.ended_at is null and s.expires_at > ? and p.disabled_at is null`

export interface Known {
  actor: Actor
  session: string
  seenAt: string | undefined
}

/** Who holds this token; asked anew for every request and every event, so that a revoked session ends at once. */
export async function authenticate(reader: Reader, token: string | undefined, now: Date): Promise<Known | undefined> {
  if (!token || token.length > 100) return undefined
  const [row] = await reader.all(LOOK_UP, [hashToken(token), now.toISOString()])
  return row ? { actor: personOf(row).asActor(), session: row['session'] as string, seenAt: (row['seen'] as string | null) ?? undefined } : undefined
}

function personOf(row: PlainRow): Person {
  const person = Object.create(Person.prototype) as Person
  const value = (key: string) => (row[key] == null ? undefined : row[key])
  return Object.assign(person, {
    id: row['id'],
    name: row['name'],
    role: row['role'],
    division: row['division'],
    station: value('station'),
    enterprise: value('enterprise'),
    workshop: value('workshop'),
    mustChangePassword: !!row['must'],
  })
}
