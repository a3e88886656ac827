import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { recount } from '../board/recount.js'
import { Extension } from '../hazard/extension.entity.js'
import { escalate } from '../hazard/escalate.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Escalation, HazardSeverity, HazardSource, HazardStage } from '../hazard/terms.js'
import { CheckTask } from '../inspection/checkTask.entity.js'
import { TaskOutcome } from '../inspection/terms.js'
import { ChecklistLevel } from '../checklist/terms.js'
import { Attachment } from '../attachment/attachment.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { isUscc } from '../enterprise/uscc.js'
import { Person } from '../person/person.entity.js'
import { remindDaily } from '../remind/remindDaily.js'
import { REMINDER_SOURCES } from '../reminderSources.js'
import { addDays, dayOf } from '../shared/days.js'
import { dataOfThing, linkedId, type ThingClass, thingOf } from '../shared/datum.js'
import { FIRST_HASH, hashOf, type Row } from '../shared/log.js'
import type { Store } from '../store.js'
import { copiedDemo, type Demo, DEMO_NOW as NOW, filledDemo } from '../testing/demo.js'
import { removeStores } from '../testing/store.js'
import { prepareTown } from './prepareTown.js'

/** A town is filled in some ten seconds; on a machine that does much else at once, it takes a while. */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 })
const TODAY = dayOf(NOW)
/** A Monday, 02:40 in Shanghai. */
const DAWN = new Date('2026-11-29T18:40:00.000Z')

const open: Store[] = []
const filled = new Map<Date, ReturnType<typeof filledDemo>>()
/** A demo town that is filled at this moment: one for all tests of it. */
function demo(now: Date): ReturnType<typeof filledDemo> {
  let there = filled.get(now)
  if (!there) {
    filled.set(now, (there = filledDemo(now)))
    there.then(
      ({ store }) => open.push(store),
      () => undefined,
    )
  }
  return there
}
const everywhere = (store: Store) => store.em({ division: '' })
const logOf = async (store: Store) => (await store.reader.all('select * from change order by seq')) as unknown as Row[]
const all = <T extends object>(store: Store, thing: new () => T): Promise<T[]> => everywhere(store).find(thing, {}) as Promise<T[]>

let town: Awaited<ReturnType<typeof demo>>
let hazards: Hazard[]
let log: Row[]
beforeAll(async () => {
  town = await demo(NOW)
  hazards = await all(town.store, Hazard)
  log = await logOf(town.store)
})
afterAll(async () => {
  for (const store of open) await store.close()
  await removeStores()
})

test('the counts that boards read are those of the hazards', async () => {
  expect(await recount(everywhere(town.store), { repair: false })).toEqual({ hazards: hazards.length, wrong: [] })
})

test('the demo towns have their people, about 320 and 40 enterprises and 900 hazards', async () => {
  const enterprises = await all(town.store, Enterprise)
  expect(enterprises.filter((one) => one.division.startsWith('350524106'))).toHaveLength(320)
  expect(enterprises.filter((one) => one.division.startsWith('350524108'))).toHaveLength(40)
  expect(enterprises.every((one) => (one.uscc ? isUscc(one.uscc) : one.noUsccReason))).toBe(true)
  expect(enterprises.filter((one) => !one.uscc).length).toBeGreaterThan(3)
  expect(enterprises.filter((one) => !one.station).length).toBeGreaterThan(1)
  expect(enterprises.filter((one) => one.closedOn).length).toBeGreaterThan(1)
  expect(new Set(enterprises.filter((one) => one.division.startsWith('350524106')).map((one) => one.division)).size).toBe(24)
  expect(hazards.length).toBeGreaterThan(880)
  const names = (await all(town.store, Person)).map((person) => person.username)
  for (const name of [
    'admin',
    'town',
    'town.2',
    'county',
    'station.industry_station',
    'station.industry_station.2',
    'village.金谷村',
    'ent.1',
    'ent.1.safety',
    'ent.1.workshop',
    'ent.1.post',
    'ent.20',
    'town.huqiu',
    'station.huqiu.market_station',
  ])
    expect(names).toContain(name)
  expect(town.accounts).toContain('village.大演村')
})

test('every stage and every step of the escalation is there', () => {
  for (const stage of Object.values(HazardStage)) expect(hazards.filter((hazard) => hazard.stage === stage).length, stage).toBeGreaterThan(0)
  for (const step of Object.values(Escalation)) expect(hazards.filter((hazard) => hazard.escalation === step).length, step).toBeGreaterThan(0)
})

