import { ref } from '@mikro-orm/core'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { allEvidence } from '../campaign/evidence.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { aHazard } from '../hazard/sample.js'
import { HazardSeverity, HazardStage } from '../hazard/terms.js'
import { RiskColor } from '../risk/terms.js'
import { setTimeout as pause } from 'node:timers/promises'
import { act } from '../shared/act.js'
import { addDays, dayOf, type Instant, instant } from '../shared/days.js'
import { columnOf } from '../shared/read/column.js'
import { readKnown } from '../shared/read/known.js'
import type { Reading } from '../shared/read/reading.js'
import { readOnce, sourceSql } from '../shared/read/source.js'
import { raw, sql } from '../shared/read/sql.js'
import type { Scope } from '../shared/scope.js'
import { Campaigns } from '../testing/campaigns.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { wallsOf } from '../testing/walls.js'
import { COUNTED } from './countedRow.js'
import { BoardFeed } from './feed.js'
import { historyOf } from './history.js'
import { Lately } from './lately.js'
import type { Board } from './snapshot.js'

const SCOPES: Scope[] = [
  { division: '350524' },
  { division: '350524106' },
  { division: '350524106201' },
  { division: '350524106', station: 'INDUSTRY_STATION' },
]
let town: Town
beforeAll(async () => {
  town = await openTown()
  const campaigns = new Campaigns(town)
  const campaign = await campaigns.create()
  const phase = await campaigns.phase(campaign.id, 1, '全面推进', '2026-10-31')
  for (const { kind, subject } of allEvidence()) await campaigns.task(phase, kind, { title: kind, subject, dueOn: '2026-10-31' })
  await campaigns.start(campaign)
})
afterEach(() => vi.restoreAllMocks())
afterAll(async () => {
  await town.close()
  await removeStores()
})

const HOUR_MS = 3_600_000
const on = (hours: number) => void (town.clock.now = new Date(town.clock.now.getTime() + hours * HOUR_MS))
const doing = <T>(work: Parameters<typeof act<T>>[2]) =>
  act({ em: town.store.em({ division: '35' }), actor: undefined, now: town.clock.now, request: 'test' }, 'test', work)

const moment = fc.record({
  stage: fc.constantFrom(...Object.values(HazardStage)),
  severity: fc.constantFrom(...Object.values(HazardSeverity)),
  firm: fc.constantFrom('tea', 'inn', 'far'),
  foundAgo: fc.nat({ max: 40 }),
  dueIn: fc.option(fc.integer({ min: -10, max: 10 }), { nil: undefined }),
  which: fc.nat(),
  what: fc.constantFrom('enter', 'enter', 'change', 'change', 'remove', 'move', 'color'),
  /** Says of itself that it began before it was entered, as what is taken over from paper may. */
  older: fc.boolean(),
  color: fc.constantFrom(...Object.values(RiskColor)),
  village: fc.constantFrom('350524106201', '350524106202', '350524107201'),
  hours: fc.integer({ min: 1, max: 60 }),
})
type Moment = typeof moment extends fc.Arbitrary<infer T> ? T : never
const ids: string[] = []
let numbers = 0

const facts = ({ stage, severity, foundAgo, dueIn }: Moment) => {
  const today = dayOf(town.clock.now)
  return {
    ...{ stage, severity, foundOn: addDays(today, -foundAgo), dueOn: dueIn === undefined ? undefined : addDays(today, dueIn) },
    closedAt: stage === HazardStage.CLOSED ? instant(town.clock.now) : undefined,
  }
}
async function happens(one: Moment): Promise<void> {
  if (one.what === 'color') return wallsOf(() => town).colored(one.firm, one.color)
  await doing(async ({ em }) => {
    const firm = await em.findOneOrFail(Enterprise, { id: town.enterprises[one.firm]! })
    if (one.what === 'move') firm.division = one.village
    else if (one.what === 'enter' || !ids.length) {
      const place = { division: firm.division, ...(firm.station ? { station: firm.station } : {}) }
      const made = aHazard({
        ...facts(one),
        ...place,
        number: `T-${++numbers}`,
        enterprise: ref(firm),
        registeredAt: instant(town.clock.now),
        createdAt: one.older ? '2026-01-05T01:00:00.000Z' : instant(town.clock.now),
      } as Partial<Hazard>)
      em.persist(made)
      ids.push(made.id)
    } else {
      const [id] = one.what === 'remove' ? ids.splice(one.which % ids.length, 1) : [ids[one.which % ids.length]!]
      const hazard = await em.findOneOrFail(Hazard, { id: id! })
      if (one.what === 'remove') em.remove(hazard)
      else Object.assign(hazard, facts(one))
    }
  })
}

