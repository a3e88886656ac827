import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { standing } from '../enterprise/standing.js'
import { type Act, act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { linkedId } from '../shared/datum.js'
import { dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { planTasks } from './planTasks.js'
import { Routine, RoutineFacts, Stoppage } from './routine.entity.js'

export const ROUTINES: ListField = {
  name: 'routines',
  target: Routine,
  description: '企业作息：休息日与班次',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'validFrom', dir: 'DESC' }],
}
export const STOPPAGES: ListField = {
  name: 'stoppages',
  target: Stoppage,
  description: '停产停业与复工',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'stoppedOn', dir: 'DESC' }],
}
/** The enterprise says it of itself; the town office and its station may for it. */
const SAYS = ['ENTERPRISE', 'TOWN_OFFICE', 'STATION'] as const

@Resolver()
export class RoutineResolver {
  @Mutation(() => Routine, { description: '设定企业的休息日与班次，自某日起' })
  routineSet(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('facts', () => RoutineFacts as never) facts: RoutineFacts,
  ): Promise<Routine> {
    const ctx = signedIn(context, ...SAYS)
    if (facts.validFrom < dayOf(ctx.now)) throw new Refusal('DAY_PAST', '作息只能从今天或以后起用，过去的任务不改', { field: 'validFrom' })
    return act(ctx, 'routineSet', async (doing) => {
      const { place } = await standing(doing.em, enterprise)
      const known = await doing.em.findOne(Routine, { enterprise, validFrom: facts.validFrom })
      const routine = known ?? Object.assign(new Routine(), { ...place, createdAt: instant(ctx.now) })
      routine.describe(facts)
      doing.em.persist(routine)
      await replan(doing, 'routineSet', enterprise, ctx)
      return routine
    })
  }

  @Mutation(() => Stoppage, { description: '登记停产停业；期间的检查任务免做' })
  stoppageBegin(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('stoppedOn', () => DayScalar) stoppedOn: string,
    @Arg('reason', () => String) reason: string,
    @Arg('resumesOn', () => DayScalar, { nullable: true, description: '计划复工日期' }) resumesOn?: string,
  ): Promise<Stoppage> {
    const ctx = signedIn(context, ...SAYS)
    if (!reason.trim()) throw new Refusal('MISSING', '请写明停产原因', { field: 'reason' })
    // What has been missed is not talked away afterwards.
    if (stoppedOn < dayOf(ctx.now)) throw new Refusal('DAY_PAST', '停产停业须在当天或事先登记', { field: 'stoppedOn' })
    needOrder(stoppedOn, resumesOn)
    return act(ctx, 'stoppageBegin', async (doing) => {
      const { place } = await standing(doing.em, enterprise)
      const open = await doing.em.find(Stoppage, { enterprise })
      if (open.some(({ stoppedOn: from, resumesOn: to }) => (!to || to > stoppedOn) && (!resumesOn || from < resumesOn)))
        throw new Refusal('ALREADY', '这段时间已经登记了停产停业', { field: 'stoppedOn' })
      const stoppage = Object.assign(new Stoppage(), { ...place, stoppedOn, reason: reason.trim(), createdAt: instant(ctx.now) })
      if (resumesOn) stoppage.resumesOn = resumesOn
      doing.em.persist(stoppage)
      await replan(doing, 'stoppageBegin', enterprise, ctx)
      return stoppage
    })
  }

  @Mutation(() => Stoppage, { description: '复工（或改定复工日期）；复工检查随之排定' })
  stoppageEnd(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('resumesOn', () => DayScalar) resumesOn: string,
  ): Promise<Stoppage> {
    const ctx = signedIn(context, ...SAYS)
    if (resumesOn < dayOf(ctx.now)) throw new Refusal('DAY_PAST', '复工日期不能早于今天', { field: 'resumesOn' })
    return act(ctx, 'stoppageEnd', async (doing) => {
      const stoppage = await doing.em.findOne(Stoppage, { id })
      if (!stoppage) throw notFound('停产记录')
      if (stoppage.version !== version) throw conflict()
      needOrder(stoppage.stoppedOn, resumesOn)
      stoppage.resumesOn = resumesOn
      await replan(doing, 'stoppageEnd', linkedId(stoppage.enterprise)!, ctx)
      return stoppage
    })
  }
}

const needOrder = (stoppedOn: string, resumesOn?: string | null) => {
  if (resumesOn && resumesOn <= stoppedOn) throw new Refusal('DAY_ORDER', '复工日期须晚于停产日期', { field: 'resumesOn' })
}

async function replan(doing: Act, name: string, enterprise: string, { now }: SignedIn): Promise<void> {
  await doing.em.flush()
  await planTasks(doing, name, [enterprise], dayOf(now), now)
}
