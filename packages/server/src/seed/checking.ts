import { ref } from '@mikro-orm/core'
import { Checklist, ChecklistItem } from '../checklist/checklist.entity.js'
import { ChecklistLevel } from '../checklist/terms.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardSource, HazardStage } from '../hazard/terms.js'
import { CheckTask } from '../inspection/checkTask.entity.js'
import { type Doing, recordCheck } from './checkRecord.js'
import { duePlan, type Due } from '../inspection/duePlan.js'
import { nationalCalendars } from '../inspection/nationalCalendar.js'
import { newTask } from '../inspection/planTasks.js'
import { CheckKind } from '../inspection/terms.js'
import { Routine } from '../inspection/routine.entity.js'
import { Workdays } from '../inspection/workdays.js'
import { linkedId } from '../shared/datum.js'
import { addDays, type Day, dayOf, instant, startOf } from '../shared/days.js'
import type { Past } from './chronicle.js'
import type { Told } from './chapters.js'
import { Person } from '../person/person.entity.js'
import { plain } from './plain.js'
import type { Random } from './random.js'
import type { Firm } from './settle.js'

const { UNIT, WORKSHOP, POST } = ChecklistLevel
const INSIDE: readonly HazardSource[] = [HazardSource.SELF_CHECK, HazardSource.EMPLOYEE_REPORT]
const KIND_OF: Partial<Record<HazardSource, CheckKind>> = {
  GRID_PATROL: CheckKind.GRID_PATROL,
  STATION_GUIDANCE: CheckKind.STATION_GUIDANCE,
  ENFORCEMENT: CheckKind.ENFORCEMENT,
  EXPERT: CheckKind.EXPERT_SERVICE,
  REPORT: CheckKind.REPORT_VERIFICATION,
}
/** Of so many enterprises a longer past is told, so that the start stays quick. */
const LONG = 40
const MINUTE = 60_000
const LATE_SHIFT = 2
const ALL_WEEK = { restWeekdays: [], keepsHolidays: true, shifts: 2 }

