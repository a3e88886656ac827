import type { Actor } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'

/** A delegation in force in which an account has a part. */
export interface Pair {
  id: string
  principal: string
  delegate: string
}

export async function pairsOf(reader: Reader, account: string, now: Date): Promise<Pair[]> {
  const today = dayOf(now)
  const rows = await reader.all(
    `select id, principal, delegate from delegation where principal = ? and ended_at is null and from_on <= ? and to_on >= ?
    union all select id, principal, delegate from delegation where delegate = ? and ended_at is null and from_on <= ? and to_on >= ?`,
    [account, today, today, account, today, today],
  )
  return rows.map((row) => ({ id: String(row['id']), principal: String(row['principal']), delegate: String(row['delegate']) }))
}

export const alikeOf = (account: string, pairs: readonly Pair[]): string[] =>
  pairs.map(({ principal, delegate }) => (principal === account ? delegate : principal))

/** The account as it acts in this request: in somebody's stead when the request says in which delegation. */
export function standingIn(actor: Actor, pairs: readonly Pair[], delegation: string | undefined): Actor {
  if (!delegation) return actor
  const pair = pairs.find(({ id, delegate }) => id === delegation && delegate === actor.id)
  return pair ? { ...actor, standIn: { delegation, principal: pair.principal } } : { ...actor, standInOver: true }
}
