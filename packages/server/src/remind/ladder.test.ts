import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardStage } from '../hazard/terms.js'
import { alter } from '../testing/live.js'
import { inShanghai, remind } from '../testing/remind.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

/** domain.md §4.6 day by day: a hazard of the tea factory that is due on 10 March. */
let town: Town
beforeAll(async () => void (town = await openTown()))
beforeEach(async () => {
  for (const who of ['town', 'industry', 'market', 'village', 'ent.tea', 'town.far', 'county']) await town.as(who)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const PEOPLE = ['ent.tea', 'industry', 'town', 'market', 'village', 'town.far', 'county', 'workshop.tea'] as const
const kinds = async (who: string) =>
  (
    await town.get<{ reminders: { nodes: { kind: string }[] } }>(who, '{ reminders(orderBy: [{ field: createdAt }, { field: kind }]) { nodes { kind } } }')
  ).reminders.nodes.map(({ kind }) => kind)
/** The sessions of a test last a week. */
async function at(day: string, time: string) {
  town.clock.now = inShanghai(day, time)
  return remind(town)
}

test('each step is climbed on its day, from the first minute after midnight in Shanghai, and told to those whom it concerns', async () => {
  await alter(town.store, town.hazards['tea']!, { stage: HazardStage.RECTIFYING, dueOn: '2026-03-05', originalDueOn: '2026-03-05' })
  const written: [string, number][] = []
  for (const [day, time] of [
    ['2026-03-01', '23:59'],
    ['2026-03-02', '00:00'],
    ['2026-03-05', '23:59'],
    ['2026-03-06', '00:00'],
    ['2026-03-07', '23:59'],
    ['2026-03-08', '00:01'],
    ['2026-03-11', '23:59'],
    ['2026-03-12', '00:00'],
    ['2026-03-19', '23:59'],
    ['2026-03-20', '00:00'],
    ['2026-03-21', '09:00'],
  ] as const)
    written.push([`${day} ${time}`, (await at(day, time)).reminders])
  expect(written.filter(([, n]) => n)).toEqual([
    ['2026-03-02 00:00', 1],
    ['2026-03-06 00:00', 2],
    ['2026-03-08 00:01', 1],
    ['2026-03-12 00:00', 2],
    ['2026-03-20 00:00', 2],
  ])
  town.clock.now = new Date('2026-03-02T03:00:00.000Z')
  const told = Object.fromEntries(await Promise.all(PEOPLE.map(async (who) => [who, (await kinds(who)).sort()] as const)))
  expect(told).toEqual({
    'ent.tea': ['DUE_SOON', 'OVERDUE'],
    industry: ['OVERDUE', 'STATION_LEADER', 'TOWN_RED_LIST', 'TRANSFER_PROPOSED'],
    town: ['TOWN_RED_LIST', 'TRANSFER_PROPOSED'],
    ...{ market: [], village: [], 'town.far': [], county: [], 'workshop.tea': [] },
  })
})

test('run again for any day, in any order, it writes nothing', async () => {
  const rows = () => town.store.reader.all('select count(*) as n from change')
  const before = await rows()
  for (const day of ['2026-03-20', '2026-03-06', '2026-03-20']) {
    town.clock.now = inShanghai('2026-03-21')
    await remind(town, '2026-03-21')
    expect((await remind(town, day)).reminders).toBe(0)
  }
  const hazards = await town.store.em({ division: '' }).find(Hazard, { id: town.hazards['tea']! })
  expect(hazards).toHaveLength(1)
  // The escalation of a hazard is where it belongs on the day that was asked for; no reminder, no digest is written twice.
  const fresh = await town.store.reader.all("select thing from change where seq > ? and thing in ('Reminder', 'ReminderDigest')", [Number(before[0]!['n'])])
  expect(fresh).toEqual([])
})

test('a new deadline begins a new ladder; a second failed review proposes the transfer at once', async () => {
  await alter(town.store, town.hazards['tea']!, { dueOn: '2026-04-10', extensions: 1 })
  expect((await at('2026-04-07', '08:00')).reminders).toBe(1)
  const [row] = await town.store.reader.all("select text from reminder where day = '2026-04-07'")
  expect(row!['text']).toBe('YH-202601-tea 延期后还有 3 天到期（2026-04-10）')
  await alter(town.store, town.hazards['tea']!, { returns: 2 })
  // The proposal of the first deadline is not the one of the second: both audiences, and the steps before it.
  await at('2026-04-08', '08:00')
  const proposed = await town.store.reader.all("select audience from reminder where day = '2026-04-08' and kind = 'TRANSFER_PROPOSED' order by audience")
  expect(proposed.map((one) => one['audience'])).toEqual(['STATION', 'TOWN_OFFICE'])
})
