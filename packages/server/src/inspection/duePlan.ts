import { addDays, type Day } from '../shared/days.js'
import { weekdayOf, type Workdays } from './workdays.js'

/** 检查频率, as the checklist says it. */
export type Frequency = 'SHIFT' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'QUARTERLY' | 'HALF_YEARLY' | 'YEARLY' | 'BEFORE_HOLIDAY' | 'RESTART'

/** One check that is due: its slot is what makes it the same one however often it is computed. */
export interface Due {
  slot: string
  opensOn: Day
  dueOn: Day
  shift?: number
}
export interface Plan {
  frequency: Frequency
  startsOn: Day
  endedOn?: Day | undefined
  workdays: Workdays
  /** Days on which work is taken up again after a standstill. */
  restarts: readonly Day[]
  /** Working days before a holiday in which its check is done. */
  holidayAhead: number
}

const MONTHS: Partial<Record<Frequency, number>> = { MONTHLY: 1, QUARTERLY: 3, HALF_YEARLY: 6, YEARLY: 12 }
const RESTART_AHEAD = 3

/** The checks whose time begins between two days, in order. Pure: the same in gives the same out. */
export function duePlan(plan: Plan, from: Day, to: Day): Due[] {
  return [...all(plan, from, to)].filter(({ opensOn }) => opensOn >= from && opensOn <= to).sort((a, b) => (a.opensOn + a.slot < b.opensOn + b.slot ? -1 : 1))
}

function* all(plan: Plan, from: Day, to: Day): Generator<Due> {
  const { frequency, workdays } = plan
  const last = plan.endedOn && plan.endedOn < to ? plan.endedOn : to
  const first = plan.startsOn > from ? plan.startsOn : from
  switch (frequency) {
    case 'SHIFT':
      for (const day of workdays.between(first, last))
        for (let shift = 1; shift <= workdays.shifts(day); shift++) yield { slot: `${day}#${shift}`, opensOn: day, dueOn: day, shift }
      return
    case 'DAILY':
      for (const day of workdays.between(first, last)) yield { slot: day, opensOn: day, dueOn: day }
      return
    case 'WEEKLY':
      for (let monday = addDays(from, 1 - weekdayOf(from)); monday <= to; monday = addDays(monday, 7))
        yield* within(plan, `W${monday}`, monday, addDays(monday, 6))
      return
    case 'BEFORE_HOLIDAY':
      for (const holiday of workdays.holidays(from, addDays(to, 40))) yield* ahead(plan, holiday.from)
      return
    case 'RESTART':
      for (const day of plan.restarts) if (inForce(plan, day)) yield { slot: `R${day}`, opensOn: addDays(day, -RESTART_AHEAD), dueOn: day }
      return
    default:
      yield* byMonths(plan, MONTHS[frequency]!, from, to)
  }
}

const inForce = ({ startsOn, endedOn }: Plan, day: Day): boolean => day >= startsOn && (!endedOn || day <= endedOn)

/** The part of a span in which the list is in force: open from its first working day, due on its last. */
function* within(plan: Plan, slot: string, from: Day, to: Day): Generator<Due> {
  if (plan.endedOn && plan.endedOn < to) return // ended before its time was over: nobody owed it any more
  const days = plan.workdays.between(plan.startsOn > from ? plan.startsOn : from, to)
  if (days.length) yield { slot, opensOn: days[0]!, dueOn: days.at(-1)! }
}

function* ahead(plan: Plan, holiday: Day): Generator<Due> {
  const days = plan.workdays.before(holiday, plan.holidayAhead).filter((day) => inForce(plan, day))
  if (days.length && !plan.workdays.stopped(holiday)) yield { slot: `H${holiday}`, opensOn: days[0]!, dueOn: days.at(-1)! }
}

function* byMonths(plan: Plan, months: number, from: Day, to: Day): Generator<Due> {
  const year = Number(from.slice(0, 4))
  let at = year * 12 + Math.floor((Number(from.slice(5, 7)) - 1) / months) * months
  for (; firstOf(at) <= to; at += months) yield* within(plan, `${months}M${firstOf(at).slice(0, 7)}`, firstOf(at), addDays(firstOf(at + months), -1))
}
const firstOf = (month: number): Day => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