/** What stands on a board, without its place in the log. */
const shown = ({ seq: _seq, asOf: _asOf, changedAt: _changedAt, ...figures }: Board) => figures
const now = (scope: Scope) => new BoardFeed(town.store.reader, scope, () => town.clock.now).current()
const then = (scope: Scope, at: Instant) => historyOf(town.store.reader).at(scope, at, town.clock.now)

test('whatever has happened since, each past instant shows in every scope what its board showed then', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(moment, { minLength: 3, maxLength: 9 }), async (moments) => {
      const were: { at: Instant; boards: Board[] }[] = []
      for (const one of moments) {
        on(one.hours)
        await happens(one)
        were.push({ at: instant(town.clock.now), boards: await Promise.all(SCOPES.map(now)) })
      }
      on(48)
      for (const { at, boards } of were)
        for (const [n, scope] of SCOPES.entries()) expect(shown(await then(scope, at)), JSON.stringify([scope, at])).toEqual(shown(boards[n]!))
    }),
    { numRuns: 12 },
  )
}, 240_000)

/** All hazards as they stood, to the reading that knows what has changed of them or to one that does not. */
const CARRIED = [...COUNTED.map((name) => columnOf({ name, kind: 'text' })), 'number', 'enterprise_id', 'version']
async function hazardsThen(reading: Reading) {
  const columns = raw(CARRIED.map((name) => `t.${name}`).join(', '))
  const asked = readOnce(reading, (at) => sql`select t.id, ${columns} from ${sourceSql(Hazard, at)} t order by t.id`)
  return town.store.reader.all(asked.sql, asked.params)
}
const ago = (hours: number): Reading => {
  const asOf = instant(new Date(town.clock.now.getTime() - hours * HOUR_MS))
  return { engine: town.store.engine, scope: SCOPES[0]!, today: dayOf(asOf), asOf }
}

test('what is kept of the changes of hazards says of every instant what the log says, whatever has come since and in whichever order it is asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(moment, fc.nat({ max: 400 })), { minLength: 4, maxLength: 10 }), async (moments) => {
      const { reader } = town.store
      const lately = [new Lately(reader, CARRIED), new Lately(reader, CARRIED, { entries: 8, hazards: 3 })]
      for (const [one, back] of moments) {
        on(one.hours)
        await happens(one)
        const readings = [0, back, one.hours].map(ago)
        const were = await Promise.all(readings.map(hazardsThen))
        for (const kept of lately) {
          const known = await Promise.all(readings.map((reading) => kept.known(reading)))
          for (const [n, one] of known.entries()) expect(await hazardsThen(one), one.asOf!).toEqual(were[n])
        }
      }
    }),
    { numRuns: 15 },
  )
}, 240_000)

test('a log that came back without its last entries is read anew; more than may be kept is left to the store to find', async () => {
  const { reader } = town.store
  const reading = ago(500)
  const were = await hazardsThen(reading)
  const lately = new Lately(reader, CARRIED)
  const streamed = vi.spyOn(reader, 'stream')
  for (const times of [1, 1]) {
    expect(await hazardsThen(await lately.known(reading))).toEqual(were)
    expect(streamed).toHaveBeenCalledTimes(times)
  }
  const all = reader.all.bind(reader)
  vi.spyOn(reader, 'all').mockImplementationOnce(async (...asked) => (await all(...asked)).map((row) => ({ ...row, known: 'another' })))
  expect(await hazardsThen(await lately.known(reading))).toEqual(were)
  expect(streamed).toHaveBeenCalledTimes(2)
  const asked = vi.spyOn(reader, 'all')
  const few = new Lately(reader, CARRIED, { entries: 1, hazards: 1 })
  for (const times of [3, 3]) {
    expect(await hazardsThen(await few.known(reading))).toEqual(were)
    expect(streamed).toHaveBeenCalledTimes(times) // that it is too far is found out once
  }
  expect(asked.mock.calls.filter(([text]) => text.includes('as few'))).toHaveLength(2)
})

test('a past that fails while other things are read fails alone: the next is answered, and nobody else is any the worse', async () => {
  const at = instant(town.clock.now)
  const before = shown(await now(SCOPES[1]!))
  on(3)
  const { heavy } = town.store.reader
  const all = heavy.all.bind(heavy)
  let failures = 0
  vi.spyOn(heavy, 'all').mockImplementation(async (sql, ...more) => {
    if (sql.includes('as known') && !failures++) throw new Error('away')
    if (sql.startsWith('select code from division')) await pause(50)
    return all(sql, ...more)
  })
  await expect(then(SCOPES[1]!, at)).rejects.toThrow('away')
  expect(shown(await then(SCOPES[1]!, at))).toEqual(before)
})

