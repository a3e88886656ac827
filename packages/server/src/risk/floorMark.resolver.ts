import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { FloorArea, FloorMark, FloorPlan, MarkKind } from './floorPlan.entity.js'
import { ID_ARG, INT, VERSION } from './load.js'
import { needSeen, planners } from './planners.js'
import { RiskPoint } from './riskPoint.entity.js'

const MOST = 1_000
export const EDGE = 1_000

/** Risk points and signs on a plan: placed, moved, bound to an area, taken off. */
@Resolver()
export class FloorMarkResolver {
  @Mutation(() => FloorMark, { description: '在平面图上放一个标记；风险点填其标识，六有、标识另填标注' })
  floorMarkPlace(
    @Ctx() context: Context,
    @Arg('plan', ID_ARG) planId: string,
    @Arg('kind', () => MarkKind) kind: MarkKind,
    @Arg('target', ID_ARG) target: string,
    @Arg('x', () => Int, { description: '千分之' }) x: number,
    @Arg('y', () => Int, { description: '千分之' }) y: number,
    @Arg('label', () => String, { nullable: true }) label?: string,
    @Arg('area', ID_ARG, { nullable: true, description: '归属区域：不论放在哪里都算这个区域的' }) area?: string,
  ): Promise<FloorMark> {
    const ctx = planners(context)
    return act(ctx, 'floorMarkPlace', async ({ em }) => {
      const plan = await em.findOne(FloorPlan, { id: planId, endedOn: null })
      if (!plan) throw notFound('平面图')
      needOnPlan({ x, y })
      if (await em.count(FloorMark, { plan: planId, kind, target })) throw new Refusal('ALREADY_PLACED', '它已经在这张图上，请移动原来的标记')
      if ((await em.count(FloorMark, { plan: planId })) >= MOST) throw new Refusal('TOO_MANY', `一张平面图最多 ${MOST} 个标记`)
      if (kind === MarkKind.RISK_POINT) await needPoint(em, plan, target)
      else if (!label?.trim()) throw new Refusal('MISSING', '请填写标注', { field: 'label' })
      const { enterprise, division, station } = plan
      const mark = Object.assign(new FloorMark(), { plan: ref(plan), enterprise, division, ...(station ? { station } : {}), kind, target, x, y })
      mark.createdAt = instant(ctx.now)
      if (label?.trim()) mark.label = label.trim()
      await bind(em, mark, area)
      em.persist(mark)
      return mark
    })
  }

  @Mutation(() => FloorMark, { description: '移动标记' })
  floorMarkMove(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', INT, VERSION) version: number,
    @Arg('x', () => Int) x: number,
    @Arg('y', () => Int) y: number,
  ): Promise<FloorMark> {
    const ctx = planners(context)
    return act(ctx, 'floorMarkMove', async ({ em }) => {
      needOnPlan({ x, y })
      return Object.assign(needSeen(await em.findOne(FloorMark, { id }), '标记', version), { x, y })
    })
  }

  @Mutation(() => FloorMark, { description: '把标记归到一个区域；不填为只看位置' })
  floorMarkBind(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', INT, VERSION) version: number,
    @Arg('area', ID_ARG, { nullable: true }) area?: string,
  ): Promise<FloorMark> {
    const ctx = planners(context)
    return act(ctx, 'floorMarkBind', async ({ em }) => {
      const mark = needSeen(await em.findOne(FloorMark, { id }), '标记', version)
      await bind(em, mark, area)
      return mark
    })
  }

  @Mutation(() => Boolean, { description: '从平面图上取下标记' })
  floorMarkRemove(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('version', INT, VERSION) version: number): Promise<boolean> {
    const ctx = planners(context)
    return act(ctx, 'floorMarkRemove', async ({ em }) => {
      em.remove(needSeen(await em.findOne(FloorMark, { id }), '标记', version))
      return true
    })
  }
}

export function needOnPlan({ x, y }: { x: number; y: number }): void {
  for (const value of [x, y]) if (value < 0 || value > EDGE) throw new Refusal('OFF_PLAN', '位置要在图内', { field: 'x' })
}

async function needPoint(em: SqlEntityManager, plan: FloorPlan, id: string): Promise<void> {
  const point = await em.findOne(RiskPoint, { id, enterprise: plan.enterprise.id })
  if (!point) throw new Refusal('NOT_FOUND', notFound('风险点').message, { field: 'target' })
  point.needLive()
}

async function bind(em: SqlEntityManager, mark: FloorMark, areaId: string | undefined): Promise<void> {
  if (!areaId) return void delete mark.area
  const area = await em.findOne(FloorArea, { id: areaId, plan: mark.plan.id })
  if (!area) throw new Refusal('NOT_FOUND', notFound('区域').message, { field: 'area' })
  mark.area = ref(area)
}
