import { ref } from '@mikro-orm/core'
import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import { takeNumbers } from '../shared/counter.entity.js'
import { dayOf } from '../shared/days.js'
import { forbidden } from '../shared/refusal.js'
import { Hazard } from './hazard.entity.js'
import { criterionOf } from './load.js'
import { ID_ARG, onHazard, VERSION } from './onHazard.js'
import { remindOfMajor, urge } from './remind.js'
import * as may from './rights.js'
import { HazardSeverity } from './terms.js'

/** What stands beside the way to closure: regraded, urged, listed, transferred, void. */
@Resolver()
export class SupervisionResolver {
  @Mutation(() => Hazard, { description: '催办' })
  hazardUrge(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('text', () => String, { nullable: true }) text?: string): Promise<Hazard> {
    return onHazard(context, 'hazardUrge', id, undefined, (hazard, ctx, em) => {
      if (!may.urge(ctx.actor, hazard)) throw forbidden('您不能催办这条隐患')
      urge(em, hazard, ctx.actor, ctx.now, text)
    })
  }

  @Mutation(() => Hazard, { description: '移送' })
  hazardTransfer(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('to', () => String, { description: '接收单位' }) to: string,
    @Arg('receipt', () => String, { description: '回执编号' }) receipt: string,
    @Arg('reason', () => String, { nullable: true }) reason?: string,
  ): Promise<Hazard> {
    return onHazard(context, 'hazardTransfer', id, version, (hazard, ctx) => hazard.transfer(ctx.actor, ctx.now, to, receipt), reason)
  }

  @Mutation(() => Hazard, { description: '作废（留在台账，不计入统计）' })
  hazardVoid(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Hazard> {
    return onHazard(context, 'hazardVoid', id, version, (hazard, ctx) => hazard.void(ctx.actor, reason), reason)
  }

  @Mutation(() => Hazard, { description: '挂牌督办' })
  hazardList(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('version', () => Int, VERSION) version: number): Promise<Hazard> {
    return onHazard(context, 'hazardList', id, version, async (hazard, ctx, em) => {
      const year = dayOf(ctx.now).slice(0, 4)
      hazard.list(ctx.actor, ctx.now, `GP-${year}-${String(await takeNumbers(em, `GP-${year}`)).padStart(3, '0')}`)
    })
  }

  @Mutation(() => Hazard, { description: '改定隐患等级（升为重大须选判定条款）' })
  hazardRegrade(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('severity', () => HazardSeverity) severity: HazardSeverity,
    @Arg('reason', () => String) reason: string,
    @Arg('criterion', ID_ARG, { nullable: true }) criterionId?: string,
    @Arg('interimMeasure', () => String, { nullable: true }) interimMeasure?: string,
  ): Promise<Hazard> {
    return onHazard(
      context,
      'hazardRegrade',
      id,
      version,
      async (hazard, ctx, em) => {
        const criterion = await criterionOf(em, criterionId)
        hazard.regrade(ctx.actor, severity, reason, criterion, interimMeasure)
        if (criterion) hazard.criterion = ref(criterion)
        if (severity === HazardSeverity.MAJOR) remindOfMajor(em, hazard, ctx.now)
      },
      reason,
    )
  }
}
