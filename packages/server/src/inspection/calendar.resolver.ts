import { ref } from '@mikro-orm/core'
import { Arg, Ctx, Field, InputType, Int, Mutation, Resolver } from 'type-graphql'
import { Checklist } from '../checklist/checklist.entity.js'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { linkedId } from '../shared/datum.js'
import { dayOf, instant, isDay } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { conflict, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { CalendarDay, WorkCalendar } from './calendar.entity.js'
import { planTasks } from './planTasks.js'
import { CalendarMark } from './terms.js'

export const CALENDARS: ListField = {
  name: 'workCalendars',
  target: WorkCalendar,
  description: '工作日历的各年各版',
  who: (context) => signedIn(context, ...READERS),
  fallback: [
    { field: 'year', dir: 'DESC' },
    { field: 'edition', dir: 'DESC' },
  ],
}
export const CALENDAR_DAYS: ListField = {
  name: 'calendarDays',
  target: CalendarDay,
  description: '放假与调休上班的日子',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'day' }],
}

@InputType({ description: '放假或调休上班的一天' })
class CalendarDayInput {
  @Field(() => DayScalar) day!: string
  @Field(() => CalendarMark) mark!: CalendarMark
  @Field(() => String, { description: '节日' }) name!: string
}

const MOST_DAYS = 120

/** 工作日历: the whole of a year is typed in or imported and published as the next edition; the one before stays to be read. */
@Resolver(() => WorkCalendar)
export class CalendarResolver {
  @Mutation(() => WorkCalendar, { description: '发布一年的节假日与调休；同年旧版随即被取代，今天起的检查任务跟着调整' })
  calendarPublish(
    @Ctx() context: Context,
    @Arg('year', () => Int) year: number,
    @Arg('edition', () => Int, { description: '您看到的最新版次；还没有则为 0' }) edition: number,
    @Arg('title', () => String) title: string,
    @Arg('days', () => [CalendarDayInput]) days: CalendarDayInput[],
    @Arg('basis', () => String, { nullable: true, description: '依据（文号）' }) basis?: string,
  ): Promise<WorkCalendar> {
    const ctx = entitled(context, Capability.REFERENCE)
    needDays(year, days)
    if (!title.trim()) throw new Refusal('MISSING', '请填写名称', { field: 'title' })
    return act(ctx, 'calendarPublish', async (doing) => {
      const { em } = doing
      const before = await em.find(WorkCalendar, { year }, { orderBy: { edition: 'desc' } })
      if ((before[0]?.edition ?? 0) !== edition) throw conflict()
      for (const one of before) one.supersededAt ??= instant(ctx.now)
      const at = instant(ctx.now)
      const calendar = Object.assign(new WorkCalendar(), {
        year,
        edition: edition + 1,
        title: title.trim(),
        shipped: false,
        publishedBy: ctx.actor.id,
        createdAt: at,
      })
      if (basis?.trim()) calendar.basis = basis.trim()
      em.persist(calendar)
      for (const { day, mark, name } of days)
        em.persist(Object.assign(new CalendarDay(), { calendar: ref(calendar), day, mark, name: name.trim(), createdAt: at }))
      await em.flush()
      const lists = await em.find(Checklist, { endedOn: null }, { fields: ['enterprise'], filters: false })
      await planTasks(doing, 'calendarPublish', [...new Set(lists.map((list) => linkedId(list.enterprise)!))], dayOf(ctx.now), ctx.now)
      return calendar
    })
  }
}

function needDays(year: number, days: readonly CalendarDayInput[]): void {
  if (year < 2000 || year > 2100) throw new Refusal('YEAR', '年度不对', { field: 'year' })
  if (days.length > MOST_DAYS) throw new Refusal('TOO_MANY_DAYS', `一年最多 ${MOST_DAYS} 天`, { field: 'days' })
  const seen = new Set<string>()
  for (const { day, name } of days) {
    // A New Year's holiday may begin in the year before.
    if (!isDay(day) || Math.abs(Number(day.slice(0, 4)) - year) > 1) throw new Refusal('DAY_ELSEWHERE', `${day} 不是 ${year} 年前后的日子`, { field: 'days' })
    if (seen.has(day)) throw new Refusal('DAY_TWICE', `${day} 写了两次`, { field: 'days' })
    if (!name.trim()) throw new Refusal('MISSING', `${day} 没有写节日`, { field: 'days' })
    seen.add(day)
  }
}