test('a hazard that changes while a past is worked out is seen as it was', async () => {
  const at = instant(town.clock.now)
  const before = shown(await now(SCOPES[1]!))
  on(48)
  const { heavy } = town.store.reader
  const all = heavy.all.bind(heavy)
  let changes = 0
  vi.spyOn(heavy, 'all').mockImplementation(async (sql, ...more) => {
    const rows = await all(sql, ...more)
    // Just behind the word how far the log reaches.
    if (sql.includes('as known') && !changes++)
      await doing(async ({ em }) => {
        const hazard = await em.findOneOrFail(Hazard, { id: town.hazards['tea']! })
        Object.assign(
          hazard,
          hazard.stage === HazardStage.CLOSED ? { stage: HazardStage.RECTIFYING } : { stage: HazardStage.CLOSED, closedAt: instant(town.clock.now) },
        )
      })
    return rows
  })
  expect(shown(await then(SCOPES[1]!, at))).toEqual(before)
  expect(changes).toBeGreaterThan(0)
})

test('what a past takes off the counts is found by when it began, in whichever place', async () => {
  const { engine, reader } = town.store
  const asked = vi.spyOn(reader.heavy, 'all')
  on(1)
  for (const scope of SCOPES) await then(scope, instant(new Date(town.clock.now.getTime() - HOUR_MS)))
  const taken = asked.mock.calls.filter(([text]) => text.includes('undone as'))
  expect(taken).toHaveLength(SCOPES.length)
  for (const [text, params] of taken) {
    const steps = await reader.all(`explain ${engine === 'sqlite' ? 'query plan ' : ''}${text}`, params)
    // PostgreSQL knows how much there is of each.
    if (engine === 'sqlite')
      expect(steps.map((row) => row['detail'])).toContainEqual(expect.stringMatching(/SEARCH t USING INDEX hazard_created_at_index \(created_at>\?\)/))
  }
})

test('an enterprise that moves while a past is worked out, behind the word that none has changed, is seen where it was', async () => {
  const at = instant(town.clock.now)
  const before = shown(await now(SCOPES[2]!))
  on(48)
  const { heavy } = town.store.reader
  const all = heavy.all.bind(heavy)
  let moves = 0
  vi.spyOn(heavy, 'all').mockImplementation(async (sql, ...more) => {
    const rows = await all(sql, ...more)
    if (sql.includes('as thing') && !moves++)
      await doing(async ({ em }) => {
        const firm = await em.findOneOrFail(Enterprise, { id: town.enterprises['tea']! })
        firm.division = firm.division === '350524106201' ? '350524106202' : '350524106201'
      })
    return rows
  })
  expect(shown(await then(SCOPES[2]!, at))).toEqual(before)
  expect(moves).toBeGreaterThan(0)
})

test('more changed records than may be carried are left to each statement to find; what has begun since is none of them', async () => {
  const { reader } = town.store
  const asOf = instant(town.clock.now)
  on(1)
  const [one, other] = await Promise.all(['tea', 'inn'].map((firm) => doing(({ em }) => em.findOneOrFail(Hazard, { id: town.hazards[firm]! }))))
  for (const dueOn of ['2027-01-01', '2027-01-02'])
    await doing(async ({ em }) => {
      for (const { id } of [one!, other!]) Object.assign(await em.findOneOrFail(Hazard, { id }), { dueOn })
    })
  await happens({ ...fc.sample(moment, 1)[0]!, what: 'enter', older: false })
  const reading = { engine: reader.engine, scope: SCOPES[1]!, today: dayOf(asOf), asOf }
  expect(await readKnown(reader, reading, Hazard, ['stage'], 1)).toBe(reading)
  expect(await readKnown(reader, reading, Hazard, ['stage'], 2)).toMatchObject({ ...reading, seq: expect.any(Number) })
})

test('a record that begins later than its act says is not there before it began, in the table or the log', async () => {
  const [before, began] = [instant(town.clock.now), instant(new Date(town.clock.now.getTime() + 1_000))]
  const firm = await doing(({ em }) => em.findOneOrFail(Enterprise, { id: town.enterprises['tea']! }))
  const made = aHazard({
    number: 'T-later',
    stage: HazardStage.REGISTERED,
    registeredAt: began,
    enterprise: ref(firm),
    division: firm.division,
    createdAt: began,
  } as Partial<Hazard>)
  await doing(({ em }) => Promise.resolve(void em.persist(made)))
  const [row] = await town.store.reader.all('select at from change where record = ?', [made.id])
  expect(row!['at']).toBe(began)
  on(1)
  expect((await then(SCOPES[0]!, began)).total - (await then(SCOPES[0]!, before)).total).toBe(1)
})
