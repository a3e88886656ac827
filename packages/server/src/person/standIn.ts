import type { Actor } from '../shared/context.js'

/** A delegation in force in which an account has a part. */
export interface Pair {
  id: string
  principal: string
  delegate: string
}

/** Read with the account itself, in one statement: whoever asks anything is looked up this way. The day stands in it twice. */
export const PAIRS_SQL = `(select string_agg(d.id || ' ' || d.principal || ' ' || d.delegate, ',') from delegation d
  where (d.principal = p.id or d.delegate = p.id) and d.ended_at is null and d.from_on <= ? and d.to_on >= ?)`

export const pairsIn = (text: unknown): Pair[] =>
  typeof text !== 'string' || !text
    ? []
    : text.split(',').map((one) => {
        const [id, principal, delegate] = one.split(' ') as [string, string, string]
        return { id, principal, delegate }
      })

export const alikeOf = (account: string, pairs: readonly Pair[]): string[] =>
  pairs.map(({ principal, delegate }) => (principal === account ? delegate : principal))

/** The account as it acts in this request: in somebody's stead when the request says in which delegation. */
export function standingIn(actor: Actor, pairs: readonly Pair[], delegation: string | undefined): Actor {
  if (!delegation) return actor
  const pair = pairs.find(({ id, delegate }) => id === delegation && delegate === actor.id)
  return pair ? { ...actor, standIn: { delegation, principal: pair.principal } } : { ...actor, standInOver: true }
}
