import { ref } from '@mikro-orm/core'
import { HazardSeverity, isOpen } from '../hazard/terms.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Check, CheckResult } from '../inspection/check.entity.js'
import { nationalCalendars } from '../inspection/nationalCalendar.js'
import { CheckKind, ItemOutcome, KIND_NAME } from '../inspection/terms.js'
import { Workdays } from '../inspection/workdays.js'
import type { Person } from '../person/person.entity.js'
import { RiskPoint } from '../risk/riskPoint.entity.js'
import { RiskStanding } from '../risk/riskStanding.entity.js'
import { RiskColor } from '../risk/terms.js'
import { addDays, type Day, dayOf, monthOf, startOf } from '../shared/days.js'
import { FrequencyRule, FrequencyTable } from '../visit/frequency.entity.js'
import { type Known, planOf } from '../visit/plan.js'
import { type About, groundOf, ownerOf, placeOf, seen, type Seen } from '../visit/planVisits.js'
import { colorIn, type InForce } from '../visit/rules.js'
import { type RuleLine, SHIPPED, SHIPPED_TABLE } from '../visit/shipped.js'
import { FrequencyState, isWorse, VISIT_KINDS, VisitState } from '../visit/terms.js'
import { Visit, VisitException } from '../visit/visit.entity.js'
import type { Past } from './chronicle.js'
import type { Chapter, Told } from './chapters.js'
import { stations } from './content.js'
import { plain } from './plain.js'
import { Random } from './random.js'
import type { Firm, Town } from './settle.js'

const DAY = 86_400_000
const MINUTE = 60_000
/** The station's own word came so many days ago (risks.ts), and the plan followed. */
const TURN = 9
const LAW_TEAM = 'LAW_TEAM'
const early = (day: Day, now: Date) => new Date(Math.min(Date.parse(startOf(day)) + 390 * MINUTE, now.getTime()))

/** 差异化检查: last year's rules and this year's, the plan that follows from them, and the checks that have been made. */
export const VISITS: Chapter = {
  things: [FrequencyTable, FrequencyRule, Check, CheckResult, Visit, VisitException],
  tell: (told) => new Teller(told).tell(),
}

class Teller {
  readonly #random = new Random('anbiao visits')
  readonly #today: Day
  readonly #year: number
  readonly #workdays: Day[]
  readonly #authorised = new Set(stations().flatMap(({ code, authorised }) => (authorised ? [code] : [])))
  readonly #rules = new Map<string, InForce>()
  readonly #visits = new Map<string, Visit[]>()
  readonly #extra = new Map<string, number>()
  readonly #now = new Map<string, RiskColor>()
  readonly #before = new Map<string, RiskColor>()
  readonly #places = new Map<string, number>()

  constructor(private readonly told: Told) {
    this.#today = dayOf(told.now)
    this.#year = Number(this.#today.slice(0, 4))
    const marked = nationalCalendars().flatMap(({ days }) => days)
    this.#workdays = new Workdays(marked).between(`${this.#year}-01-01`, `${this.#year}-12-31`)
  }

