import { describe, expect, test } from 'vitest'
import { RiskColor } from '../risk/terms.js'
import { Random } from '../seed/random.js'
import { addDays, type Day } from '../shared/days.js'
import { Workdays } from '../inspection/workdays.js'
import { type Demand, type Known, planOf } from './plan.js'
import { periodOf, slotsOf } from './slots.js'
import { COLORS, isWorse, VisitState } from './terms.js'

const { RED, ORANGE, YELLOW, BLUE } = RiskColor
const YEAR = 2026
const WORKDAYS = new Workdays([]).between('2026-01-01', '2026-12-31')

type Rules = Record<RiskColor, Demand>
const rules = (edition: number, min: readonly number[], max?: readonly number[]): Rules =>
  Object.fromEntries(COLORS.map((color, i) => [color, { edition, min: min[i]!, ...(max ? { max: max[i]! } : {}) }])) as unknown as Rules
const GUIDANCE = rules(1, [12, 4, 2, 1])
const ENFORCEMENT = rules(1, [4, 2, 1, 0], [4, 2, 1, 1])

/** One enterprise whose visits live on: what the plan says is done to them, as the server does. */
class Life {
  visits: Known[] = []
  #color: RiskColor | undefined

  constructor(
    readonly phase = 500,
    readonly since: Day = '2020-01-01',
  ) {}

