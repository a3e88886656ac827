import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardSeverity, HazardStage } from '../hazard/terms.js'
import { aHazard } from '../hazard/sample.js'
import { act } from '../shared/act.js'
import { addDays, dayOf } from '../shared/days.js'
import type { Scope } from '../shared/scope.js'
import { figuresBy } from '../statistics/figures.js'
import { alter } from '../testing/live.js'
import { removeStores } from '../testing/store.js'
import { yellowPoint } from '../testing/riskPoints.js'
import { openTown, type Town } from '../testing/town.js'
import { BoardFeed } from './feed.js'
import type { Board, BoardGroup } from './snapshot.js'

const TODAY = '2026-03-15'
const now = new Date(`${TODAY}T10:00:00+08:00`)
const SCOPES: Record<string, Scope> = {
  county: { division: '350524' },
  town: { division: '350524106' },
  village: { division: '350524106202' },
  station: { division: '350524106', station: 'INDUSTRY_STATION' },
}

let town: Town
beforeAll(async () => {
  town = await openTown()
  await yellowPoint(town, 'tea')
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

/** Everything a board counts of one hazard, over two towns, around today. */
const day = (min: number, max: number) => fc.integer({ min, max }).map((ago) => addDays(TODAY, -ago))
const facts = fc.record({
  stage: fc.constantFrom(...Object.values(HazardStage)),
  severity: fc.constantFrom(...Object.values(HazardSeverity)),
  place: fc.constantFrom<[string, string]>(['350524106201', 'tea'], ['350524106202', 'inn'], ['350524107201', 'far']),
  station: fc.constantFrom('INDUSTRY_STATION', 'MARKET_STATION', undefined),
  foundOn: day(0, 40),
  dueOn: fc.option(day(-5, 20), { nil: undefined }),
  closedOn: day(0, 35),
  closedAtNight: fc.boolean(),
})
type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never

function described({ stage, severity, place: [division, key], station, foundOn, dueOn, closedOn, closedAtNight }: Facts) {
  // 00:30 in Shanghai is still the day before in UTC.
  const closedAt = stage === HazardStage.CLOSED ? new Date(`${closedOn}T${closedAtNight ? '00:30' : '17:00'}:00+08:00`).toISOString() : undefined
  return { stage, severity, division, key, station, foundOn, dueOn, closedAt }
}
let numbers = 0
async function enter(store: Town['store'], list: Facts[]): Promise<string[]> {
  const ids: string[] = []
  await act({ em: store.em({ division: '35' }), actor: undefined, now, request: 'test' }, 'test', async ({ em }) => {
    for (const one of list) {
      const { key, ...rest } = described(one)
      const hazard = aHazard({
        ...rest,
        number: `T-${++numbers}`,
        enterprise: ref(await em.findOneOrFail(Enterprise, { id: town.enterprises[key]! })),
        registeredAt: `${rest.foundOn}T01:00:00.000Z`,
      } as Partial<Hazard>)
      em.persist(hazard)
      ids.push(hazard.id)
    }
  })
  return ids
}
async function change(store: Town['store'], id: string, to: Facts): Promise<void> {
  const { key: _key, ...rest } = described(to)
  await act(
    { em: store.em({ division: '35' }), actor: undefined, now, request: 'test' },
    'test',
    async ({ em }) => void Object.assign(await em.findOneOrFail(Hazard, { id }), rest),
  )
}

/** The same figures, counted the long way from all rows. */
async function oracle(scope: Scope) {
  const all = await town.store.reader.all(
    'select division, station, stage, severity, found_on as "foundOn", due_on as "dueOn", closed_at as "closedAt" from hazard',
  )
  const rows = (all as unknown as Hazard[]).filter((row) => row.division.startsWith(scope.division) && (!scope.station || row.station === scope.station))
  const counted = rows.filter(({ stage }) => !['DRAFT', 'VOID', 'TRANSFERRED'].includes(stage))
  const open = counted.filter(({ stage }) => stage !== 'CLOSED')
  const closed = counted.filter(({ stage }) => stage === 'CLOSED')
  const rate = (num: number, den: number) => (den ? Math.round((num / den) * 1000 + 1e-9) / 10 : null)
  const onTime = (of: Hazard[]) => {
    const run = of.filter(({ dueOn }) => !!dueOn && dueOn < TODAY)
    return rate(run.filter(({ stage, closedAt, dueOn }) => stage === 'CLOSED' && dayOf(closedAt!) <= dueOn!).length, run.length)
  }
  const overdue = (of: Hazard[]) => of.filter(({ dueOn }) => !!dueOn && dueOn < TODAY)
  const group = (of: Hazard[]) => {
    const here = of.filter(({ stage }) => stage !== 'CLOSED')
    return {
      found: of.length,
      closed: of.length - here.length,
      open: here.length,
      overdue: overdue(here).length,
      majorOpen: here.filter((one) => one.severity === 'MAJOR').length,
      onTimeRate: onTime(of),
    }
  }
  return {
    ...{
      total: counted.length,
      closed: closed.length,
      open: open.length,
      overdue: overdue(open).length,
      transferred: rows.filter(({ stage }) => stage === 'TRANSFERRED').length,
    },
    ...{
      majorOpen: open.filter((one) => one.severity === 'MAJOR').length,
      onTimeRate: onTime(counted),
      rectificationRate: rate(closed.length, counted.length),
    },
    ...{
      closedToday: closed.filter(({ closedAt }) => dayOf(closedAt!) === TODAY).length,
      foundToday: counted.filter(({ foundOn }) => foundOn === TODAY).length,
    },
    closedThisMonth: closed.filter(({ closedAt }) => dayOf(closedAt!).startsWith('2026-03')).length,
    funnel: Object.fromEntries(Object.values(HazardStage).map((stage) => [stage, rows.filter((row) => row.stage === stage).length])),
    divisions: (code: string) => group(counted.filter(({ division }) => division.startsWith(code))),
    stations: (code: string) => group(counted.filter(({ station }) => (station ?? '') === code)),
    majors: overdue(open).filter((one) => one.severity === 'MAJOR').length,
    byDay: (on: string) => ({
      day: on,
      found: counted.filter(({ foundOn }) => foundOn === on).length,
      closed: closed.filter(({ closedAt }) => dayOf(closedAt!) === on).length,
    }),
  }
}

async function compare(board: Board, scope: Scope): Promise<void> {
  const { funnel, divisions, stations, majors, byDay, ...figures } = await oracle(scope)
  expect(board).toMatchObject(figures)
  for (const { stage, count } of board.funnel) expect([stage, count]).toEqual([stage, funnel[stage]])
  const figuresOf = ({ found, closed, open, overdue, majorOpen, onTimeRate }: BoardGroup) => ({ found, closed, open, overdue, majorOpen, onTimeRate })
  for (const row of board.villages) expect({ [row.name]: figuresOf(row) }).toEqual({ [row.name]: divisions(row.code) })
  for (const row of board.stations) expect({ [row.name]: figuresOf(row) }).toEqual({ [row.name]: stations(row.code) })
  expect(board.villages.reduce((sum, { found }) => sum + found, 0)).toBe(figures.total)
  expect(board.stations.reduce((sum, { found }) => sum + found, 0)).toBe(figures.total)
  expect(board.overdueMajors).toHaveLength(Math.min(majors, 8))
  expect(board.byDay).toEqual(board.byDay.map(({ day: on }) => byDay(on)))
}

test('double control is covered with the first closure, and no more when that is taken back', async () => {
  const feeds = Object.values(SCOPES).map((scope) => ({ scope, feed: new BoardFeed(town.store.reader, scope, () => now) }))
  const rates = async () => {
    const kept = await Promise.all(feeds.map(({ feed }) => feed.current()))
    const fresh = await Promise.all(feeds.map(({ scope }) => new BoardFeed(town.store.reader, scope, () => now).current()))
    expect(kept.map(({ colors }) => colors)).toEqual(fresh.map(({ colors }) => colors))
    return kept.map(({ colors }) => colors.coverageRate)
  }
  const put = (stage: HazardStage, closedAt: string | null) => alter(town.store, town.hazards['tea']!, { stage, closedAt } as never, now)
  const uncovered = await rates()
  await put(HazardStage.CLOSED, now.toISOString())
  const covered = await rates()
  expect(covered.filter((rate, n) => rate! > uncovered[n]!).length).toBeGreaterThanOrEqual(2)
  await put(HazardStage.PENDING_REVIEW, null)
  expect(await rates()).toEqual(uncovered)
})

test('an enterprise that is new, or moves to another village, moves the colours of every board that shows or showed it', async () => {
  const scopes = [{ division: '350524' }, { division: '350524106201' }, { division: '350524106202' }]
  const feeds = scopes.map((scope) => ({ scope, feed: new BoardFeed(town.store.reader, scope, () => now) }))
  const compared = async () => {
    for (const { scope, feed } of feeds)
      expect((await feed.current()).colors).toEqual((await new BoardFeed(town.store.reader, scope, () => now).current()).colors)
  }
  const doing = <T>(work: (em: SqlEntityManager) => Promise<T>) =>
    act({ em: town.store.em({ division: '35' }), actor: undefined, now, request: 'test' }, 'test', ({ em }) => work(em))
  await compared()
  const id = await doing((em) => {
    const facts = { name: '新来的厂', division: '350524106201', noUsccReason: '个体', enteredOn: '2026-03-15', createdAt: now.toISOString() }
    const firm = Object.assign(new Enterprise(), facts)
    em.persist(firm)
    return Promise.resolve(firm.id)
  })
  await compared()
  await doing(async (em) => void ((await em.findOneOrFail(Enterprise, { id })).division = '350524106202'))
  await compared()
})

test('after any history a board that was kept up to date, a fresh one and the long way agree, in every scope', async () => {
  const feeds = Object.entries(SCOPES).map(([name, scope]) => ({ name, scope, feed: new BoardFeed(town.store.reader, scope, () => now) }))
  const history = fc.record({
    first: fc.array(facts, { maxLength: 12 }),
    then: fc.array(fc.tuple(fc.nat(), facts), { maxLength: 8 }),
    late: fc.array(facts, { maxLength: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(history, async ({ first, then, late }) => {
      for (const { feed } of feeds) await feed.current()
      const ids = await enter(town.store, first)
      for (const { feed } of feeds.slice(0, 2)) await feed.current()
      for (const [which, to] of then) if (ids.length) await change(town.store, ids[which % ids.length]!, to)
      await enter(town.store, late)
      for (const { scope, feed } of feeds) {
        const kept = await feed.current()
        const fresh = await new BoardFeed(town.store.reader, scope, () => now).current()
        const { seq: _seq, changedAt: _changed, ...figures } = kept
        expect(fresh).toMatchObject(figures)
        await compare(kept, scope)
      }
    }),
    { numRuns: 40 },
  )
}, 120_000)

test('a board and the statistics page show the same figures', async () => {
  await enter(town.store, fc.sample(facts, { numRuns: 40, seed: 7 }))
  for (const scope of Object.values(SCOPES)) {
    const board = await new BoardFeed(town.store.reader, scope, () => now).current()
    const [total] = await figuresBy(town.store.reader, scope, 'TOTAL', TODAY)
    expect(board).toMatchObject({
      total: total!.found,
      closed: total!.closed,
      open: total!.open,
      overdue: total!.overdue,
      onTimeRate: total!.onTimeRate,
      rectificationRate: total!.rectificationRate,
      majorOpen: total!.majorOpen,
    })
    const stations = await figuresBy(town.store.reader, scope, 'STATION', TODAY)
    for (const { key, found, onTimeRate, overdue } of stations.filter((one) => one.found))
      expect(board.stations.find(({ code }) => code === key)).toMatchObject({ found, onTimeRate, overdue })
  }
})

test('a county sees its towns, a town its villages, a station itself; who had nothing due has no rate and no place', async () => {
  const of = async (scope: Scope) => new BoardFeed(town.store.reader, scope, () => now).current()
  const [county, ofTown, station] = [await of(SCOPES['county']!), await of(SCOPES['town']!), await of(SCOPES['station']!)]
  expect(county.villages.map(({ name }) => name).sort()).toEqual(['金谷镇', '龙门镇'].sort())
  expect(ofTown.villages.map(({ name }) => name).sort()).toEqual(['金东村', '金谷村'].sort())
  expect(station).toMatchObject({ territory: '金谷镇', station: '经济发展办公室' })
  expect(station.stations).toHaveLength(1)
  const empty = await of({ division: '350524108' })
  expect(empty).toMatchObject({ total: 0, onTimeRate: null, rectificationRate: null, villages: [], overdueMajors: [], latestClosures: [] })
  expect(empty.stations.every(({ rank, onTimeRate }) => rank === null && onTimeRate === null)).toBe(true)
  // Hazards of no station stand last, outside the league.
  const rates = ofTown.stations.filter(({ code }) => code).map(({ onTimeRate }) => onTimeRate ?? -1)
  expect(rates).toEqual([...rates].sort((a, b) => b - a))
})