  tell(): void {
    const { firms } = this.told
    for (const town of new Set(firms.map((firm) => firm.town))) this.#publish(town)
    this.#colors()
    for (const group of Map.groupBy(firms, ({ town, enterprise }) => `${town.code}|${enterprise.station ?? ''}`).values())
      [...group].sort((a, b) => (a.enterprise.id < b.enterprise.id ? -1 : 1)).forEach(({ enterprise }, i, all) => this.#places.set(enterprise.id, placeOf(i, all.length)))
    const first = `${this.#year}-01-01`
    const turn = addDays(this.#today, -TURN) > first ? addDays(this.#today, -TURN) : first
    for (const firm of firms) {
      const { id, enteredOn } = firm.enterprise
      const begins = enteredOn > first ? enteredOn : first
      this.#plan(firm, begins, this.#before.get(id))
      this.#live(firm, begins, turn)
      if (firm === firms[6]) this.#beyond(firm, turn)
      this.#plan(firm, turn > begins ? turn : begins, this.#now.get(id))
      this.#live(firm, turn, this.#today)
      this.#plan(firm, this.#today, this.#now.get(id))
    }
  }

  /** Last year's edition was a careful beginning; this year's is the one that is in force. */
  #publish({ code, staff }: Town): void {
    const { chronicle } = this.told.world
    const by = staff.town[0]!.asActor()
    const careful: RuleLine[] = SHIPPED.map((rule) =>
      rule.kind === CheckKind.STATION_GUIDANCE ? { ...rule, minPerYear: Math.ceil(rule.minPerYear / 2), focus: null } : rule,
    )
    for (const [edition, lines, from] of [
      [1, careful, dayOf(new Date(this.told.began.getTime() + 20 * DAY))],
      [2, SHIPPED, `${this.#year}-01-01`],
    ] as const) {
      const at = new Date(Date.parse(startOf(addDays(from, -8))) + 600 * MINUTE)
      const basis = edition === 1 ? '镇安委会年度工作安排' : '县公布的年度检查频次上限和镇安委会会议纪要'
      const table = Object.assign(new (plain(FrequencyTable))(), {
        ...{ id: this.#random.id(at.getTime()), division: code, edition, validFrom: from, basis, ...SHIPPED_TABLE, state: FrequencyState.DRAFT },
      })
      chronicle.add(table, { act: 'frequencyDraft', by, at })
      const rules = lines.map(({ trade: _trade, maxPerYear, focus, ...line }) =>
        chronicle.add(
          Object.assign(new (plain(FrequencyRule))(), { id: this.#random.id(at.getTime()), table: ref(table), ...line, ...(maxPerYear == null ? {} : { maxPerYear }), ...(focus ? { focus } : {}) }),
          { act: 'frequencyDraft', by, at },
        ),
      )
      const published = new Date(at.getTime() + 3 * DAY)
      chronicle.change(table, { act: 'frequencyPublish', by, at: published }, () =>
        Object.assign(table, { state: FrequencyState.PUBLISHED, publishedBy: by.id, publishedAt: published.toISOString() }),
      )
      this.#rules.set(code, { table, rules })
    }
  }

  /** As risk/keepStanding.ts counts them: late major hazards, then the station's word, then the worst live point. */
  #colors(): void {
    const { chronicle } = this.told.world
    for (const { enterprise, color, endedOn } of chronicle.all(RiskPoint)) {
      const known = this.#before.get(enterprise.id)
      if (color && !endedOn && (!known || isWorse(color, known))) this.#before.set(enterprise.id, color)
    }
    for (const [id, color] of this.#before) this.#now.set(id, color)
    for (const { enterprise, overrideColor, overrideUntil } of chronicle.all(RiskStanding))
      if (overrideColor && overrideUntil! >= this.#today) this.#now.set(enterprise.id, overrideColor)
    for (const { enterprise, severity, stage, dueOn } of chronicle.all(Hazard))
      if (severity === HazardSeverity.MAJOR && isOpen(stage) && dueOn && dueOn < this.#today) this.#now.set(enterprise.id, RiskColor.RED)
  }

  #plan(firm: Firm, day: Day, effective: RiskColor | undefined): void {
    const { enterprise, town } = firm
    const rules = this.#rules.get(town.code)!
    const counts = colorIn(rules, effective)
    if (!counts) return
    const { chronicle } = this.told.world
    const past: Past = { act: 'visitsPlan', by: undefined, at: early(day, this.told.now), request: `visits ${day}` }
    const mine = this.#visits.get(enterprise.id) ?? []
    this.#visits.set(enterprise.id, mine)
    const before = mine.filter(({ state, color }) => state !== VisitState.CANCELLED && color).at(-1)?.color
    const about: About = { firm: enterprise, rules, counts, unrated: !effective, before, place: this.#places.get(enterprise.id)!, year: this.#year, day, workdays: this.#workdays }
    for (const kind of VISIT_KINDS) {
      const own = mine.filter((visit) => visit.kind === kind).map(seen)
      const ground = groundOf<Seen & Known>(about, kind, own, this.#extra.get(enterprise.id) ?? 0)
      const { add, revive, cancel, adopt } = planOf(ground)
      const stamp = { color: counts, edition: rules.table.edition, table: ref(rules.table) }
      for (const wanted of add) {
        const { division, station } = enterprise
        const visit = Object.assign(new (plain(Visit))(), {
          ...{ id: this.#random.id(past.at.getTime()), enterprise: ref(enterprise), division, ...(station ? { station } : {}) },
          ...{ year: this.#year, kind, owner: ownerOf(kind, enterprise, this.#authorised), ...stamp, ...wanted, state: VisitState.PLANNED },
          ...(ground.demand!.focus ? { focus: ground.demand!.focus } : {}),
        })
        mine.push(chronicle.add(visit, past))
      }
      for (const { visit, wanted } of revive) {
        const { cause, plannedFrom, plannedTo } = wanted
        chronicle.change(visit.visit, past, () => {
          Object.assign(visit.visit, stamp, { state: VisitState.PLANNED, cause, plannedFrom, plannedTo })
          delete visit.visit.cancelCause
        })
      }
      for (const { visit, cause } of adopt) chronicle.change(visit.visit, past, () => Object.assign(visit.visit, stamp, { cause }))
      for (const { visit, cause } of cancel) chronicle.change(visit.visit, past, () => Object.assign(visit.visit, { state: VisitState.CANCELLED, cancelCause: cause }))
    }
  }

  /** What became of the visits between two days: most were made in their days, some late, some never. */
  #live(firm: Firm, from: Day, to: Day): void {
    const grace = SHIPPED_TABLE.graceDays
    for (const visit of this.#visits.get(firm.enterprise.id) ?? []) {
      if (visit.state !== VisitState.PLANNED || visit.plannedFrom >= to) continue
      const missedOn = addDays(visit.plannedTo, grace + 1)
      const days = this.#workdays.filter((day) => day >= visit.plannedFrom && day >= from && day < to && day < missedOn)
      const inTime = days.filter((day) => day <= visit.plannedTo)
      const day = inTime.length && this.#random.percent(10 + 72 * (inTime.length / 10)) ? this.#random.pick(inTime) : this.#random.percent(6) ? days.at(-1) : undefined
      if (day) this.#check(firm, visit, day)
      else if (missedOn <= to) {
        const past: Past = { act: 'visitsPlan', by: undefined, at: early(missedOn, this.told.now), request: `visits ${missedOn}` }
        this.told.world.chronicle.change(visit, past, () => void (visit.state = VisitState.MISSED))
      }
    }
  }

  #check(firm: Firm, visit: Visit, day: Day): void {
    const { chronicle, numbers, names } = this.told.world
    const { enterprise, town } = firm
    const enforces = visit.kind === CheckKind.ENFORCEMENT
    const team: readonly Person[] = (enforces ? town.staff.stations.get(LAW_TEAM) : enterprise.station ? town.staff.stations.get(enterprise.station) : undefined) ?? town.staff.town
    const by = this.#random.pick(team)
    const at = new Date(Date.parse(startOf(day)) + (540 + this.#random.whole(0, 420)) * MINUTE)
    const started = new Date(at.getTime() - this.#random.whole(25, 90) * MINUTE)
    const series = `JC-${monthOf(day).replace('-', '')}-${enterprise.division.slice(6).padEnd(6, '0')}`
    const past: Past = { act: 'checkSubmit', by: by.asActor(), at, request: this.#random.id(at.getTime()) }
    const { division, station } = enterprise
    const stands = { enterprise: ref(enterprise), division, ...(station ? { station } : {}) }
    const looked = (visit.focus ?? '现场情况').split('、')
    const outcomes = looked.map(() => (this.#random.percent(9) ? ItemOutcome.FAIL : ItemOutcome.PASS))
    const failed = outcomes.filter((one) => one === ItemOutcome.FAIL).length
    const check = Object.assign(new (plain(Check))(), {
      ...{ id: this.#random.id(at.getTime()), key: this.#random.id(started.getTime()), number: `${series}-${String(numbers.next(series)).padStart(4, '0')}`, kind: visit.kind },
      ...{ ...stands, title: `${KIND_NAME[visit.kind]}：${enterprise.name}`.slice(0, 120), plannedOn: visit.plannedTo, startedAt: started.toISOString(), doneAt: at.toISOString(), doneOn: day },
      ...{ checkedBy: by.id, checkedByRole: by.role, checkedByUnit: (by.station ? names.get(by.station) : undefined) ?? '镇安办', checkerName: by.name },
      ...{ passed: outcomes.length - failed, failed, fixed: 0, notApplicable: 0, notChecked: 0 },
      ...(enforces ? { officers: `${by.name}（35052400${this.#random.whole(10, 99)}）、同行执法员（35052400${this.#random.whole(10, 99)}）`, refusedToSign: '纸质笔录已签字存档' } : {}),
    })
    chronicle.add(check, past)
    looked.forEach((content, i) =>
      chronicle.add(
        Object.assign(new (plain(CheckResult))(), {
          ...{ id: this.#random.id(at.getTime()), check: ref(check), ...stands, seq: i + 1, content, outcome: outcomes[i]!, severity: HazardSeverity.GENERAL, critical: false, doneOn: day },
          ...(outcomes[i] === ItemOutcome.FAIL ? { note: '资料不全，已当面提出，下次检查时核对' } : {}),
        }),
        past,
      ),
    )
    chronicle.change(visit, past, () => Object.assign(visit, { state: VisitState.DONE, check: ref(check), doneOn: day }))
  }

  /** One enterprise was checked once more than the cap allows, as the town office had approved. */
  #beyond(firm: Firm, turn: Day): void {
    const day = this.#workdays.findLast((one) => one < turn)
    if (!day || !firm.town.staff.stations.has(LAW_TEAM)) return
    const { chronicle } = this.told.world
    const { enterprise } = firm
    const { division, station } = enterprise
    const by = firm.town.staff.town[0]!.asActor()
    const at = new Date(Date.parse(startOf(day)) + 500 * MINUTE)
    const stands = { enterprise: ref(enterprise), division, ...(station ? { station } : {}), year: this.#year }
    const reason = '群众多次反映夜间违规作业，经研究增加一次执法检查'
    chronicle.add(Object.assign(new (plain(VisitException))(), { id: this.#random.id(at.getTime()), ...stands, reason, approvedBy: by.id }), { act: 'visitExceed', by, at, reason })
    this.#extra.set(enterprise.id, 1)
    const kind = CheckKind.ENFORCEMENT
    const visit = Object.assign(new (plain(Visit))(), {
      ...{ id: this.#random.id(at.getTime()), ...stands, kind, owner: ownerOf(kind, enterprise, this.#authorised), slot: `+${day}`, plannedFrom: day, plannedTo: day },
      ...{ cause: '计划外检查', state: VisitState.PLANNED },
    })
    chronicle.add(visit, { act: 'checkSubmit', by, at })
    this.#visits.get(enterprise.id)!.push(visit)
    this.#check(firm, visit, day)
  }
}