  run(day: Day, color: RiskColor, by: Rules, { closed = false, extra = 0, unrated = false } = {}) {
    const plan = planOf({
      ...{ year: YEAR, day, since: this.since, demand: by[color], closed, color, unrated, before: this.#color, visits: this.visits, extra },
      ...{ workdays: WORKDAYS, layout: { windowDays: 10, phase: this.phase } },
    })
    const stamp = { color, edition: by[color].edition }
    for (const { visit, wanted } of plan.revive)
      Object.assign(visit, stamp, { state: VisitState.PLANNED, plannedFrom: wanted.plannedFrom, plannedTo: wanted.plannedTo })
    for (const { visit } of plan.cancel) visit.state = VisitState.CANCELLED
    for (const { visit } of plan.adopt) Object.assign(visit, stamp)
    for (const { cause: _cause, ...one } of plan.add) this.visits.push({ ...one, ...stamp, state: VisitState.PLANNED, byHand: false })
    this.#color = color
    return plan
  }
  open = (day: Day) => this.visits.filter(({ state, plannedTo }) => state === VisitState.PLANNED && plannedTo >= day)
  live = () => this.visits.filter(({ state }) => state !== VisitState.CANCELLED)
}
const NOTHING = { add: [], revive: [], cancel: [], adopt: [] }

test('a year’s visits are as many as the rules say, one in each part of the year, on working days', () => {
  for (const [color, times] of [
    [RED, 12],
    [ORANGE, 4],
    [YELLOW, 2],
    [BLUE, 1],
  ] as const) {
    const life = new Life()
    life.run('2026-01-01', color, GUIDANCE)
    expect(life.visits.map(({ slot }) => slot)).toEqual(slotsOf(YEAR, times).map(({ name }) => name))
    for (const { slot, plannedFrom, plannedTo } of life.visits) {
      const period = periodOf(YEAR, slot)!
      expect(plannedFrom >= period.from && plannedTo <= period.to && plannedFrom <= plannedTo).toBe(true)
      expect(WORKDAYS).toContain(plannedFrom)
      expect(WORKDAYS).toContain(plannedTo)
    }
  }
})

test('the enterprises of a station are spread over the weeks: no week has twice its share', () => {
  const weeks = new Map<string, number>()
  for (let i = 0; i < 400; i++) {
    const life = new Life((2 * i + 1) * (1000 / 800))
    life.run('2026-01-01', ORANGE, GUIDANCE)
    for (const { plannedFrom } of life.visits) {
      const week = addDays(plannedFrom, -((new Date(plannedFrom).getUTCDay() + 6) % 7))
      weeks.set(week, (weeks.get(week) ?? 0) + 1)
    }
  }
  const share = 1600 / 44
  expect(Math.max(...weeks.values())).toBeLessThan(2 * share)
})

test('a rise from yellow to red adds visits and says why; what was planned stays', () => {
  const life = new Life()
  life.run('2026-01-01', YELLOW, GUIDANCE)
  const planned = [...life.visits]
  const { add, cancel } = life.run('2026-05-11', RED, GUIDANCE)
  expect(cancel).toEqual([])
  expect(add.every(({ cause }) => cause === '升级：黄→红，加查（每年 12 次）')).toBe(true)
  expect(life.visits).toEqual(expect.arrayContaining(planned))
  // May to December, less what the one in the second half of the year covers.
  expect(life.open('2026-05-11')).toHaveLength(8)
})

test('a fall takes back what is too much from the next part of the year on, and says why', () => {
  const life = new Life()
  life.run('2026-01-01', RED, GUIDANCE)
  const { cancel, add } = life.run('2026-05-04', YELLOW, GUIDANCE)
  expect(add).toEqual([])
  expect(cancel.every(({ visit, cause }) => visit.plannedFrom >= '2026-06-01' && cause === '降级：红→黄，下一周期起每年 2 次')).toBe(true)
  const left = life.open('2026-05-04').map(({ plannedTo }) => plannedTo.slice(0, 7))
  expect(left).toContain('2026-05')
  expect(left.filter((month) => month >= '2026-07')).toHaveLength(1)
})

test('an enterprise that nobody has rated is planned as the rules say, in so many words', () => {
  const life = new Life()
  expect(life.run('2026-01-01', YELLOW, GUIDANCE, { unrated: true }).add[0]?.cause).toBe('计划：未评级企业（按黄色），每年 2 次')
})

test('new rules change only what lies ahead of the day they begin', () => {
  const life = new Life()
  life.run('2026-01-01', ORANGE, GUIDANCE)
  const { add } = life.run('2026-07-01', ORANGE, rules(2, [12, 6, 2, 1]))
  expect(add.length).toBeGreaterThan(0)
  expect(add.every(({ cause, plannedFrom }) => cause === '规则第 2 版：橙色企业，每年 6 次' && plannedFrom >= '2026-07-01')).toBe(true)
})

test('an enterprise that closes is visited no more; one that begins in autumn owes nothing for the spring', () => {
  const life = new Life()
  life.run('2026-01-01', ORANGE, GUIDANCE)
  expect(life.run('2026-03-02', ORANGE, GUIDANCE, { closed: true }).cancel.every(({ cause }) => cause === '企业已停业或迁出')).toBe(true)
  expect(life.open('2026-03-02')).toEqual([])
  const late = new Life(500, '2026-09-01')
  late.run('2026-09-01', ORANGE, GUIDANCE)
  expect(late.visits.map(({ slot }) => slot)).toEqual(['3/4', '4/4'])
})

test('what a person took back, the plan does not bring again; what the plan took back, it does', () => {
  const life = new Life()
  life.run('2026-01-01', ORANGE, GUIDANCE)
  Object.assign(life.visits[2]!, { state: VisitState.CANCELLED, byHand: true })
  expect(life.run('2026-01-02', ORANGE, GUIDANCE)).toEqual(NOTHING)
  life.run('2026-01-05', BLUE, GUIDANCE)
  expect(life.run('2026-01-06', ORANGE, GUIDANCE).revive.length).toBeGreaterThan(0)
})

describe.each([
  ['guidance', GUIDANCE],
  ['enforcement with its cap', ENFORCEMENT],
  ['parts of the year that do not fit into each other', rules(1, [7, 5, 3, 2], [7, 5, 3, 2])],
])('a year of changing colours, %s', (name, by) => {
  const walks = Array.from({ length: 250 }, (_, i) => i)
  test.each(['the past never changes', 'a rise takes nothing back', 'again, it changes nothing', 'planned and done never pass the cap', 'the same twice'])(
    '%s',
    (law) => {
      for (const walk of walks) {
        const random = new Random(`${name} ${walk}`)
        const life = new Life(random.whole(0, 999))
        const twin = new Life(life.phase)
        let color = COLORS[random.whole(0, 3)]!
        for (let day = '2026-01-01'; day <= '2026-12-31'; day = addDays(day, random.whole(1, 40))) {
          const was = color
          if (random.percent(60)) color = COLORS[random.whole(0, 3)]!
          const past = JSON.stringify(
            life.visits.filter(({ plannedTo, state }) => plannedTo < day || state !== VisitState.PLANNED).filter(({ state }) => state !== VisitState.CANCELLED),
          )
          const before = life.open(day)
          const plan = life.run(day, color, by)
          twin.run(day, color, by)
          if (law === 'the past never changes')
            expect(JSON.stringify(life.visits.filter((one) => !life.open(day).includes(one) && one.state !== VisitState.CANCELLED))).toBe(past)
          if (law === 'a rise takes nothing back' && isWorse(color, was)) {
            expect(plan.cancel).toEqual([])
            expect(life.open(day)).toEqual(expect.arrayContaining(before))
          }
          if (law === 'again, it changes nothing') {
            expect(life.run(day, color, by)).toEqual(NOTHING)
            if (random.percent(50)) expect(life.run(addDays(day, 0), color, by)).toEqual(NOTHING)
          }
          const { max } = by[color]
          if (law === 'planned and done never pass the cap' && max !== undefined) {
            const spent = life.visits.filter(({ state, plannedTo }) => state === VisitState.DONE || (state === VisitState.PLANNED && plannedTo < day)).length
            expect(life.open(day).length).toBeLessThanOrEqual(Math.max(0, max - spent))
          }
          if (law === 'the same twice') expect(twin.visits).toEqual(life.visits)
          // Most are made in their days, some are missed.
          for (const [i, visit] of life.visits.entries())
            if (visit.state === VisitState.PLANNED && visit.plannedFrom <= day) {
              const state = visit.plannedTo < addDays(day, -15) ? VisitState.MISSED : random.percent(60) ? VisitState.DONE : VisitState.PLANNED
              visit.state = state
              if (twin.visits[i]) twin.visits[i].state = state
            }
        }
      }
    },
  )
})