test.each([
  ['a Tuesday afternoon', NOW],
  ['a Monday before dawn', DAWN],
  ['a Wednesday evening', new Date('2026-12-02T11:00:00.000Z')],
  ['the first minutes of a year', new Date('2026-12-31T16:07:00.000Z')],
])('on %s something is due today, soon and late, just closed and waiting', async (_when, now) => {
  const today = dayOf(now)
  const { store } = await demo(now)
  const rows = await all(store, Hazard)
  const open = rows.filter((hazard) => ![HazardStage.CLOSED, HazardStage.TRANSFERRED, HazardStage.VOID].includes(hazard.stage))
  expect(open.filter((hazard) => hazard.dueOn === today).length).toBeGreaterThan(3)
  expect(open.filter((hazard) => hazard.dueOn! > today && hazard.dueOn! <= addDays(today, 3)).length).toBeGreaterThan(5)
  for (const late of [1, 3, 7, 15]) expect(open.filter((hazard) => hazard.dueOn! <= addDays(today, -late)).length).toBeGreaterThan(2)
  expect(rows.filter((hazard) => hazard.closedAt && dayOf(hazard.closedAt) === today).length).toBeGreaterThan(4)
  expect(rows.filter((hazard) => hazard.stage === HazardStage.PENDING_REVIEW).length).toBeGreaterThan(9)
  expect(rows.filter((hazard) => hazard.stage === HazardStage.DRAFT).length).toBeGreaterThan(4)
  expect(rows.filter((hazard) => hazard.listedAt && !hazard.delistedAt).length).toBeGreaterThan(2)
  const said = (hazard: Hazard) =>
    [hazard.createdAt, hazard.notifiedAt, hazard.acceptedAt, hazard.submittedAt, hazard.closedAt].filter((at) => at !== undefined && at !== null)
  expect(rows.flatMap(said).every((at) => at <= now.toISOString())).toBe(true)
  const checks = await all(store, CheckTask)
  // The worker whom a visitor is shown has a check to do, however late in the day.
  const { enterprise, workshop } = await everywhere(store).findOneOrFail(Person, { username: 'ent.1.post' })
  const due = checks.filter(({ opensOn, outcome, level }) => opensOn === today && outcome === TaskOutcome.OPEN && level === ChecklistLevel.POST)
  expect(due.filter((task) => linkedId(task.enterprise) === enterprise && task.workshop === workshop).length).toBeGreaterThan(1)
  expect(checks.every(({ createdAt }) => createdAt <= now.toISOString())).toBe(true)
})

test.each([
  ['a Tuesday afternoon', NOW],
  ['a Monday before dawn', DAWN],
])('on %s the log is one chain in the order of time, and replayed it gives the rows as they stand', async (_when, now) => {
  const { store } = await demo(now)
  const log = await logOf(store)
  // Hundreds of thousands of comparisons: what differs is gathered, and said at the end.
  const wrong: string[] = []
  let before = FIRST_HASH
  for (const [i, row] of log.entries()) {
    const { hash, ...rest } = { ...row, seq: Number(row.seq) }
    if (rest.seq !== i + 1 || hash !== hashOf(before, rest)) wrong.push(`${row.seq} is not the next of the chain`)
    if (i && row.at < log[i - 1]!.at) wrong.push(`${row.seq} is earlier than the one before`)
    before = hash
  }
  const replayed = new Map<string, Record<string, unknown>>()
  for (const row of log) {
    const record = replayed.get(row.record) ?? {}
    const diff = JSON.parse(row.diff) as Record<string, [unknown, unknown]>
    // A past is worked out by this: the first change of a record, and no other, says when it was entered.
    if (row.diff.startsWith('{"createdAt":[null,') === replayed.has(row.record)) wrong.push(`${row.seq} ${row.thing} ${row.act} begins a record, or does not`)
    if (replayed.has(row.record) && (diff['createdAt']?.[1] ?? null) !== null) wrong.push(`${row.seq} ${row.thing} ${row.act} has its record begin anew`)
    for (const [name, [was, is]] of Object.entries(diff)) {
      if (!isDeepStrictEqual(record[name] ?? null, was)) wrong.push(`${row.seq} ${row.thing} ${row.act} ${name} was ${JSON.stringify(was)}`)
      record[name] = is
    }
    replayed.set(row.record, { ...record, version: Number(record['version'] ?? 0) + 1 })
  }
  for (const thing of [Person, Enterprise, Hazard, Extension, Attachment] as ThingClass[]) {
    const data = dataOfThing(thing).filter((datum) => datum.kind !== 'derived' && datum.kind !== 'id' && !datum.personal)
    for (const row of (await all(store, thing as new () => { id: string; version: number })) as unknown as Record<string, unknown>[]) {
      const record = replayed.get(String(row['id']))!
      const value = (given: unknown) => (given !== null && typeof given === 'object' ? linkedId(given) : (given ?? null))
      for (const { name } of data)
        if (!isDeepStrictEqual(value(row[name]), record[name] ?? null))
          wrong.push(`${thingOf(thing).name} ${String(row['id'])} ${name} is not what the log says`)
      if (record['version'] !== row['version']) wrong.push(`${thingOf(thing).name} ${String(row['id'])} version`)
    }
  }
  expect(log.length).toBeGreaterThan(100_000)
  expect(wrong).toEqual([])
})

