import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachPhotos } from '../attachment/attach.js'
import type { Context } from '../shared/context.js'
import { Hazard } from './hazard.entity.js'
import { FiveFixings } from './hazardFacts.js'
import { ID_ARG, onHazard, VERSION } from './onHazard.js'

/** 整改: what the enterprise does about a hazard, and the approval of its plan. */
@Resolver()
export class RectificationResolver {
  @Mutation(() => Hazard, { description: '指派整改责任人（企业内部）' })
  hazardAssign(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('responsiblePerson', () => String) responsiblePerson: string,
    @Arg('responsibleDept', () => String, { nullable: true }) responsibleDept?: string,
  ): Promise<Hazard> {
    return onHazard(context, 'hazardAssign', id, version, (hazard, ctx) => hazard.assign(ctx.actor, responsiblePerson, responsibleDept))
  }

  @Mutation(() => Hazard, { description: '填报五落实' })
  hazardPlan(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('fixings', () => FiveFixings as never) fixings: FiveFixings,
  ): Promise<Hazard> {
    return onHazard(context, 'hazardPlan', id, version, (hazard, ctx) => {
      const { responsiblePerson, responsibleDept, measures, fundFen, fundSource, milestones, emergencyPlan } = fixings
      Object.assign(hazard, { responsiblePerson, responsibleDept, measures, fundFen, fundSource, milestones, emergencyPlan })
      hazard.plan(ctx.actor, ctx.now)
    })
  }

  @Mutation(() => Hazard, { description: '审核五落实' })
  hazardApprovePlan(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('version', () => Int, VERSION) version: number): Promise<Hazard> {
    return onHazard(context, 'hazardApprovePlan', id, version, (hazard, ctx) => hazard.approvePlan(ctx.actor))
  }

  @Mutation(() => Hazard, { description: '接收通知，开始整改' })
  hazardAccept(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('rectifierName', () => String, { nullable: true }) rectifierName?: string,
  ): Promise<Hazard> {
    return onHazard(context, 'hazardAccept', id, version, (hazard, ctx) => hazard.accept(ctx.actor, ctx.now, rectifierName))
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
    return onHazard(context, 'hazardSubmit', id, version, async (hazard, ctx, em) => {
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
    return onHazard(context, 'hazardFixOnSpot', id, version, async (hazard, ctx, em) => {
      const attached = await attachPhotos(em, hazard, photos, AttachmentPurpose.AFTER, 0, ctx.actor)
      hazard.fixOnSpot(ctx.actor, ctx.now, { result, costFen, photos: attached, fixerName })
    })
  }
}
