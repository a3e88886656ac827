import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { reportHazard } from '../hazard/report.js'
import { HazardFacts } from '../hazard/hazardFacts.js'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { HazardRisk } from './hazardRisk.entity.js'
import { ACTORS, ID_ARG, loadPoint } from './load.js'
import { placeOfPoint } from './measure.resolver.js'
import { RiskMeasure } from './riskMeasure.entity.js'
import type { RiskPoint } from './riskPoint.entity.js'

export const HAZARD_RISKS: ListField = {
  name: 'hazardRisks',
  target: HazardRisk,
  description: '隐患与风险点、失效措施的对应',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
}

/** A hazard is a failed control measure (domain.md §3.1): reported from the measure, or tied to it afterwards. */
@Resolver()
export class RiskHazardResolver {
  @Mutation(() => Hazard, { description: '从风险点（失效的措施）登记隐患' })
  riskHazardReport(
    @Ctx() context: Context,
    @Arg('point', ID_ARG) pointId: string,
    @Arg('facts', () => HazardFacts as never) facts: HazardFacts,
    @Arg('measure', ID_ARG, { nullable: true }) measureId?: string,
    @Arg('photos', () => [ID], { nullable: true }) photos?: string[],
    @Arg('criterion', ID_ARG, { nullable: true, description: '重大隐患的判定条款' }) criterionId?: string,
  ): Promise<Hazard> {
    const ctx = signedIn(context, ...ACTORS)
    return act(ctx, 'hazardReport', async ({ em }) => {
      const point = await loadPoint(em, pointId)
      point.needLive()
      const enterprise = await em.findOneOrFail(Enterprise, { id: point.enterprise.id })
      const hazard = await reportHazard(em, ctx, enterprise, {
        ...{ photos, criterion: criterionId },
        facts: !facts.workshop && point.workshop ? Object.assign(facts, { workshop: point.workshop }) : facts,
      })
      em.persist(tie(hazard, point, await measureOf(em, point, measureId), ctx.now))
      return hazard
    })
  }

  @Mutation(() => HazardRisk, { description: '指明一条隐患对应的风险点和失效的措施' })
  hazardRiskTie(
    @Ctx() context: Context,
    @Arg('hazard', ID_ARG) hazardId: string,
    @Arg('point', ID_ARG) pointId: string,
    @Arg('measure', ID_ARG, { nullable: true }) measureId?: string,
  ): Promise<HazardRisk> {
    const ctx = signedIn(context, ...ACTORS)
    return act(ctx, 'hazardRiskTie', async ({ em }) => {
      const hazard = await em.findOne(Hazard, { id: hazardId })
      if (!hazard) throw notFound('隐患')
      const point = await loadPoint(em, pointId)
      if (point.enterprise.id !== hazard.enterprise.id) throw new Refusal('RISK_ELSEWHERE', '隐患和风险点不是同一家企业的', { field: 'point' })
      if (await em.count(HazardRisk, { hazard: hazardId, point: pointId })) throw new Refusal('ALREADY', '这条隐患已经对应到这个风险点')
      const link = tie(hazard, point, await measureOf(em, point, measureId), ctx.now)
      em.persist(link)
      return link
    })
  }
}

async function measureOf(em: SqlEntityManager, point: RiskPoint, id: string | undefined): Promise<RiskMeasure | undefined> {
  if (!id) return undefined
  const measure = await em.findOne(RiskMeasure, { id, point: point.id })
  if (!measure) throw new Refusal('NOT_FOUND', notFound('管控措施').message, { field: 'measure' })
  return measure
}

const tie = (hazard: Hazard, point: RiskPoint, measure: RiskMeasure | undefined, now: Date): HazardRisk =>
  Object.assign(new HazardRisk(), {
    hazard: ref(hazard),
    point: ref(point),
    ...(measure ? { measure: ref(measure) } : {}),
    ...placeOfPoint(point),
    createdAt: instant(now),
  })
