import { ref } from '@mikro-orm/core'
import { Nomination } from '../campaign/nomination.entity.js'
import { Division } from '../division/division.entity.js'
import { Dossier } from '../dossier/dossier.entity.js'
import { Drill } from '../dossier/drill.entity.js'
import { TrainingRecord } from '../dossier/training.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Check } from '../inspection/check.entity.js'
import { CheckTask } from '../inspection/checkTask.entity.js'
import { Letter } from '../letter/letter.entity.js'
import { Person } from '../person/person.entity.js'
import { dueOf, type Unit, unitsOf } from '../report/expected.js'
import { knownLines, none } from '../report/evaluate.js'
import { LINES } from '../report/lines.js'
import { monthAfter, type Period } from '../report/period.js'
import { correctionOf } from '../report/review.resolver.js'
import { reportRules, type ReportRules } from '../report/rules.js'
import { frozen } from '../report/sheet.js'
import { type Below, Summary } from '../report/summary.entity.js'
import { ChosenPractice, SummaryChase, SummaryCorrection, SummaryTarget } from '../report/summaryParts.entity.js'
import { SummaryKind, SummaryLevel } from '../report/terms.js'
import { RiskPoint } from '../risk/riskPoint.entity.js'
import type { Actor } from '../shared/context.js'
import { dayOf, type Instant, instant, startOf } from '../shared/days.js'
import { SiteStanding } from '../site/postStanding.entity.js'
import type { Chapter, Told } from './chapters.js'
import { countMonths, type Figures, HOUR, keyOf, momentsOf } from './monthCount.js'
import { NEXT_PLAN, PRACTICE, PROBLEMS } from './monthTexts.js'
import { plain } from './plain.js'
import { Random } from './random.js'
import type { Town } from './settle.js'
import { Then } from './then.js'

/** What the lines of a summary look into. */
const LOOKED_AT = [Enterprise, Letter, Dossier, RiskPoint, Check, CheckTask, Hazard, SiteStanding, TrainingRecord, Drill, Nomination]

/** The months since the office began: signed up the line, one late, one given back, one opened again; this month's are drafts. */
export const MONTHS: Chapter = {
  things: [Summary, SummaryCorrection, SummaryChase, ChosenPractice, SummaryTarget],
  tell: (told) => new Months(told).tell(),
}

class Months {
  readonly #random = new Random('anbiao months')
  readonly #towns: Town[]
  #figures: Figures = new Map()
  constructor(private readonly told: Told) {
    this.#towns = [...new Map(told.firms.map(({ town }) => [town.code, town])).values()]
  }

