import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachTo } from '../attachment/attachTo.js'
import { placeOf, standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import type { Actor, Context } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { FloorArea, FloorMark, FloorPlan, FloorPlanFacts } from './floorPlan.entity.js'
import { ID_ARG, INT, VERSION } from './load.js'
import { needSeen, planners } from './planners.js'

export const FLOOR_PLANS: ListField = {
  name: 'floorPlans',
  target: FloorPlan,
  description: '平面图（四色分布图的底图）',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'createdAt' }],
}

export const FLOOR_MARKS: ListField = {
  name: 'floorMarks',
  target: FloorMark,
  description: '平面图上的标记（着色的用 FloorPlan.coloredMarks）',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'createdAt' }],
}
export const FLOOR_AREAS: ListField = {
  name: 'floorAreas',
  target: FloorArea,
  description: '平面图上的区域（着色的用 FloorPlan.coloredAreas）',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'createdAt' }],
}

/** The pictures of an enterprise's site. What stands on them: floorMark.resolver.ts, floorArea.resolver.ts. */
@Resolver(() => FloorPlan)
export class FloorPlanResolver {
  @Query(() => FloorPlan, { description: '一张平面图' })
  async floorPlan(@Ctx() context: Context, @Arg('id', ID_ARG) id: string): Promise<FloorPlan> {
    const plan = await signedIn(context, ...READERS).em.findOne(FloorPlan, { id })
    if (!plan) throw notFound('平面图')
    return plan
  }

  @Mutation(() => FloorPlan, { description: '上传平面图：一张图片（先传到 /files）' })
  floorPlanAdd(
    @Ctx() context: Context,
    @Arg('enterprise', ID_ARG) enterprise: string,
    @Arg('facts', () => FloorPlanFacts as never) facts: FloorPlanFacts,
    @Arg('picture', () => ID) picture: string,
  ): Promise<FloorPlan> {
    const ctx = planners(context)
    return act(ctx, 'floorPlanAdd', async ({ em }) => {
      const { firm } = await standing(em, enterprise)
      const plan = Object.assign(new FloorPlan(), placeOf(firm), { createdAt: instant(ctx.now), width: 0, height: 0 })
      describe(plan, facts)
      await take(em, plan, picture, ctx.actor)
      em.persist(plan)
      return plan
    })
  }

  @Mutation(() => FloorPlan, { description: '修改平面图的名称，或换一张图片；标记和区域不动' })
  floorPlanEdit(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', INT, VERSION) version: number,
    @Arg('facts', () => FloorPlanFacts as never) facts: FloorPlanFacts,
    @Arg('picture', () => ID, { nullable: true }) picture?: string,
  ): Promise<FloorPlan> {
    const ctx = planners(context)
    return act(ctx, 'floorPlanEdit', async ({ em }) => {
      const plan = needSeen(await em.findOne(FloorPlan, { id, endedOn: null }), '平面图', version)
      describe(plan, facts)
      if (picture) await take(em, plan, picture, ctx.actor)
      return plan
    })
  }

  @Mutation(() => FloorPlan, { description: '停用平面图' })
  floorPlanEnd(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('version', INT, VERSION) version: number): Promise<FloorPlan> {
    const ctx = planners(context)
    return act(ctx, 'floorPlanEnd', async ({ em }) => {
      const plan = needSeen(await em.findOne(FloorPlan, { id, endedOn: null }), '平面图', version)
      plan.endedOn = dayOf(ctx.now)
      return plan
    })
  }
}

async function take(em: SqlEntityManager, plan: FloorPlan, picture: string, actor: Actor): Promise<void> {
  const [file] = await attachTo(em, FloorPlan, plan, [picture], { purpose: AttachmentPurpose.PLAN, field: 'picture', only: 'photo' }, actor)
  Object.assign(plan, { picture: file!.id, width: file!.width ?? 1600, height: file!.height ?? 1000 })
}

function describe(plan: FloorPlan, { name, storey }: FloorPlanFacts): void {
  if (!name.trim()) throw new Refusal('MISSING', '请填写平面图名称', { field: 'name' })
  plan.name = name.trim()
  if (storey?.trim()) plan.storey = storey.trim()
  else if (storey !== undefined) delete plan.storey
}
