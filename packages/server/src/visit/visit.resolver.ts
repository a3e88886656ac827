import { ref } from '@mikro-orm/core'
import { Arg, Ctx, Field, FieldResolver, ID, Int, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { addDays, type Day, dayOf, instant } from '../shared/days.js'
import { count } from '../shared/read/list.js'
import type { ListField } from '../shared/read/listField.js'
import { TRUE } from '../shared/read/sql.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { firmIds } from './firmIds.js'
import { planVisits } from './planVisits.js'
import { visitQueueSql } from './queues.js'
import { periodOf } from './slots.js'
import { VisitQueue, VisitState } from './terms.js'
import { mayWork, Visit, VisitException } from './visit.entity.js'

export const VISITS: ListField<{ queue?: VisitQueue }> = {
  name: 'visits',
  target: Visit,
  description: '计划检查：筛选、排序、翻页、统计；queue 取本周应检查、逾期未检查',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'plannedFrom' }],
  args: { queue: ['VisitQueue', '我的检查计划'] },
  also: ({ actor, now }, { queue }) => (queue ? visitQueueSql(queue, actor, dayOf(now)) : TRUE),
}
export const VISIT_EXCEPTIONS: ListField = {
  name: 'visitExceptions',
  target: VisitException,
  description: '执法检查超限批准',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
}

@ObjectType({ description: '检查计划待办一项', simpleResolvers: true })
class VisitTodo {
  @Field(() => VisitQueue) queue!: VisitQueue
  @Field(() => Int) count!: number
}
@ObjectType({ description: '排计划的结果', simpleResolvers: true })
class VisitsPlanned {
  @Field(() => Int, { description: '新排' }) added!: number
  @Field(() => Int, { description: '取消' }) cancelled!: number
}
@ObjectType({ description: '一次检查可以安排在哪几天', simpleResolvers: true })
class VisitPeriod {
  @Field(() => DayScalar) from!: string
  @Field(() => DayScalar) to!: string
}

const YEAR_AHEAD = 366

@Resolver(() => Visit)
export class VisitResolver {
  @Query(() => Visit, { description: '一次计划检查' })
  async visit(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Visit> {
    const visit = await signedIn(context, ...READERS).em.findOne(Visit, { id })
    if (!visit) throw notFound('计划检查')
    return visit
  }

  @Query(() => [VisitTodo], { description: '我的检查计划：本周应检查、逾期未检查' })
  async visitTodo(@Ctx() context: Context): Promise<VisitTodo[]> {
    const ctx = signedIn(context, ...READERS)
    const of = (queue: VisitQueue) => count(Visit, ctx, undefined, visitQueueSql(queue, ctx.actor, dayOf(ctx.now)))
    return Promise.all(Object.values(VisitQueue).map(async (queue) => ({ queue, count: await of(queue) })))
  }

  @FieldResolver(() => VisitPeriod, { nullable: true, description: '所属周期；计划外的没有' })
  period(@Root() { year, slot }: Visit): VisitPeriod | undefined {
    return periodOf(year, slot)
  }

  @FieldResolver(() => Boolean, { description: '我可以做或安排这次检查' })
  mine(@Root() visit: Visit, @Ctx() context: Context): boolean {
    return visit.state === VisitState.PLANNED && !!context.actor && mayWork(context.actor, visit)
  }

  @Mutation(() => VisitsPlanned, { description: '按某一天的规则和颜色排出当年以后的检查；已过去的不变，重复运行结果一样' })
  visitsPlan(@Ctx() context: Context, @Arg('day', () => DayScalar, { nullable: true }) asked?: Day): Promise<VisitsPlanned> {
    const ctx = signedIn(context, 'TOWN_OFFICE')
    const today = dayOf(ctx.now)
    const day = asked ?? today
    if (day < today) throw new Refusal('DAY_PAST', '只能排今天以后的计划：已经过去的检查不再改变', { field: 'day' })
    if (day > addDays(today, YEAR_AHEAD)) throw new Refusal('DAY_FAR', '最多提前一年排计划', { field: 'day' })
    return act(ctx, 'visitsPlan', async (doing) => {
      const enterprises = await firmIds(doing.em, ctx.actor.scope.division)
      return planVisits(doing, 'visitsPlan', { enterprises, day }, ctx.now)
    })
  }

  @Mutation(() => Visit, { description: '调整一次检查的时间，在它的周期之内' })
  visitMove(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('plannedFrom', () => DayScalar) from: Day,
    @Arg('plannedTo', () => DayScalar) to: Day,
    @Arg('reason', () => String) reason: string,
  ): Promise<Visit> {
    if (!reason.trim()) throw new Refusal('MISSING', '请写明调整原因', { field: 'reason' })
    return onVisit(context, 'visitMove', { id, version, reason }, (visit, { actor, now }) =>
      visit.move(actor, dayOf(now), { from, to }, periodOf(visit.year, visit.slot) ?? { from: visit.plannedFrom, to: visit.plannedTo }),
    )
  }

  @Mutation(() => Visit, { description: '取消一次检查，写明原因' })
  visitCancel(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Visit> {
    return onVisit(context, 'visitCancel', { id, version, reason }, (visit, { actor }) => visit.cancel(actor, reason))
  }

  @Mutation(() => VisitException, { description: '批准某企业今年多一次执法检查，写明原因；作为例外留存' })
  visitExceed(@Ctx() context: Context, @Arg('enterprise', () => ID) enterprise: string, @Arg('reason', () => String) reason: string): Promise<VisitException> {
    const ctx = signedIn(context, 'TOWN_OFFICE')
    if (!reason.trim()) throw new Refusal('MISSING', '请写明超出上限的原因', { field: 'reason' })
    return act(
      ctx,
      'visitExceed',
      async ({ em }) => {
        const { firm, place } = await standing(em, enterprise)
        const { division, station } = place
        const exception = Object.assign(new VisitException(), {
          ...{ enterprise: ref(firm), division, ...(station ? { station } : {}), year: Number(dayOf(ctx.now).slice(0, 4)) },
          ...{ reason: reason.trim(), approvedBy: ctx.actor.id, createdAt: instant(ctx.now) },
        })
        em.persist(exception)
        return exception
      },
      reason.trim(),
    )
  }
}

function onVisit(
  context: Context,
  name: string,
  on: { id: string; version: number; reason: string },
  work: (visit: Visit, ctx: SignedIn) => void,
): Promise<Visit> {
  const ctx = signedIn(context, 'TOWN_OFFICE', 'STATION', 'VILLAGE')
  return act(
    ctx,
    name,
    async ({ em }) => {
      const visit = await em.findOne(Visit, { id: on.id })
      if (!visit) throw notFound('计划检查')
      if (visit.version !== on.version) throw conflict()
      work(visit, ctx)
      return visit
    },
    on.reason.trim(),
  )
}
