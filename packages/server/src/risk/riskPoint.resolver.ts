import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { standing } from '../enterprise/standing.js'
import { HazardFactor } from '../hazard/terms.js'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { takeNumbers } from '../shared/counter.entity.js'
import { dayOf, instant } from '../shared/days.js'
import { count } from '../shared/read/list.js'
import type { ListField } from '../shared/read/listField.js'
import { searchSql } from '../shared/read/search.js'
import { both, TRUE } from '../shared/read/sql.js'
import { forbidden, notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { ACCIDENT_TYPES } from './accidents.js'
import { describePoint } from './describe.js'
import { ACTORS, ID_ARG, INT, onPoint, VERSION } from './load.js'
import { RiskQueue, riskQueueSql } from './queues.js'
import { RiskPointFacts } from './riskFacts.js'
import { RiskPoint } from './riskPoint.entity.js'
import * as may from './rights.js'

export const RISK_POINTS: ListField<{ search?: string; queue?: RiskQueue }> = {
  name: 'riskPoints',
  target: RiskPoint,
  description: '风险点：筛选、排序、翻页、统计；queue 取我的风险待办',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'code' }],
  args: { search: ['String', '编号、名称、部位、事故类型'], queue: ['RiskQueue', '我的风险待办'] },
  also: ({ actor, now, reader }, { search, queue }) =>
    both(queue ? riskQueueSql(queue, actor, dayOf(now)) : TRUE, searchSql(search, ['code', 'name', 'place', 'accidents'], reader.engine)),
}

@ObjectType({ description: '风险待办一项：多少个', simpleResolvers: true })
class RiskTodo {
  @Field(() => RiskQueue) queue!: RiskQueue
  @Field(() => Int) count!: number
}

/** What a point needs to exist at all: its four factors and accident types beside what is typed in. */
@InputType({ description: '风险点的因素与事故类型' })
class RiskSources {
  @Field(() => [HazardFactor], { description: '人、物、环境、管理，至少一种' }) factors!: HazardFactor[]
  @Field(() => [String], { description: '可能导致的事故类型' }) accidentTypes!: string[]
}

@Resolver(() => RiskPoint)
export class RiskPointResolver {
  @Query(() => RiskPoint, { description: '一个风险点' })
  async riskPoint(@Ctx() context: Context, @Arg('id', ID_ARG) id: string): Promise<RiskPoint> {
    const point = await signedIn(context, ...READERS).em.findOne(RiskPoint, { id })
    if (!point) throw notFound('风险点')
    return point
  }

  @Query(() => [RiskTodo], { description: '我的风险待办：待评价、待复评、待确认' })
  async riskTodo(@Ctx() context: Context): Promise<RiskTodo[]> {
    const ctx = signedIn(context, ...READERS)
    const of = (queue: RiskQueue) => count(RiskPoint, ctx, undefined, riskQueueSql(queue, ctx.actor, dayOf(ctx.now)))
    return Promise.all(Object.values(RiskQueue).map(async (queue) => ({ queue, count: await of(queue) })))
  }

  @Query(() => [String], { description: '可选的事故类型（GB/T 6441-1986 二十类）' })
  riskAccidentTypes(@Ctx() context: Context): readonly string[] {
    signedIn(context, ...READERS)
    return ACCIDENT_TYPES
  }

  @Mutation(() => RiskPoint, { description: '辨识风险点；不填车间、岗位的是全企业的' })
  riskPointAdd(
    @Ctx() context: Context,
    @Arg('enterprise', ID_ARG) enterprise: string,
    @Arg('facts', () => RiskPointFacts as never) facts: RiskPointFacts,
    @Arg('sources', () => RiskSources) sources: RiskSources,
    @Arg('unit', ID_ARG, { nullable: true }) unit?: string,
    @Arg('post', ID_ARG, { nullable: true }) post?: string,
  ): Promise<RiskPoint> {
    const ctx = signedIn(context, ...ACTORS)
    return act(ctx, 'riskPointAdd', async ({ em }) => {
      const { firm, place } = await standing(em, enterprise, { unit, post })
      if (!may.assess(ctx.actor, firm)) throw forbidden('风险点由企业（车间）自己辨识')
      if (ctx.actor.scope.workshop !== undefined && !place.unit) throw new Refusal('MISSING', '请选择车间', { field: 'unit' })
      if (firm.closedOn && firm.closedOn <= dayOf(ctx.now))
        throw new Refusal('ENTERPRISE_CLOSED', '该企业已停业或迁出，不能新增风险点', { field: 'enterprise' })
      const code = `FX-${String(await takeNumbers(em, `FX-${firm.id}`)).padStart(3, '0')}`
      const point = Object.assign(new RiskPoint(), { code, createdAt: instant(ctx.now) }, place)
      describePoint(point, facts, sources)
      em.persist(point)
      return point
    })
  }

  @Mutation(() => RiskPoint, { description: '修改风险点的说明；等级只能由评价改变' })
  riskPointEdit(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', INT, VERSION) version: number,
    @Arg('facts', () => RiskPointFacts as never) facts: RiskPointFacts,
    @Arg('sources', () => RiskSources) sources: RiskSources,
  ): Promise<RiskPoint> {
    return onPoint(context, 'riskPointEdit', { id, version }, (point, { actor }) => {
      if (!may.assess(actor, point)) throw forbidden('风险点由企业（车间）自己维护')
      point.needLive()
      describePoint(point, facts, sources)
    })
  }

  @Mutation(() => RiskPoint, { description: '撤销风险点：不再存在的；仍留在台账，不计入颜色' })
  riskPointEnd(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', INT, VERSION) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<RiskPoint> {
    return onPoint(context, 'riskPointEnd', { id, version, reason }, (point, { actor, now }) => point.end(actor, now, reason))
  }
}