export class Checking {
  readonly #office = new Workdays(nationalCalendars().flatMap(({ days }) => days))
  readonly #daily = new Workdays(
    nationalCalendars().flatMap(({ days }) => days),
    () => ALL_WEEK,
  )
  #workdays = this.#office
  readonly #people: ReadonlyMap<string, Person>
  readonly #items = new Map<string, ChecklistItem[]>()

  constructor(
    private readonly told: Told,
    private readonly random: Random,
  ) {
    this.#people = new Map(told.world.chronicle.all(Person).map((person) => [person.id, person]))
    for (const item of told.world.chronicle.all(ChecklistItem)) {
      const id = linkedId(item.checklist)!
      if (!item.droppedOn) this.#items.set(id, [...(this.#items.get(id) ?? []), item])
    }
  }

  tell(): void {
    const { chronicle } = this.told.world
    const lists = chronicle.all(Checklist)
    const hazards = chronicle.all(Hazard)
    for (const firm of this.told.firms) {
      const own = lists.filter((list) => linkedId(list.enterprise) === firm.enterprise.id)
      this.#workdays = firm.crew.workshop ? this.#daily : this.#office
      if (firm.crew.workshop) this.#routine(firm)
      const found = hazards.filter((hazard) => linkedId(hazard.enterprise) === firm.enterprise.id && hazard.stage !== HazardStage.VOID)
      const inside = found.filter(({ source }) => INSIDE.includes(source))
      for (const list of own) this.#listOf(firm, list, inside)
      for (const hazard of found) if (!INSIDE.includes(hazard.source)) this.#visit(hazard)
    }
  }

  /** The enterprises that are shown around work every day, in two shifts. */
  #routine({ enterprise, crew }: Firm): void {
    const at = new Date(Date.parse(startOf(enterprise.enteredOn)) + 6 * 86_400_000)
    const place = { enterprise: ref(enterprise), division: enterprise.division, ...(enterprise.station ? { station: enterprise.station } : {}) }
    const routine = Object.assign(new (plain(Routine))(), {
      id: this.random.id(at.getTime()),
      ...place,
      restWeekdays: '',
      keepsHolidays: true,
      shifts: 2,
      validFrom: dayOf(at),
    })
    this.told.world.chronicle.add(routine, { act: 'routineSet', by: crew.principal.asActor(), at })
  }

  /** How far back the past of a list is told, in days. */
  #reach({ n, crew }: Firm, { level }: Checklist): number {
    if (level === UNIT) return 365
    if (level === WORKSHOP) return n <= LONG ? 182 : 16
    return crew.workshop ? 25 : 5
  }

  #listOf(firm: Firm, list: Checklist, hazards: Hazard[]): void {
    const { now } = this.told
    const today = dayOf(now)
    const from = addDays(today, -this.#reach(firm, list))
    const since = from > dayOf(list.createdAt) ? from : addDays(dayOf(list.createdAt), 1)
    const plan = { frequency: list.frequency, startsOn: list.startsOn, endedOn: list.endedOn, workdays: this.#workdays, restarts: [], holidayAhead: 3 }
    // One enterprise in nine is lax: it misses one check in three.
    const lax = firm.n % 9 === 4
    for (const due of duePlan(plan, since, today)) this.#task(firm, list, due, lax, hazards)
  }

  #task(firm: Firm, list: Checklist, due: Due, lax: boolean, hazards: Hazard[]): void {
    const { chronicle } = this.told.world
    const { random } = this
    const midnight = Date.parse(startOf(due.opensOn))
    const morning = midnight + 400 * MINUTE
    // A town that is filled before the morning's work finds the day's checks made all the same.
    const opened = new Date(morning > this.told.now.getTime() ? midnight : morning)
    const row = Object.fromEntries(Object.entries(newTask(list, due, opened)).filter(([, value]) => value != null))
    const links = { checklist: ref(list), enterprise: list.enterprise, ...(list.unit ? { unit: list.unit } : {}), ...(list.post ? { post: list.post } : {}) }
    const task = Object.assign(new (plain(CheckTask))(), { ...row, ...links, id: random.id(opened.getTime()) })
    chronicle.add(task, { act: 'checkTasksPlan', by: undefined, at: opened, request: `due ${due.opensOn}` })
    const dice = random.whole(0, 99)
    const missed = lax ? 34 : 5
    if (dice < missed) return
    // Whose shift lasts until midnight has its check before him, at whatever hour somebody looks.
    if (due.shift === LATE_SHIFT && due.opensOn === dayOf(this.told.now)) return
    const late = dice < missed + 7
    const hazard = list.level === POST ? undefined : hazards.find(({ foundOn }) => foundOn >= due.opensOn && foundOn <= due.dueOn)
    if (hazard) hazards.splice(hazards.indexOf(hazard), 1)
    const days = this.#workdays.between(due.opensOn, due.dueOn)
    const day: Day = hazard ? hazard.foundOn : late ? addDays(due.dueOn, random.whole(1, 3)) : random.pick(days)
    const at = hazard ? new Date(hazard.createdAt) : new Date(Date.parse(startOf(day)) + random.whole(490, 1010) * MINUTE)
    if (at > this.told.now) return
    const person = this.#checker(firm, list)
    const past = this.#record({
      kind: CheckKind.SELF_CHECK,
      by: person.asActor(),
      unit: firm.enterprise.name,
      name: person.name,
      at,
      list,
      task,
      title: list.title,
      hazard,
    })
    chronicle.change(task, past, () => task.finish(instant(at)))
  }

  #record(doing: Doing): Past {
    return recordCheck(this.told.world, this.random, doing.list ? (this.#items.get(doing.list.id) ?? []) : [], doing)
  }

  #checker({ crew }: Firm, { level, workshop }: Checklist) {
    const own = crew.workshop?.workshop === workshop
    if (level === POST && own && crew.post) return crew.post
    return (level !== UNIT && own ? crew.workshop : undefined) ?? crew.officer ?? crew.principal
  }

  /** Whoever found a hazard from outside was there with a check of his kind. */
  #visit(hazard: Hazard): void {
    const kind = KIND_OF[hazard.source]
    const by = this.#people.get(hazard.foundBy ?? '')
    if (!kind || !by || !hazard.registeredAt) return
    const at = new Date(hazard.createdAt)
    this.#record({ kind, by: by.asActor(), unit: hazard.foundByUnit ?? '', name: hazard.finderName ?? by.name, at, title: TITLE[kind]!, hazard })
  }
}

const TITLE: Partial<Record<CheckKind, string>> = {
  GRID_PATROL: '网格日常巡查',
  STATION_GUIDANCE: '上门督促指导',
  ENFORCEMENT: '安全生产执法检查',
  EXPERT_SERVICE: '专家上门服务',
  REPORT_VERIFICATION: '举报现场核查',
}
