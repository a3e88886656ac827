import { ref } from '@mikro-orm/core'
import { Checklist, ChecklistItem } from '../checklist/checklist.entity.js'
import { ChecklistLevel } from '../checklist/terms.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardSeverity, HazardSource, HazardStage, ManageType } from '../hazard/terms.js'
import { Check, CheckResult } from '../inspection/check.entity.js'
import { CheckTask } from '../inspection/checkTask.entity.js'
import { duePlan, type Due } from '../inspection/duePlan.js'
import { nationalCalendars } from '../inspection/nationalCalendar.js'
import { newTask } from '../inspection/planTasks.js'
import { CheckKind, ItemOutcome } from '../inspection/terms.js'
import { Routine } from '../inspection/routine.entity.js'
import { Workdays } from '../inspection/workdays.js'
import type { Actor } from '../shared/context.js'
import { linkedId } from '../shared/datum.js'
import { addDays, type Day, dayOf, instant, monthOf, startOf } from '../shared/days.js'
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
const ALL_WEEK = { restWeekdays: [], keepsHolidays: true, shifts: 2 }

interface Doing {
  kind: CheckKind
  by: Actor
  unit: string
  name: string
  at: Date
  list?: Checklist
  task?: CheckTask
  title: string
  hazard?: Hazard | undefined
}

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
    const opened = new Date(Date.parse(startOf(due.opensOn)) + 400 * MINUTE)
    if (opened > this.told.now) return
    const row = Object.fromEntries(Object.entries(newTask(list, due, opened)).filter(([, value]) => value != null))
    const links = { checklist: ref(list), enterprise: list.enterprise, ...(list.unit ? { unit: list.unit } : {}), ...(list.post ? { post: list.post } : {}) }
    const task = Object.assign(new (plain(CheckTask))(), { ...row, ...links, id: random.id(opened.getTime()) })
    chronicle.add(task, { act: 'checkTasksPlan', by: undefined, at: opened, request: `due ${due.opensOn}` })
    const dice = random.whole(0, 99)
    const missed = lax ? 34 : 5
    if (dice < missed) return
    const late = dice < missed + 7
    const hazard = list.level === POST ? undefined : hazards.find(({ foundOn }) => foundOn >= due.opensOn && foundOn <= due.dueOn)
    if (hazard) hazards.splice(hazards.indexOf(hazard), 1)
    const days = this.#workdays.between(due.opensOn, due.dueOn)
    const day: Day = hazard ? hazard.foundOn : late ? addDays(due.dueOn, random.whole(1, 3)) : random.pick(days)
    const at = new Date(Date.parse(startOf(day)) + random.whole(490, 1010) * MINUTE)
    if (at > this.told.now) return
    const person = this.#checker(firm, list)
    const past = this.#check({
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
    const at = new Date(Date.parse(hazard.createdAt) - 20 * MINUTE)
    this.#check({ kind, by: by.asActor(), unit: hazard.foundByUnit ?? '', name: hazard.finderName ?? by.name, at, title: TITLE[kind]!, hazard })
  }

  #check({ kind, by, unit, name, at, list, task, title, hazard }: Doing): Past {
    const { chronicle } = this.told.world
    const { random } = this
    const stands = (list ?? hazard)!
    const place = { enterprise: stands.enterprise, division: stands.division, ...(stands.station ? { station: stands.station } : {}) }
    const part = list
      ? { ...(list.workshop ? { workshop: list.workshop } : {}), ...(list.unit ? { unit: list.unit } : {}), ...(list.post ? { post: list.post } : {}) }
      : hazard?.workshop
        ? { workshop: hazard.workshop }
        : {}
    const items = list ? (this.#items.get(list.id) ?? []) : []
    const fixed = hazard?.manageType === ManageType.IMMEDIATE
    const bad = hazard ? random.whole(0, Math.max(0, items.length - 1)) : -1
    const answers = [
      ...items.map((item, i): Partial<CheckResult> => ({
        ...said(item),
        outcome: i === bad && list ? (fixed ? ItemOutcome.FIXED : ItemOutcome.FAIL) : random.percent(2) ? ItemOutcome.NA : ItemOutcome.PASS,
      })),
    ]
    if (hazard && !items.length) answers.push({ content: hazard.description, place: hazard.place, outcome: fixed ? ItemOutcome.FIXED : ItemOutcome.FAIL })
    const count = (outcome: ItemOutcome) => answers.filter((one) => one.outcome === outcome).length
    const started = new Date(at.getTime() - random.whole(6, 25) * MINUTE)
    const past: Past = { act: 'checkSubmit', by, at, request: random.id(at.getTime()) }
    const check = Object.assign(new (plain(Check))(), {
      ...{
        id: random.id(at.getTime()),
        key: random.id(at.getTime() - 1),
        number: this.told.world.numbers.of(seriesOf(dayOf(at), place.division)),
        kind,
        title,
        ...place,
        ...part,
      },
      ...(list ? { checklist: ref(list), level: list.level } : {}),
      ...(task ? { task: ref(task), plannedOn: task.dueOn } : {}),
      ...{
        startedAt: instant(started),
        doneAt: instant(at),
        doneOn: dayOf(at),
        checkedBy: by.id,
        checkedByRole: by.role,
        checkedByUnit: unit,
        checkerName: name,
      },
      ...{
        passed: count(ItemOutcome.PASS),
        failed: count(ItemOutcome.FAIL),
        fixed: count(ItemOutcome.FIXED),
        notApplicable: count(ItemOutcome.NA),
        notChecked: 0,
      },
      ...(kind === CheckKind.ENFORCEMENT ? { officers: `${name}（演示执法证 01）、演示·同行（演示执法证 02）` } : {}),
    })
    chronicle.add(check, past)
    answers.forEach((answer, i) => {
      const found = (answer.outcome === ItemOutcome.FAIL || answer.outcome === ItemOutcome.FIXED) && hazard
      const result = Object.assign(new (plain(CheckResult))(), {
        ...{
          id: random.id(at.getTime()),
          check: ref(check),
          ...place,
          ...part,
          seq: i + 1,
          severity: HazardSeverity.GENERAL,
          critical: false,
          doneOn: dayOf(at),
          ...answer,
        },
        ...(found ? { hazard: ref(hazard), note: hazard.description, place: hazard.place, severity: hazard.severity, factor: hazard.factor } : {}),
        ...(answer.outcome === ItemOutcome.NA ? { note: '当日没有这项作业' } : {}),
      })
      chronicle.add(result, past)
    })
    return past
  }
}

const seriesOf = (day: Day, division: string) => `JC-${monthOf(day).replace('-', '')}-${division.slice(6).padEnd(6, '0')}`

const TITLE: Partial<Record<CheckKind, string>> = {
  GRID_PATROL: '网格日常巡查',
  STATION_GUIDANCE: '上门督促指导',
  ENFORCEMENT: '安全生产执法检查',
  EXPERT_SERVICE: '专家上门服务',
  REPORT_VERIFICATION: '举报现场核查',
}

const said = (item: ChecklistItem): Partial<CheckResult> =>
  Object.fromEntries(
    Object.entries({
      ...{ item: ref(item), section: item.section, content: item.content, requirement: item.requirement, factor: item.factor },
      ...{ severity: item.severity, critical: item.critical, legalBasis: item.legalBasis, demand: item.demand },
    }).filter(([, value]) => value != null),
  )
