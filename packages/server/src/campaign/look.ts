import { askerOf } from '../shared/read/ask.js'
import { factsOf } from '../shared/read/facts.js'
import { pastOnly } from '../shared/read/listField.js'
import { type Reading, readingOf } from '../shared/read/reading.js'
import type { SignedIn } from '../shared/context.js'
import { notFound } from '../shared/refusal.js'
import { sees } from './office.js'
import { type Plan, readPlan } from './plan.js'
import type { Read } from './progress.js'

/** A campaign as somebody looks at it: as of when, and through whose eyes. */
export interface Look {
  plan: Plan
  reading: Reading
  read: Read
}

/** Statements about every enterprise of a town, or about a past instant: in the lane that so many rows of it, or of the log, call for. */
export async function readOf(ctx: SignedIn, asOf?: string): Promise<Read> {
  const rows = (await factsOf(ctx.reader)).get(asOf ? 'change' : 'enterprise')?.rows ?? 0
  return (statement) => ctx.reader.run(statement, rows, askerOf(ctx))
}

/** As the facts stood then: at the asked instant; of a closed campaign, at the latest when it was closed. */
export async function lookAt(ctx: SignedIn, id: string, asked?: string | null): Promise<Look> {
  const read = await readOf(ctx)
  const today = await readPlan(read, readingOf(ctx), id)
  if (!today || !sees(ctx.actor, today)) throw notFound('行动')
  const past = pastOnly(asked, ctx.now)
  const { closedAt } = today
  const asOf = closedAt && (!past || closedAt < past) ? closedAt : past
  const reading = readingOf(ctx, asOf)
  const then = asOf ? await readOf(ctx, asOf) : read
  const plan = asOf ? await readPlan(then, reading, id) : today
  if (!plan) throw notFound('行动')
  return { plan, reading, read: then }
}
