import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Actor } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import type { PlainRow, Reader } from '../shared/read/reader.js'
import { inDivision, type Scope } from '../shared/scope.js'
import { type AccountRole, Person } from '../person/person.entity.js'

export const TOKEN_PREFIX = 'anb_'
const SELECTOR = 16

/** A new secret: letters that find its row, then 256 random bits; the store keeps the SHA-256 of the whole. */
export function newSecret(): { secret: string; selector: string; hash: string } {
  const selector = randomBytes(12).toString('base64url')
  const secret = `${TOKEN_PREFIX}${selector}${randomBytes(32).toString('base64url')}`
  return { secret, selector, hash: hashOf(secret) }
}
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')
const NOBODY = hashOf('')

/** What a token was given for: any change of its owner's role or place ends it. */
export const placeOf = (owner: Pick<Person, 'role' | 'division' | 'station' | 'enterprise' | 'workshop'>): string =>
  JSON.stringify([owner.role, owner.division, owner.station ?? null, owner.enterprise ?? null, owner.workshop ?? null])

/** The part of the owner's scope for which the token was made; nothing when they no longer meet. */
export function narrowed(scope: Scope, to: { division: string; station?: string | undefined }): Scope | undefined {
  if (!inDivision(to.division, scope.division)) return undefined
  if (to.station !== undefined && scope.station !== undefined && to.station !== scope.station) return undefined
  const station = to.station ?? scope.station
  return { ...scope, division: to.division, ...(station === undefined ? {} : { station }) }
}

const LOOK_UP = `select k.id as token, k.token_hash as hash, k.division as at, k.station as trade, k.owner_place as given, k.last_used_at as used,
  p.id as id, p.name as name, p.role as role, p.division as division, p.station as station, p.enterprise as enterprise, p.workshop as workshop,
  p.must_change_password as must
  from api_token k join person p on p.id = k.owner
  where k.selector = ? and k.revoked_at is null and k.expires_on >= ? and p.disabled_at is null`

export interface TokenHolder {
  actor: Actor
  usedAt: string | undefined
}

/** Whom a token stands for, asked anew at each use: its owner as he is now, narrowed to what the token was made for. */
export async function holderOf(reader: Reader, secret: string, now: Date): Promise<TokenHolder | undefined> {
  if (!secret.startsWith(TOKEN_PREFIX) || secret.length > 100) return undefined
  const selector = secret.slice(TOKEN_PREFIX.length, TOKEN_PREFIX.length + SELECTOR)
  const [row] = await reader.all(LOOK_UP, [selector, dayOf(now)])
  const same = timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(row ? String(row['hash']) : NOBODY))
  if (!row || !same) return undefined
  const owner = ownerOf(row)
  if (placeOf(owner) !== row['given']) return undefined
  const actor = owner.asActor()
  const scope = narrowed(actor.scope, { division: String(row['at']), station: (row['trade'] as string | null) ?? undefined })
  if (!scope) return undefined
  // A token never administers: an administrator's asks as the county's analyst does.
  const role = actor.role === 'ADMIN' ? 'COUNTY' : actor.role
  return { actor: { ...actor, role, scope, token: String(row['token']) }, usedAt: (row['used'] as string | null) ?? undefined }
}

function ownerOf(row: PlainRow): Person {
  const text = (key: string) => (row[key] as string | null) ?? undefined
  return Object.assign(Object.create(Person.prototype) as Person, {
    id: String(row['id']),
    name: String(row['name']),
    role: row['role'] as AccountRole,
    division: String(row['division']),
    station: text('station'),
    enterprise: text('enterprise'),
    workshop: text('workshop'),
    mustChangePassword: !!row['must'],
  })
}
