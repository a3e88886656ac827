import type { SqlEntityManager } from '@mikro-orm/sql'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import type { ThingClass } from '../shared/datum.js'
import { thingOf } from '../shared/datum.js'
import { dayOf, instant } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { type DossierRecord, take } from './dossierRecord.js'
import { dossierKeeper, needAtWork } from './rights.js'

/** What an act on a record of some kind adds of its own. */
export type Also<R> = (record: R, em: SqlEntityManager, ctx: SignedIn) => Promise<void> | void
type Made<R> = ThingClass & (new () => R)

/** 登记: a new record in the dossier of one enterprise. */
export function enter<R extends DossierRecord, F extends object>(
  context: Context,
  name: string,
  target: Made<R>,
  enterprise: string,
  facts: F,
  also?: Also<R>,
): Promise<R> {
  const ctx = dossierKeeper(context)
  return act(ctx, name, async ({ em }) => {
    const { firm, place } = await standing(em, enterprise)
    needAtWork(firm)
    const record = Object.assign(new target(), place, { createdAt: instant(ctx.now) })
    take(record, facts)
    await also?.(record, em, ctx)
    record.check(dayOf(ctx.now))
    em.persist(record)
    return record
  })
}

/** 更正: what was typed wrong; the log keeps what stood there. */
export function correct<R extends DossierRecord, F extends object>(
  context: Context,
  name: string,
  target: Made<R>,
  on: { id: string; version: number },
  facts: F,
  also?: Also<R>,
): Promise<R> {
  const ctx = dossierKeeper(context)
  return act(ctx, name, async ({ em }) => {
    const record = await load(em, target, on)
    take(record, facts)
    await also?.(record, em, ctx)
    record.check(dayOf(ctx.now))
    return record
  })
}

/** 作废: nothing is deleted; it no longer counts. */
export function withdraw<R extends DossierRecord>(
  context: Context,
  name: string,
  target: Made<R>,
  on: { id: string; version: number; reason: string },
  also?: Also<R>,
): Promise<R> {
  const ctx = dossierKeeper(context)
  const reason = on.reason.trim()
  if (!reason) throw new Refusal('MISSING', '请写明作废原因', { field: 'reason' })
  const work = async ({ em }: { em: SqlEntityManager }) => {
    const record = await load(em, target, on)
    record.voidedOn = dayOf(ctx.now)
    await also?.(record, em, ctx)
    return record
  }
  return act(ctx, name, work, reason)
}

async function load<R extends DossierRecord>(em: SqlEntityManager, target: Made<R>, { id, version }: { id: string; version: number }): Promise<R> {
  const record = (await em.findOne(target as never, { id } as never)) as R | null
  const { label } = thingOf(target)
  if (!record) throw notFound(label)
  if (record.version !== version) throw conflict()
  if (record.voidedOn) throw new Refusal('ALREADY', `这条${label}已经作废`)
  return record
}