test('a hazard and all that belongs to it stand where its enterprise stands', async () => {
  const enterprises = new Map((await all(town.store, Enterprise)).map((one) => [one.id, one]))
  const astray = (row: { division: string; station?: string }, id: string) =>
    row.division !== enterprises.get(id)!.division || (row.station ?? null) !== (enterprises.get(id)!.station ?? null)
  expect(hazards.filter((hazard) => astray(hazard, linkedId(hazard.enterprise)!))).toEqual([])
  for (const thing of [Attachment, Extension])
    // What a stranger photographed belongs to no enterprise.
    expect((await all<Attachment | Extension>(town.store, thing)).filter((row) => row.enterpriseId && astray(row, row.enterpriseId))).toEqual([])
})

test('nobody verified what he had a hand in fixing, and two verified what two must', () => {
  for (const hazard of hazards.filter((one) => one.stage === HazardStage.CLOSED)) {
    const reviewers = [hazard.firstReviewer, hazard.secondReviewer].filter((id) => id != null)
    expect(new Set(reviewers).size).toBe(hazard.severity === HazardSeverity.MAJOR || hazard.source === HazardSource.ENFORCEMENT ? 2 : 1)
    expect(reviewers.filter((id) => hazard.fixedBy(id))).toEqual([])
    expect(hazard.photosAfter).toBeGreaterThan(0)
    if (hazard.severity === HazardSeverity.MAJOR) expect(linkedId(hazard.criterion) && hazard.fixingsApprovedBy && hazard.severityConfirmedBy).toBeTruthy()
  }
})

test('every photo that a hazard counts is there, its bytes too', async () => {
  const photos = await all(town.store, Attachment)
  const counted = new Map<string, number>()
  for (const { hazard, purpose } of photos) counted.set(`${linkedId(hazard)} ${purpose}`, (counted.get(`${linkedId(hazard)} ${purpose}`) ?? 0) + 1)
  for (const { id, photosBefore, photosAfter } of hazards)
    expect([counted.get(`${id} BEFORE`) ?? 0, counted.get(`${id} AFTER`) ?? 0]).toEqual([photosBefore, photosAfter])
  for (const sha256 of new Set(photos.map((photo) => photo.sha256)))
    expect(existsSync(join(town.config.dataDir, 'files', sha256.slice(0, 2), sha256))).toBe(true)
})

test('the daily job finds nothing left to do but what changed since the morning', async () => {
  const acting = { em: everywhere(town.store), actor: undefined, now: NOW, request: randomUUID() }
  await escalate(acting, town.store.reader, TODAY)
  const again = await remindDaily(() => ({ ...acting, em: everywhere(town.store) }), town.store.reader, TODAY, REMINDER_SOURCES)
  expect(again).toEqual({ moved: 0, reminders: 0, digests: 0 })
  const late = await town.store.reader.all("select record, act from change where seq > ? and thing = 'Hazard'", [log.length])
  const actedToday = new Set(log.filter((row) => dayOf(row.at) === TODAY && row.act !== 'escalate').map((row) => row.record))
  expect(late.filter((row) => !actedToday.has(String(row['record'])))).toEqual([])
})

test('the next number of a series follows the last that the demo gave', async () => {
  const counters = new Map((await town.store.reader.all('select key, value from counter')).map((row) => [row['key'], Number(row['value'])]))
  for (const { number, noticeNumber } of hazards)
    for (const given of [number, noticeNumber])
      if (given) expect(counters.get(given.slice(0, given.lastIndexOf('-')))).toBeGreaterThanOrEqual(Number(given.slice(given.lastIndexOf('-') + 1)))
})

test('at the same moment the same town comes about, and a second start leaves it alone', async () => {
  const twin = await copiedDemo()
  open.push(twin.store)
  const rows = async ({ store }: Demo) =>
    store.reader.all('select seq, at, actor, act, thing, record, diff from change where seq <= ? order by seq', [log.length])
  const mine = await rows(town)
  expect(await rows(twin)).toEqual(mine)
  expect(await prepareTown(twin.store, twin.config, NOW)).toBeUndefined()
  expect(await rows(twin)).toEqual(mine)
})
