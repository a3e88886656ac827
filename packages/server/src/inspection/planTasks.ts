import type { SqlEntityManager } from '@mikro-orm/sql'
import { Checklist } from '../checklist/checklist.entity.js'
import { CheckFrequency } from '../checklist/terms.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Act } from '../shared/act.js'
import { insertMany, type NewRow } from '../shared/bulk.js'
import { linkedId } from '../shared/datum.js'
import { addDays, type Day, dayOf, instant } from '../shared/days.js'
import { CalendarDay } from './calendar.entity.js'
import { CheckTask } from './checkTask.entity.js'
import { duePlan, type Due } from './duePlan.js'
import { rhythmFrom, Routine, Stoppage } from './routine.entity.js'
import { checkRules, type CheckRules } from './rules.js'
import { ExcuseCause, TaskOutcome } from './terms.js'
import { type Marked, Workdays } from './workdays.js'

/** How far back a job that did not run makes up for it. What nobody was told of for longer, nobody has missed. */
const BACK = 45
const BACK_SHORT: Partial<Record<CheckFrequency, number>> = { SHIFT: 3, DAILY: 3, WEEKLY: 14, BEFORE_HOLIDAY: 14, RESTART: 14 }

/** Checked is checked, whatever the plan says later. */
const CHECKED: readonly TaskOutcome[] = [TaskOutcome.DONE, TaskOutcome.LATE]

export interface Planned {
  made: number
  changed: number
}

/** The published calendars, once for all enterprises. */
export async function markedDays(em: SqlEntityManager): Promise<Marked[]> {
  const days = await em.find(CalendarDay, { calendar: { supersededAt: null } }, { orderBy: { day: 'asc' } })
  return days.map(({ day, mark, name }) => ({ day, mark, name }))
}

/** Whatever an enterprise's plan follows from. */
export interface Ground {
  firm: Enterprise
  workdays: Workdays
  restarts: Day[]
}
export function groundOf(firm: Enterprise, marked: readonly Marked[], routines: readonly Routine[], stops: readonly Stoppage[]): Ground {
  const own = stops.map(({ stoppedOn, resumesOn }) => ({ from: stoppedOn, to: resumesOn && addDays(resumesOn, -1) }))
  const workdays = new Workdays(marked, rhythmFrom(routines), own)
  return { firm, workdays, restarts: stops.flatMap(({ resumesOn }) => resumesOn ?? []) }
}

/**
 * Brings the tasks of some enterprises to what their lists, the calendar and their own days say on a day: makes what is due
 * and not there yet, moves what is still open, excuses what is no longer owed. Run twice it changes nothing the second time.
 */
export async function planTasks(doing: Act, name: string, enterprises: readonly string[], day: Day, now: Date): Promise<Planned> {
  const { em } = doing
  const done: Planned = { made: 0, changed: 0 }
  if (!enterprises.length) return done
  const of = { enterprise: { $in: [...enterprises] } }
  const all = { filters: false } as const
  /** Only looked at: what is not kept by the unit of work need not be compared at its end. */
  const seen = { ...all, disableIdentityMap: true } as const
  const since = { dueOn: { $gte: addDays(day, -BACK) } }
  const [firms, lists, routines, stops, kept, tasks, marked, rules] = await Promise.all([
    em.find(Enterprise, { id: { $in: [...enterprises] } }, seen),
    em.find(Checklist, of, seen),
    em.find(Routine, of, seen),
    em.find(Stoppage, of, seen),
    em.find(CheckTask, { ...of, ...since, outcome: { $in: [...CHECKED] } }, seen),
    em.find(CheckTask, { ...of, ...since, outcome: { $nin: [...CHECKED] } }, all),
    markedDays(em),
    checkRules(em),
  ])
  const rows: NewRow[] = []
  const byFirm = <T extends { enterprise: unknown }>(list: readonly T[], id: string) => list.filter((one) => linkedId(one.enterprise) === id)
  const known = new Map<string, CheckTask[]>()
  for (const task of [...kept, ...tasks]) known.set(linkedId(task.checklist)!, [...(known.get(linkedId(task.checklist)!) ?? []), task])
  for (const firm of firms) {
    const ground = groundOf(firm, marked, byFirm(routines, firm.id), byFirm(stops, firm.id))
    for (const list of byFirm(lists, firm.id)) {
      const plan = planOf(list, ground, day, rules)
      const since = planSince(list, day)
      const there = (known.get(list.id) ?? []).filter(({ opensOn }) => opensOn >= since)
      done.changed += adjust(there, plan, list, ground)
      const slots = new Set(there.map(({ slot }) => slot))
      for (const due of plan) if (!slots.has(due.slot) && owed(due, list, day)) rows.push(newTask(list, due, now))
    }
  }
  await insertMany(doing, name, CheckTask, rows)
  done.made = rows.length
  return done
}

/** What is due of a list until a day, from as far back as its frequency is looked at: months and years from the beginning of the year. */
export function planOf(list: Checklist, { firm, workdays, restarts }: Ground, day: Day, rules: CheckRules, since = planSince(list, day)): Due[] {
  const endedOn = [list.endedOn, firm.closedOn && addDays(firm.closedOn, -1)].filter((one) => one !== undefined).sort()[0]
  const { frequency, startsOn } = list
  return duePlan({ frequency, startsOn, endedOn, workdays, restarts, holidayAhead: rules.checkHolidayAhead }, since, day)
}

const planSince = ({ frequency }: Checklist, day: Day): Day => {
  const back = BACK_SHORT[frequency]
  return back === undefined ? `${day.slice(0, 4)}-01-01` : addDays(day, -back)
}

/** Nobody owes a check for days before the list was made, nor one that ended before the job's reach. */
const owed = ({ dueOn }: Due, list: Checklist, day: Day): boolean => dueOn >= dayOf(list.createdAt) && dueOn >= addDays(day, -BACK)

function adjust(there: readonly CheckTask[], plan: readonly Due[], list: Checklist, ground: Ground): number {
  const bySlot = new Map(plan.map((due) => [due.slot, due]))
  let changed = 0
  for (const task of there) {
    if (CHECKED.includes(task.outcome)) continue
    const due = bySlot.get(task.slot)
    if (!due && task.outcome === TaskOutcome.OPEN) {
      task.outcome = TaskOutcome.EXCUSED
      task.excuse = causeOf(task, list, ground)
      changed++
    } else if (due && (task.outcome === TaskOutcome.EXCUSED || task.dueOn !== due.dueOn || task.opensOn !== due.opensOn)) {
      Object.assign(task, { outcome: TaskOutcome.OPEN, opensOn: due.opensOn, dueOn: due.dueOn })
      delete task.excuse
      changed++
    }
  }
  return changed
}

function causeOf({ dueOn }: CheckTask, list: Checklist, { firm, workdays }: Ground): ExcuseCause {
  if (firm.closedOn && dueOn >= firm.closedOn) return ExcuseCause.ENTERPRISE_CLOSED
  if (list.endedOn && dueOn >= list.endedOn) return ExcuseCause.LIST_ENDED
  return workdays.stopped(dueOn) ? ExcuseCause.STOPPED : ExcuseCause.REST_DAY
}

export const newTask = (list: Checklist, due: Due, now: Date): NewRow => ({
  checklist: list.id,
  enterprise: linkedId(list.enterprise),
  division: list.division,
  station: list.station,
  workshop: list.workshop,
  unit: linkedId(list.unit),
  post: linkedId(list.post),
  title: list.title,
  level: list.level,
  frequency: list.frequency,
  ...due,
  outcome: TaskOutcome.OPEN,
  createdAt: instant(now),
})