  async tell(): Promise<void> {
    const { em, now, began } = this.told
    const current = dayOf(now).slice(0, 7)
    const months: string[] = []
    for (let month = monthAfter(dayOf(began).slice(0, 7)); month <= current; month = monthAfter(month)) months.push(month)
    const then = await Then.open(em, LOOKED_AT)
    this.#figures = await countMonths(
      this.told,
      this.#towns,
      then,
      months.filter((month) => month < current),
    )
    const rules = await reportRules(em)
    for (const town of this.#towns) {
      const place = await em.findOneOrFail(Division, { code: town.code })
      for (const month of months) this.#month(town, month, await unitsOf(em, place, { kind: SummaryKind.MONTH, period: month }), rules)
      const year = { kind: SummaryKind.YEAR, period: current.slice(0, 4) }
      if (Number(current.slice(5)) >= rules.yearOpensMonth)
        for (const unit of await unitsOf(em, place, year))
          this.#open(unit, year, rules, startOf(`${current.slice(0, 4)}-${String(rules.yearOpensMonth).padStart(2, '0')}-01`))
    }
    await then.close()
    this.#targets(current.slice(0, 4))
  }

  #open(unit: Unit, period: Period, rules: ReportRules, at: Instant): Summary {
    const opened = new Date(Math.max(Date.parse(at) + 10 * 60_000, this.told.began.getTime() + 20 * 24 * HOUR))
    const summary = Object.assign(new (plain(Summary))(), {
      id: this.#random.id(opened.getTime()),
      ...unit,
      ...period,
      dueOn: dueOf(unit.level, period, rules),
    })
    return this.told.world.chronicle.add(summary, { act: 'summariesOpen', by: undefined, at: opened })
  }

  #month(town: Town, month: string, units: readonly Unit[], rules: ReportRules): void {
    const { now } = this.told
    const period = { kind: SummaryKind.MONTH, period: month }
    const summaries = units.map((unit) => this.#open(unit, period, rules, startOf(`${month}-01`)))
    const [own, below] = [summaries.at(-1)!, summaries.slice(0, -1)]
    const { units: t1, late, town: t2 } = momentsOf(month)
    const clerk = town.staff.town[0]!.asActor()
    const current = dayOf(now).slice(0, 7)
    if (month === current) {
      below
        .slice(0, 4)
        .forEach((one, i) =>
          this.#write(one, this.#filler(town, one), i, new Date(Math.max(now.getTime() - 5 * HOUR, Date.parse(startOf(`${month}-01`)) + HOUR))),
        )
      return
    }
    const recent = monthAfter(month) === current
    const home = town === this.#towns[0]
    for (const [i, one] of below.entries()) {
      const filler = this.#filler(town, one)
      this.#write(one, filler, i, new Date(t1.getTime() - HOUR))
      if (recent && home && i === 1) this.#chase(one, clerk, new Date(late.getTime() - HOUR))
      this.#sign(one, filler, recent && home && i === 1 ? late : t1, [])
      if (recent && home && i === 2) this.#act(one, 'summaryReturn', clerk, new Date(t1.getTime() + 2 * HOUR), '检查次数与台账对不上，请核对后重报')
      else this.#act(one, 'summaryAccept', clerk, new Date((recent && home && i === 1 ? late : t1).getTime() + HOUR + i * 60_000))
    }
    if (home && monthAfter(monthAfter(monthAfter(month))) === current) this.#reopen(below[0]!, clerk, this.#filler(town, below[0]!), late)
    this.#write(own, clerk, month.charCodeAt(6), new Date(t2.getTime() - HOUR))
    this.#sign(own, clerk, t2, below)
    const county = this.#county()
    if (t2 < now && county) this.#act(own, 'summaryAccept', county, new Date(t2.getTime() + 20 * HOUR))
  }

  /** The town opens an accepted one again before it signs itself; it is signed once more a day later, with what was entered meanwhile. */
  #reopen(one: Summary, by: Actor, filler: Actor, again: Date): void {
    const at = new Date(again.getTime() - HOUR)
    if (again >= this.told.now) return
    this.#act(one, 'summaryReopen', by, at, '核对台账时发现有补录的检查和隐患，需要更正')
    const correction = this.#correct(one, by, at)
    this.#sign(one, filler, again, [], correction)
    this.#act(one, 'summaryAccept', by, new Date(again.getTime() + HOUR))
  }

  #correct(of: Summary, by: Actor, at: Date): SummaryCorrection {
    const correction = Object.assign(correctionOf(of, by, at, plain(SummaryCorrection)), { id: this.#random.id(at.getTime()) })
    return this.told.world.chronicle.add(correction, { act: 'summaryReopen', by, at, reason: of.returnReason! })
  }

  #write(one: Summary, by: Actor, n: number, at: Date): void {
    if (at >= this.told.now) return
    const words = {
      practice: PRACTICE[n % PRACTICE.length]!,
      problems: PROBLEMS[n % PROBLEMS.length]!,
      nextPlan: NEXT_PLAN[n % NEXT_PLAN.length]!,
      fillerName: by.name.slice(0, 40),
    }
    this.told.world.chronicle.change(one, { act: 'summaryWrite', by, at }, () => one.write(by, words))
  }

  #sign(one: Summary, by: Actor, at: Date, all: readonly Summary[], correction?: SummaryCorrection): void {
    if (at >= this.told.now) return
    const asOf = instant(at)
    const lines = knownLines(LINES)
    const figures = this.#figures.get(keyOf(one, one.period, asOf)) ?? JSON.stringify(frozen(lines, lines.map(none)))
    const below = all.map(({ id, unitName, state, late, submittedAt }): Below => {
      const reason = state === 'ACCEPTED' ? null : '退回后还没有重报'
      return { summary: id, unitName, state, late, submittedAt: submittedAt ?? null, reason }
    })
    const { chronicle } = this.told.world
    chronicle.change(one, { act: 'summarySubmit', by, at }, () => one.submit(by, at, { figures, asOf, below }))
    if (correction)
      chronicle.change(correction, { act: 'summarySubmit', by, at }, () =>
        Object.assign(correction, { correctedAt: asOf, correctedBy: by.id, asOfAfter: asOf, figuresAfter: figures }),
      )
  }

  #act(one: Summary, act: string, by: Actor, at: Date, reason = ''): void {
    if (at >= this.told.now || !one.submittedAt) return
    this.told.world.chronicle.change(one, { act, by, at, ...(reason ? { reason } : {}) }, () => {
      if (act === 'summaryAccept') one.accept(by, at)
      else one.giveBack(by, reason, act === 'summaryReopen')
      if (act === 'summaryReopen') one.corrections += 1
    })
  }

  #chase(one: Summary, by: Actor, at: Date): void {
    if (at >= this.told.now) return
    const { chronicle } = this.told.world
    const chase = Object.assign(new (plain(SummaryChase))(), {
      ...{ id: this.#random.id(at.getTime()), summary: ref(one), division: one.division, ...(one.station ? { station: one.station } : {}) },
      ...{ words: '期限已过，请今天报来', chasedBy: by.id, chasedByName: by.name.slice(0, 40), chasedAt: instant(at) },
    })
    chronicle.add(chase, { act: 'summaryChase', by, at })
    chronicle.change(one, { act: 'summaryChase', by, at }, () => void (one.chases += 1))
  }

  #targets(year: string): void {
    const { chronicle } = this.told.world
    const home = this.#towns[0]!
    const by = home.staff.town[0]!.asActor()
    const at = new Date(Math.max(Date.parse(startOf(`${year}-01-05`)) + 10 * HOUR, this.told.began.getTime() + 21 * 24 * HOUR))
    if (at >= this.told.now) return
    for (const [line, tenths] of Object.entries({
      noticeRate: 1000,
      commitmentRate: 1000,
      dossierRate: 950,
      rectificationRate: 950,
      onTimeRate: 900,
      trainings: 3000,
    }))
      chronicle.add(Object.assign(new (plain(SummaryTarget))(), { id: this.#random.id(at.getTime()), division: home.code, year: Number(year), line, tenths }), {
        act: 'targetSet',
        by,
        at,
      })
  }

  #filler({ staff }: Town, { level, unit }: Summary): Actor {
    const some = level === SummaryLevel.STATION ? staff.stations.get(unit)?.[0] : staff.villages.get(unit)
    return (some ?? staff.town[0]!).asActor()
  }
  #county(): Actor | undefined {
    return this.told.world.chronicle
      .all(Person)
      .find(({ username }) => username === 'county')
      ?.asActor()
  }
}
