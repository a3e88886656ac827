import { ref } from '@mikro-orm/core'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { Hazard } from './hazard.entity.js'
import { HazardFacts } from './hazardFacts.js'
import { criterionOf, noticeNumber } from './load.js'
import { ID_ARG, onHazard, VERSION } from './onHazard.js'
import { reportHazard } from './report.js'
import { hazardRules } from './rules.js'

/** The way of a hazard from its discovery to its closure, as the offices go it: reported, registered, notified, closed or returned. */
@Resolver()
export class ClosureResolver {
  @Mutation(() => Hazard, { description: '登记隐患；有权受理的人登记即受理' })
  async hazardReport(
    @Ctx() context: Context,
    @Arg('enterprise', ID_ARG) enterpriseId: string,
    @Arg('facts', () => HazardFacts as never) facts: HazardFacts,
    @Arg('photos', () => [ID], { nullable: true }) photos: string[] | undefined,
    @Arg('criterion', ID_ARG, { nullable: true }) criterionId: string | undefined,
  ): Promise<Hazard> {
    const ctx = signedIn(context)
    return act(ctx, 'hazardReport', async ({ em }) => {
      const enterprise = await em.findOne(Enterprise, { id: enterpriseId })
      if (!enterprise) throw new Refusal('NOT_FOUND', notFound('企业').message, { field: 'enterprise' })
      return reportHazard(em, ctx, enterprise, { facts, photos, criterion: criterionId })
    })
  }

  @Mutation(() => Hazard, { description: '受理登记（重大隐患须选判定条款）' })
  hazardRegister(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('criterion', ID_ARG, { nullable: true }) criterionId?: string,
  ): Promise<Hazard> {
    return onHazard(context, 'hazardRegister', id, version, async (hazard, ctx, em) => {
      const criterion = await criterionOf(em, criterionId)
      if (criterion) hazard.criterion = ref(criterion)
      hazard.register(ctx.actor, ctx.now, criterion)
    })
  }

  @Mutation(() => Hazard, { description: '下达整改通知' })
  hazardNotify(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('dueOn', () => DayScalar) dueOn: string,
    @Arg('demand', () => String, { nullable: true }) demand?: string,
  ): Promise<Hazard> {
    return onHazard(context, 'hazardNotify', id, version, async (hazard, ctx, em) =>
      hazard.notify(ctx.actor, ctx.now, await hazardRules(em), { number: await noticeNumber(em, ctx.now), dueOn, demand }),
    )
  }

  @Mutation(() => Hazard, { description: '复查合格，销号' })
  hazardClose(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('opinion', () => String, { nullable: true }) opinion?: string,
  ): Promise<Hazard> {
    return onHazard(context, 'hazardClose', id, version, async (hazard, ctx, em) => hazard.close(ctx.actor, ctx.now, await hazardRules(em), opinion ?? ''))
  }

  @Mutation(() => Hazard, { description: '复查不合格，退回整改' })
  hazardReturn(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('reason', () => String) reason: string,
    @Arg('dueOn', () => DayScalar) dueOn: string,
  ): Promise<Hazard> {
    return onHazard(
      context,
      'hazardReturn',
      id,
      version,
      async (hazard, ctx, em) => hazard.return(ctx.actor, ctx.now, await hazardRules(em), reason, dueOn),
      reason,
    )
  }
}
