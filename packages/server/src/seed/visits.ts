import { ref } from '@mikro-orm/core'
import { Check, CheckResult } from '../inspection/check.entity.js'
import { nationalCalendars } from '../inspection/nationalCalendar.js'
import { CheckKind } from '../inspection/terms.js'
import { Workdays } from '../inspection/workdays.js'
import { RiskColor } from '../risk/terms.js'
import { addDays, type Day, dayOf, startOf } from '../shared/days.js'
import { FrequencyRule, FrequencyTable } from '../visit/frequency.entity.js'
import { type Known, planOf } from '../visit/plan.js'
import { type About, groundOf, ownerOf, placeOf, seen, type Seen } from '../visit/planVisits.js'
import { colorIn, type InForce } from '../visit/rules.js'
import { SHIPPED_TABLE } from '../visit/shipped.js'
import { VISIT_KINDS, VisitState } from '../visit/terms.js'
import { Visit, VisitException } from '../visit/visit.entity.js'
import type { Past } from './chronicle.js'
import type { Chapter, Told } from './chapters.js'
import { stations } from './content.js'
import { plain } from './plain.js'
import { Random } from './random.js'
import type { Firm } from './settle.js'
import { LAW_TEAM, VisitChecks } from './visitChecks.js'
import { publishRules } from './visitRules.js'

const MINUTE = 60_000
/** So many days ago one enterprise had been checked once more than the cap allows. */
const TURN = 9
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
  readonly #places = new Map<string, number>()

  readonly #checks: VisitChecks

  constructor(private readonly told: Told) {
    this.#checks = new VisitChecks(told, this.#random)
    this.#today = dayOf(told.now)
    this.#year = Number(this.#today.slice(0, 4))
    const marked = nationalCalendars().flatMap(({ days }) => days)
    this.#workdays = new Workdays(marked).between(`${this.#year}-01-01`, `${this.#year}-12-31`)
  }

  tell(): void {
    const { firms } = this.told
    for (const town of new Set(firms.map((firm) => firm.town))) this.#rules.set(town.code, publishRules(this.told, this.#random, town, this.#year))
    for (const group of Map.groupBy(firms, ({ town, enterprise }) => `${town.code}|${enterprise.station ?? ''}`).values())
      [...group]
        .sort((a, b) => (a.enterprise.id < b.enterprise.id ? -1 : 1))
        .forEach(({ enterprise }, i, all) => this.#places.set(enterprise.id, placeOf(i, all.length)))
    const first = `${this.#year}-01-01`
    const turn = addDays(this.#today, -TURN) > first ? addDays(this.#today, -TURN) : first
    for (const firm of firms) {
      const begins = firm.enterprise.enteredOn > first ? firm.enterprise.enteredOn : first
      const changes = this.told.world.colors.get(firm.enterprise.id) ?? []
      const colorOn = (day: Day) => changes.findLast(({ on }) => on <= day)?.color
      // The plan follows each change of the colour, and is looked at today.
      const days = new Set([begins, ...changes.map(({ on }) => on), turn, this.#today].filter((day) => day >= begins))
      let from = begins
      for (const day of [...days].sort()) {
        this.#live(firm, from, day)
        if (firm === firms[6] && day === turn) this.#beyond(firm, turn)
        this.#plan(firm, day, colorOn(day), changes.findLast(({ on }) => on === day)?.at)
        from = day
      }
    }
  }

  #plan(firm: Firm, day: Day, effective: RiskColor | undefined, at = early(day, this.told.now)): void {
    const { enterprise, town } = firm
    const rules = this.#rules.get(town.code)!
    const counts = colorIn(rules, effective)
    if (!counts) return
    const { chronicle } = this.told.world
    const past: Past = { act: 'visitsPlan', by: undefined, at, request: `visits ${day}` }
    const mine = this.#visits.get(enterprise.id) ?? []
    this.#visits.set(enterprise.id, mine)
    const before = mine.filter(({ state, color }) => state !== VisitState.CANCELLED && color).at(-1)?.color
    const about: About = {
      firm: enterprise,
      rules,
      counts,
      unrated: !effective,
      before,
      place: this.#places.get(enterprise.id)!,
      year: this.#year,
      day,
      workdays: this.#workdays,
    }
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
      for (const { visit, cause } of cancel)
        chronicle.change(visit.visit, past, () => Object.assign(visit.visit, { state: VisitState.CANCELLED, cancelCause: cause }))
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
      const day =
        inTime.length && this.#random.percent(10 + 72 * (inTime.length / 10)) ? this.#random.pick(inTime) : this.#random.percent(6) ? days.at(-1) : undefined
      if (day) this.#checks.record(firm, visit, day)
      else if (missedOn <= to) {
        const past: Past = { act: 'visitsPlan', by: undefined, at: early(missedOn, this.told.now), request: `visits ${missedOn}` }
        this.told.world.chronicle.change(visit, past, () => void (visit.state = VisitState.MISSED))
      }
    }
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
    chronicle.add(Object.assign(new (plain(VisitException))(), { id: this.#random.id(at.getTime()), ...stands, reason, approvedBy: by.id }), {
      act: 'visitExceed',
      by,
      at,
      reason,
    })
    this.#extra.set(enterprise.id, 1)
    const kind = CheckKind.ENFORCEMENT
    const visit = Object.assign(new (plain(Visit))(), {
      ...{
        id: this.#random.id(at.getTime()),
        ...stands,
        kind,
        owner: ownerOf(kind, enterprise, this.#authorised),
        slot: `+${day}`,
        plannedFrom: day,
        plannedTo: day,
      },
      ...{ cause: '计划外检查', state: VisitState.PLANNED },
    })
    chronicle.add(visit, { act: 'checkSubmit', by, at })
    this.#visits.get(enterprise.id)!.push(visit)
    this.#checks.record(firm, visit, day)
  }
}
