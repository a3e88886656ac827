import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachPhotos } from '../attachment/attach.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { takeNumbers } from '../shared/counter.entity.js'
import { dayOf } from '../shared/days.js'
import { forbidden, notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { found } from './found.js'
import { Hazard } from './hazard.entity.js'
import { criterionOf, loadHazard, noticeNumber } from './load.js'
import { FiveFixings, HazardFacts } from './hazardFacts.js'
import { markRecurring } from './recurring.js'
import { remindOfMajor, urge } from './remind.js'
import * as may from './rights.js'
import { hazardRules } from './rules.js'
import { HazardSeverity } from './terms.js'

const ID_ARG = () => ID
const VERSION = { description: '您看到的版本；别人改过就会被拒绝' }

/** The acts that move a hazard: each loads, asks the hazard, saves and returns it. */
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
      const hazard = await found(em, ctx.actor, ctx.now, enterprise, facts)
      const criterion = await criterionOf(em, criterionId)
      if (criterion) hazard.criterion = ref(criterion)
      hazard.photosBefore = await attachPhotos(em, hazard, photos ?? [], AttachmentPurpose.BEFORE, 0, ctx.actor)
      await markRecurring(em, hazard, await hazardRules(em))
      if (may.register(ctx.actor, hazard)) hazard.register(ctx.actor, ctx.now, criterion)
      if (hazard.severity === HazardSeverity.MAJOR) remindOfMajor(em, hazard, ctx.now)
      return hazard
    })
  }

  @Mutation(() => Hazard, { description: '受理登记（重大隐患须选判定条款）' })
  hazardRegister(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('criterion', ID_ARG, { nullable: true }) criterionId?: string,
  ): Promise<Hazard> {
    return this.#on(context, 'hazardRegister', id, version, async (hazard, ctx, em) => {
      const criterion = await criterionOf(em, criterionId)
      if (criterion) hazard.criterion = ref(criterion)
      hazard.register(ctx.actor, ctx.now, criterion)
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
    return this.#on(
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

  @Mutation(() => Hazard, { description: '下达整改通知' })
  hazardNotify(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('dueOn', () => DayScalar) dueOn: string,
    @Arg('demand', () => String, { nullable: true }) demand?: string,
  ): Promise<Hazard> {
    return this.#on(context, 'hazardNotify', id, version, async (hazard, ctx, em) =>
      hazard.notify(ctx.actor, ctx.now, await hazardRules(em), { number: await noticeNumber(em, ctx.now), dueOn, demand }),
    )
  }

  @Mutation(() => Hazard, { description: '指派整改责任人（企业内部）' })
  hazardAssign(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('responsiblePerson', () => String) responsiblePerson: string,
    @Arg('responsibleDept', () => String, { nullable: true }) responsibleDept?: string,
  ): Promise<Hazard> {
    return this.#on(context, 'hazardAssign', id, version, (hazard, ctx) => hazard.assign(ctx.actor, responsiblePerson, responsibleDept))
  }

  @Mutation(() => Hazard, { description: '填报五落实' })
  hazardPlan(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('fixings', () => FiveFixings as never) fixings: FiveFixings,
  ): Promise<Hazard> {
    return this.#on(context, 'hazardPlan', id, version, (hazard, ctx) => {
      const { responsiblePerson, responsibleDept, measures, fundFen, fundSource, milestones, emergencyPlan } = fixings
      Object.assign(hazard, { responsiblePerson, responsibleDept, measures, fundFen, fundSource, milestones, emergencyPlan })
      hazard.plan(ctx.actor, ctx.now)
    })
  }

  @Mutation(() => Hazard, { description: '审核五落实' })
  hazardApprovePlan(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('version', () => Int, VERSION) version: number): Promise<Hazard> {
    return this.#on(context, 'hazardApprovePlan', id, version, (hazard, ctx) => hazard.approvePlan(ctx.actor))
  }

  @Mutation(() => Hazard, { description: '接收通知，开始整改' })
  hazardAccept(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('rectifierName', () => String, { nullable: true }) rectifierName?: string,
  ): Promise<Hazard> {
    return this.#on(context, 'hazardAccept', id, version, (hazard, ctx) => hazard.accept(ctx.actor, ctx.now, rectifierName))
  }

  @Mutation(() => Hazard, { description: '提交复查：整改情况和整改后照片' })
  hazardSubmit(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('result', () => String) result: string,
    @Arg('photos', () => [ID]) photos: string[],
    @Arg('costFen', () => Int, { nullable: true }) costFen?: number,
  ): Promise<Hazard> {
    return this.#on(context, 'hazardSubmit', id, version, async (hazard, ctx, em) => {
      const attached = await attachPhotos(em, hazard, photos, AttachmentPurpose.AFTER, hazard.returns, ctx.actor)
      hazard.submit(ctx.actor, ctx.now, { result, costFen, photos: attached })
    })
  }

  @Mutation(() => Hazard, { description: '即查即改：当天改完，等第二人复查签字' })
  hazardFixOnSpot(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('result', () => String) result: string,
    @Arg('photos', () => [ID]) photos: string[],
    @Arg('fixerName', () => String, { nullable: true }) fixerName?: string,
    @Arg('costFen', () => Int, { nullable: true }) costFen?: number,
  ): Promise<Hazard> {
    return this.#on(context, 'hazardFixOnSpot', id, version, async (hazard, ctx, em) => {
      const attached = await attachPhotos(em, hazard, photos, AttachmentPurpose.AFTER, 0, ctx.actor)
      hazard.fixOnSpot(ctx.actor, ctx.now, { result, costFen, photos: attached, fixerName })
    })
  }

  @Mutation(() => Hazard, { description: '复查合格，销号' })
  hazardClose(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('opinion', () => String, { nullable: true }) opinion?: string,
  ): Promise<Hazard> {
    return this.#on(context, 'hazardClose', id, version, async (hazard, ctx, em) => hazard.close(ctx.actor, ctx.now, await hazardRules(em), opinion ?? ''))
  }

  @Mutation(() => Hazard, { description: '复查不合格，退回整改' })
  hazardReturn(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('reason', () => String) reason: string,
    @Arg('dueOn', () => DayScalar) dueOn: string,
  ): Promise<Hazard> {
    return this.#on(
      context,
      'hazardReturn',
      id,
      version,
      async (hazard, ctx, em) => hazard.return(ctx.actor, ctx.now, await hazardRules(em), reason, dueOn),
      reason,
    )
  }

  @Mutation(() => Hazard, { description: '催办' })
  hazardUrge(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('text', () => String, { nullable: true }) text?: string): Promise<Hazard> {
    return this.#on(context, 'hazardUrge', id, undefined, (hazard, ctx, em) => {
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
    return this.#on(context, 'hazardTransfer', id, version, (hazard, ctx) => hazard.transfer(ctx.actor, ctx.now, to, receipt), reason)
  }

  @Mutation(() => Hazard, { description: '作废（留在台账，不计入统计）' })
  hazardVoid(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Hazard> {
    return this.#on(context, 'hazardVoid', id, version, (hazard, ctx) => hazard.void(ctx.actor, reason), reason)
  }

  @Mutation(() => Hazard, { description: '挂牌督办' })
  hazardList(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('version', () => Int, VERSION) version: number): Promise<Hazard> {
    return this.#on(context, 'hazardList', id, version, async (hazard, ctx, em) => {
      const year = dayOf(ctx.now).slice(0, 4)
      hazard.list(ctx.actor, ctx.now, `GP-${year}-${String(await takeNumbers(em, `GP-${year}`)).padStart(3, '0')}`)
    })
  }

  #on(
    context: Context,
    name: string,
    id: string,
    version: number | undefined,
    work: (hazard: Hazard, ctx: SignedIn, em: SqlEntityManager) => void | Promise<void>,
    reason?: string,
  ): Promise<Hazard> {
    const ctx = signedIn(context)
    return act(
      ctx,
      name,
      async ({ em }) => {
        const hazard = await loadHazard(em, id, version)
        await work(hazard, ctx, em)
        return hazard
      },
      reason,
    )
  }
}
