import type { Context, SignedIn } from '../context.js'
import type { Prepared } from '../door.js'
import { Refusal } from '../refusal.js'
import { seesAll } from '../scope.js'
import { type Estimate, estimate, type Estimated } from './estimate.js'
import { factsOf, roughly } from './facts.js'
import type { Asker, PlainRow } from './reader.js'
import type { Sql } from './sql.js'

/** Rows that all statements of one operation may look at together. */
export const MOST_ROWS = 20_000_000

const looked = new WeakMap<Context, number>()

/**
 * Reads for somebody: at once, or in the heavy lane, by the rows that it is thought to look at; refused when those are too
 * many. How many rows there are in all goes into that only for who sees them all: others, who could find the number out by
 * asking often, are told by a number of the same order.
 */
export async function ask(context: SignedIn, statement: Sql, asked: Omit<Estimated, 'scope'>): Promise<PlainRow[]> {
  const { scope } = context.actor
  const facts = await factsOf(context.reader)
  const thought = estimate(seesAll(scope) ? facts : roughly(facts), { ...asked, scope })
  charge(context, thought)
  return context.reader.run(statement, thought.rows, askerOf(context))
}

/** Writes down what an operation looks at, and refuses one that looks at too much. */
export function charge(context: Context, { rows, part }: Estimate, most = MOST_ROWS): void {
  const sum = (looked.get(context) ?? 0) + rows
  looked.set(context, sum)
  if (sum > most)
    throw new Refusal('QUERY_TOO_COSTLY', `要翻看约 ${Math.ceil(sum / 10_000)} 万行（上限 ${most / 10_000} 万行），请缩小${part}`, { part, estimatedRows: sum })
}

/** The operation is run anew: what it looked at before does not count twice. */
export const forgetCost = (context: Context): void => void looked.delete(context)

/** The signal is made when it is first looked at: few statements are long enough to be given up. */
export const askerOf = (context: Context): Asker => ({
  account: context.actor && (context.actor.token ?? context.actor.id),
  operation: context.request,
  get signal() {
    return context.signal
  },
})

/** What stands under `extensions.cost` of an answer. */
export const costOf = ({ cost }: Prepared, context: Context): { points: number; estimatedRows: number } => ({
  points: cost,
  estimatedRows: looked.get(context) ?? 0,
})
