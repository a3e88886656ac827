import { ref } from '@mikro-orm/core'
import { Arg, Ctx, Field, InputType, Int, Mutation, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { outlineText, surface2 } from './areaColor.js'
import { needOnPlan } from './floorMark.resolver.js'
import { FloorArea, FloorMark, FloorPlan } from './floorPlan.entity.js'
import { ID_ARG, INT, VERSION } from './load.js'
import { needSeen, planners } from './planners.js'

const MOST_CORNERS = 60
const MOST_AREAS = 100

@InputType({ description: '平面图上的一个位置，千分之' })
class SpotInput {
  @Field(() => Int) x!: number
  @Field(() => Int) y!: number
}

/** Areas are drawn and named; their colour nobody gives. */
@Resolver()
export class FloorAreaResolver {
  @Mutation(() => FloorArea, { description: '画一个区域；颜色由其中最高的风险点决定' })
  floorAreaDraw(
    @Ctx() context: Context,
    @Arg('plan', ID_ARG) planId: string,
    @Arg('name', () => String) name: string,
    @Arg('outline', () => [SpotInput]) outline: SpotInput[],
  ): Promise<FloorArea> {
    const ctx = planners(context)
    return act(ctx, 'floorAreaDraw', async ({ em }) => {
      const plan = await em.findOne(FloorPlan, { id: planId, endedOn: null })
      if (!plan) throw notFound('平面图')
      if ((await em.count(FloorArea, { plan: planId })) >= MOST_AREAS) throw new Refusal('TOO_MANY', `一张平面图最多 ${MOST_AREAS} 个区域`)
      const { enterprise, division, station } = plan
      const area = Object.assign(new FloorArea(), { plan: ref(plan), enterprise, division, ...(station ? { station } : {}), createdAt: instant(ctx.now) })
      draw(area, name, outline)
      em.persist(area)
      return area
    })
  }

  @Mutation(() => FloorArea, { description: '改区域的名称或轮廓' })
  floorAreaEdit(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', INT, VERSION) version: number,
    @Arg('name', () => String) name: string,
    @Arg('outline', () => [SpotInput]) outline: SpotInput[],
  ): Promise<FloorArea> {
    const ctx = planners(context)
    return act(ctx, 'floorAreaEdit', async ({ em }) => {
      const area = needSeen(await em.findOne(FloorArea, { id }), '区域', version)
      draw(area, name, outline)
      return area
    })
  }

  @Mutation(() => Boolean, { description: '删去区域；归到它的标记只看位置' })
  floorAreaRemove(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('version', INT, VERSION) version: number): Promise<boolean> {
    const ctx = planners(context)
    return act(ctx, 'floorAreaRemove', async ({ em }) => {
      const area = needSeen(await em.findOne(FloorArea, { id }), '区域', version)
      for (const mark of await em.find(FloorMark, { area: id })) delete mark.area
      await em.flush()
      em.remove(area)
      return true
    })
  }
}

function draw(area: FloorArea, name: string, outline: SpotInput[]): void {
  if (!name.trim()) throw new Refusal('MISSING', '请填写区域名称', { field: 'name' })
  if (outline.length < 3 || outline.length > MOST_CORNERS) throw new Refusal('OUTLINE', `区域要有 3 至 ${MOST_CORNERS} 个角`, { field: 'outline' })
  outline.forEach(needOnPlan)
  if (!surface2(outline)) throw new Refusal('OUTLINE', '这些角连成了一条线，请重新画', { field: 'outline' })
  area.name = name.trim()
  area.outline = outlineText(outline)
}
