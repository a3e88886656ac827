import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Reader } from './read/reader.js'
import type { Scope } from './scope.js'

export const ROLES = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'POST', 'COUNTY', 'BOARD', 'CARD'] as const
export type Role = (typeof ROLES)[number]

/** Who acts, as far as rules ask: an account, its role and what it may see. */
export interface Actor {
  id: string
  name: string
  role: Role
  scope: Scope
  /** The station the account belongs to (a station's member, or the town office's own station). */
  station?: string
  enterprise?: string
  /** The post whose shared PIN was typed in: the card of this post, and nothing beside it. */
  post?: string
  mustChangePassword: boolean
  /** A board link: all that it opens of the graph. */
  opens?: readonly string[]
  /** Accounts that count as this one where one person must not do two things: whoever stands in for it, or for whom it stands in, today. */
  alike?: readonly string[]
  /** In whose stead it acts in this request. */
  standIn?: { delegation: string; principal: string }
  /** The request names a delegation that is not (or no longer) in force. */
  standInOver?: boolean
  /** The access token that asks in the account's place: it reads, and never acts. */
  token?: string
}

/** Everything one operation knows; a new one for each HTTP request and for each delivered event. */
export interface Context {
  em: SqlEntityManager
  reader: Reader
  /** Nobody when not signed in. */
  actor: Actor | undefined
  session: string | undefined
  now: Date
  request: string
  address: string
  /** What the caller's program says it is. */
  device: string
  /** Ends when nobody waits for the answer any more. */
  signal?: AbortSignal
  reply: { sessionDays: number; setSession(token: string, until: Date): void; clearSession(): void }
}

/** A context of somebody who has signed in. */
export interface SignedIn extends Context {
  actor: Actor
}
