import { ref } from '@mikro-orm/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { actsOf, HazardAct } from '../hazard/acts.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardQueue } from '../hazard/queues.js'
import { isOverdue } from '../hazard/hazardFacts.js'
import { HazardFactor, HazardSeverity, HazardSource, HazardStage, isOpen, ManageType } from '../hazard/terms.js'
import { Person } from '../person/person.entity.js'
import { act } from '../shared/act.js'
import { addDays, dayOf, daysBetween } from '../shared/days.js'
import { openTown, type Town } from '../testing/town.js'
import { removeStores } from '../testing/store.js'
import { percent } from './rate.js'

const TODAY = '2026-03-02'
let town: Town
const made: Hazard[] = []

/** A small generator of its own, so that the same hazards come on both engines. */
function dice(seed: number) {
  let state = seed
  const next = (n: number) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % n
  return { next, of: <T>(list: readonly T[]): T => list[next(list.length)]! }
}

beforeAll(async () => {
  town = await openTown()
  const { next, of } = dice(7)
  await act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'figures' }, 'settle', async ({ em }) => {
    const enterprises = await em.find(Enterprise, { division: { $like: '350524106%' } })
    const people = await em.find(Person, {})
    for (let i = 0; i < 300; i++) {
      const enterprise = of(enterprises)
      const foundOn = addDays(TODAY, -next(90))
      const stage = of(Object.values(HazardStage))
      const dueOn = stage === HazardStage.DRAFT || stage === HazardStage.REGISTERED ? undefined : addDays(foundOn, next(20))
      const closedOn = addDays(foundOn, next(Math.min(30, daysBetween(foundOn, TODAY) + 1)))
      const fixer = of(people).id
      const hazard = Object.assign(new Hazard(), {
        ...{
          number: `T-${i}`,
          enterprise: ref(enterprise),
          division: enterprise.division,
          stage,
          foundOn,
          description: `第${i}条`,
          place: '车间',
          workshop: of(['一车间', '二车间']),
        },
        ...{
          severity: next(4) ? HazardSeverity.GENERAL : HazardSeverity.MAJOR,
          factor: HazardFactor.OBJECT,
          source: of(Object.values(HazardSource)),
          manageType: ManageType.DEADLINE,
        },
        ...{
          foundByRole: of(['TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'POST']),
          returns: next(3) ? 0 : 1,
          createdAt: `${foundOn}T01:00:00.000Z`,
          registeredAt: `${foundOn}T01:00:00.000Z`,
        },
        // A closing at 16:30 UTC is the next day in Shanghai: a deadline may be missed by it.
        ...(stage === HazardStage.CLOSED ? { closedAt: `${closedOn}T${of(['02:00', '15:59', '16:30'])}:00.000Z` } : {}),
        ...(dueOn ? { dueOn, originalDueOn: next(5) ? dueOn : addDays(dueOn, -2) } : {}),
        ...(enterprise.station && next(8) ? { station: enterprise.station } : {}),
        ...(next(2) ? { rectifier: fixer, fixers: fixer } : {}),
        ...(next(3) ? {} : { fixingsAt: `${foundOn}T02:00:00.000Z`, ...(next(2) ? { fixingsApprovedBy: of(people).id } : {}) }),
        ...(next(6) ? {} : { listedAt: `${foundOn}T02:00:00.000Z` }),
      })
      em.persist(hazard)
      made.push(hazard)
    }
  })
  made.push(...(await town.store.em({ division: '' }).find(Hazard, { number: { $like: 'YH-%' }, division: { $like: '350524106%' } })))
}, 60_000)
afterAll(async () => {
  await town.close()
  await removeStores()
})

const FIGURES =
  'key found closed open overdue transferred majorFound majorClosed majorOpen rectificationRate onTimeRate firstDeadlineRate firstPassRate majorCloseRate averageDays medianDays'

/** The same figures, computed row by row as domain.md §8 words them. */
function oracle(rows: Hazard[]) {
  const { CLOSED, DRAFT, VOID, TRANSFERRED } = HazardStage
  const counted = rows.filter((h) => ![DRAFT, VOID, TRANSFERRED].includes(h.stage))
  const closed = counted.filter((h) => h.stage === CLOSED)
  const open = counted.filter((h) => isOpen(h.stage))
  const major = (list: Hazard[]) => list.filter((h) => h.severity === HazardSeverity.MAJOR)
  const due = (field: 'dueOn' | 'originalDueOn') => counted.filter((h) => h[field] && h[field] < TODAY)
  const onTime = (field: 'dueOn' | 'originalDueOn') => due(field).filter((h) => h.stage === CLOSED && dayOf(h.closedAt!) <= h[field]!)
  const days = closed.map((h) => (Date.parse(h.closedAt!) - Date.parse(h.registeredAt!)) / 86_400_000).sort((a, b) => a - b)
  const mid = days.length >> 1
  const median = days.length ? (days.length % 2 ? days[mid]! : (days[mid - 1]! + days[mid]!) / 2) : null
  return {
    ...{
      found: counted.length,
      closed: closed.length,
      open: open.length,
      overdue: open.filter((h) => isOverdue(h, TODAY)).length,
      transferred: rows.filter((h) => h.stage === TRANSFERRED).length,
    },
    ...{ majorFound: major(counted).length, majorClosed: major(closed).length, majorOpen: major(open).length },
    ...{
      rectificationRate: percent(closed.length, counted.length),
      onTimeRate: percent(onTime('dueOn').length, due('dueOn').length),
      firstDeadlineRate: percent(onTime('originalDueOn').length, due('originalDueOn').length),
    },
    ...{
      firstPassRate: percent(closed.filter((h) => h.returns === 0).length, closed.length),
      majorCloseRate: percent(major(closed).length, major(counted).length),
    },
    averageDays: days.length ? days.reduce((a, b) => a + b, 0) / days.length : null,
    medianDays: median,
  }
}

