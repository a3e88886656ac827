import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { ref } from '@mikro-orm/core'
import { act } from '../shared/act.js'
import type { Actor, Context } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { conflict, forbidden, notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { ACTORS, ID_ARG, INT, loadPoint, type On, VERSION } from './load.js'
import { RiskMeasure, RiskMeasureFacts } from './riskMeasure.entity.js'
import type { RiskPoint } from './riskPoint.entity.js'
import * as may from './rights.js'

export const RISK_MEASURES: ListField = {
  name: 'riskMeasures',
  target: RiskMeasure,
  description: '风险管控措施',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'createdAt' }],
}

/** The measures of a point: put in place, reworded, ended; one that has failed stays for the hazard's sake. */
@Resolver(() => RiskMeasure)
export class MeasureResolver {
  @Mutation(() => RiskMeasure, { description: '增加管控措施' })
  riskMeasureAdd(
    @Ctx() context: Context,
    @Arg('point', ID_ARG) pointId: string,
    @Arg('facts', () => RiskMeasureFacts as never) facts: RiskMeasureFacts,
  ): Promise<RiskMeasure> {
    const ctx = signedIn(context, ...ACTORS)
    return act(ctx, 'riskMeasureAdd', async ({ em }) => {
      const point = await loadPoint(em, pointId)
      needKeeper(ctx.actor, point)
      const measure = Object.assign(new RiskMeasure(), { point: ref(point), ...placeOfPoint(point), createdAt: instant(ctx.now) })
      measure.describe(facts)
      em.persist(measure)
      return measure
    })
  }

  @Mutation(() => RiskMeasure, { description: '修改管控措施' })
  riskMeasureEdit(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', INT, VERSION) version: number,
    @Arg('facts', () => RiskMeasureFacts as never) facts: RiskMeasureFacts,
  ): Promise<RiskMeasure> {
    return onMeasure(context, 'riskMeasureEdit', { id, version }, (measure) => measure.describe(facts))
  }

  @Mutation(() => RiskMeasure, { description: '停用管控措施' })
  riskMeasureEnd(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', INT, VERSION) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<RiskMeasure> {
    return onMeasure(context, 'riskMeasureEnd', { id, version, reason }, (measure, now) => {
      if (!reason.trim()) throw new Refusal('MISSING', '请写明停用原因', { field: 'reason' })
      Object.assign(measure, { endedOn: dayOf(now), endReason: reason.trim() })
    })
  }
}

function onMeasure(context: Context, name: string, { id, version, reason }: On, work: (measure: RiskMeasure, now: Date) => void): Promise<RiskMeasure> {
  const ctx = signedIn(context, ...ACTORS)
  return act(
    ctx,
    name,
    async ({ em }) => {
      const measure = await em.findOne(RiskMeasure, { id })
      if (!measure) throw notFound('管控措施')
      if (measure.version !== version) throw conflict()
      needKeeper(ctx.actor, await loadPoint(em, measure.point.id))
      if (measure.endedOn) throw new Refusal('ALREADY', '这条措施已经停用')
      work(measure, ctx.now)
      return measure
    },
    reason?.trim(),
  )
}

function needKeeper(by: Actor, point: RiskPoint): void {
  if (!may.assess(by, point)) throw forbidden('管控措施由企业（车间）自己维护')
  point.needLive()
}

/** What hangs on a point stands where it stands. */
export const placeOfPoint = ({ enterprise, division, station, workshop }: RiskPoint) => ({
  enterprise,
  division,
  ...(station ? { station } : {}),
  ...(workshop ? { workshop } : {}),
})