const KEYS: Record<string, (hazard: Hazard) => string> = {
  VILLAGE: (h) => h.division,
  STATION: (h) => h.station ?? '',
  MONTH: (h) => h.foundOn.slice(0, 7),
  TOWN: (h) => h.division.slice(0, 9),
}

test.each(Object.keys(KEYS))('figures by %s are those of a row-by-row count, and the parts sum to the total', async (by) => {
  const { hazardStatistics } = await town.get<{
    hazardStatistics: { total: Record<string, number>; groups: ({ key: string } & Record<string, number | null>)[] }
  }>('town', `{ hazardStatistics(by: ${by}) { total { ${FIGURES} } groups { ${FIGURES} } } }`)
  for (const group of hazardStatistics.groups) {
    const wanted = oracle(made.filter((hazard) => KEYS[by]!(hazard) === group.key))
    const { key: _key, averageDays, medianDays, ...rest } = group
    const { averageDays: average, medianDays: median, ...exact } = wanted
    expect(rest).toEqual(exact)
    for (const [is, should] of [
      [averageDays, average],
      [medianDays, median],
    ] as const) {
      if (should === null) expect(is).toBeNull()
      else expect(Math.abs(is! - should)).toBeLessThanOrEqual(0.051)
    }
  }
  for (const figure of ['found', 'closed', 'open', 'overdue', 'majorFound'] as const)
    expect(hazardStatistics.groups.reduce((sum, group) => sum + group[figure]!, 0)).toBe(hazardStatistics.total[figure])
})

test('a zero denominator is null, never 100 %', async () => {
  const { hazardStatistics } = await town.get<{ hazardStatistics: { total: Record<string, unknown> } }>(
    'town',
    `{ hazardStatistics(by: TOTAL, where: { number: { eq: "none" } }) { total { ${FIGURES} } } }`,
  )
  expect(hazardStatistics.total).toMatchObject({ found: 0, rectificationRate: null, onTimeRate: null, majorCloseRate: null, averageDays: null })
  expect(percent(1, 3)).toBe(33.3)
  expect(percent(1, 8)).toBe(12.5)
  expect(percent(5, 2000)).toBe(0.3) // half up
})

test('the figures of another town are nobody’s here', async () => {
  const { hazardStatistics } = await town.get<{ hazardStatistics: { groups: { key: string }[] } }>(
    'town',
    '{ hazardStatistics(by: VILLAGE) { groups { key found } } }',
  )
  expect(hazardStatistics.groups.every((group) => group.key.startsWith('350524106'))).toBe(true)
})

const OFFERED: [HazardQueue, HazardAct][] = [
  [HazardQueue.TO_REGISTER, HazardAct.REGISTER],
  [HazardQueue.TO_NOTIFY, HazardAct.NOTIFY],
  [HazardQueue.TO_APPROVE_PLAN, HazardAct.APPROVE_PLAN],
  [HazardQueue.TO_ACCEPT, HazardAct.ACCEPT],
]
const WHO = ['town', 'industry', 'market', 'village', 'ent.tea', 'workshop.tea', 'county']

test.each(WHO)('what waits for %s is exactly what he is offered to do', async (who) => {
  const person = (await town.store.em({ division: '' }).findOneOrFail(Person, { username: who })).asActor()
  const rows = await town.store.em(person.scope).find(Hazard, {})
  for (const [queue, offered] of OFFERED) {
    const { hazards } = await town.get<{ hazards: { nodes: { id: string; acts: HazardAct[] }[] } }>(
      who,
      `{ hazards(queue: ${queue}, first: 500) { nodes { id acts } } }`,
    )
    const wanted = rows.filter((hazard) => actsOf(person, hazard).includes(offered)).map((hazard) => hazard.id)
    expect(hazards.nodes.map((one) => one.id).sort()).toEqual(wanted.sort())
    for (const one of hazards.nodes) expect(one.acts).toContain(offered)
  }
  const { hazards } = await town.get<{ hazards: { nodes: { id: string; acts: HazardAct[] }[] } }>(
    who,
    '{ hazards(queue: TO_REVIEW, first: 500) { nodes { id acts } } }',
  )
  // A major hazard without approved fixings waits for its reviewer too: he returns it.
  for (const one of hazards.nodes) expect(one.acts.includes(HazardAct.CLOSE) || one.acts.includes(HazardAct.RETURN)).toBe(true)
  const reviewable = rows.filter((hazard) => actsOf(person, hazard).includes(HazardAct.CLOSE)).map((hazard) => hazard.id)
  expect(hazards.nodes.map((one) => one.id)).toEqual(expect.arrayContaining(reviewable))
})
