import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { HazardStage } from '../hazard/terms.js'
import { headOf } from '../shared/follow.js'
import { verifyLog } from '../shared/verify.js'
import { type Cluster, startCluster } from '../testing/cluster.js'
import { Asker, awaitingReview, Follower, type Server, startServer } from '../testing/faults.js'
import { alter, until } from '../testing/live.js'
import { startProxy } from '../testing/proxy.js'
import { emptyStore, engine, migratedStore, removeStores } from '../testing/store.js'
import { told as say } from '../testing/told.js'
import { openTown, type Town } from '../testing/town.js'
import { BoardFeed } from './feed.js'
import { recount } from './recount.js'
import type { Board } from './snapshot.js'

const CLOSE = 'mutation ($id: ID!, $version: Int!) { hazardClose(id: $id, version: $version, opinion: "整改到位") { stage } }'
const CHANGES = 'subscription ($after: String) { hazardChanges(after: $after) { seq stageAfter } }'
const BOARD = 'subscription ($after: String, $asOf: Instant) { board(after: $after, asOf: $asOf) { seq asOf total closed open funnel { stage count } } }'
const AT_ONCE = 8
const CLOSURES = 1_000
/** Each closure moves the sums of its enterprise: of one alone, a thousand would only take longer. */
const FIRMS = 50
const SILENT_MS = 30_000

interface Seen {
  seq: string
  stageAfter: HazardStage | null
}

let cluster: Cluster | undefined
let town: Town | undefined
const servers: Server[] = []
const followers: Follower<{ seq: string }>[] = []
afterEach(async () => {
  await Promise.all(followers.splice(0).map((one) => one.end()))
  await Promise.all(servers.splice(0).map((one) => one.stop()))
  await town?.close()
  town = undefined
})
afterAll(async () => {
  await removeStores()
  await cluster?.stop()
})

/** Told to be done; some of them were cut off before they heard so, and found done. */
interface Told {
  done: Set<string>
  found: number
}

/** A closure that was cut off may have been done all the same, and the daily work may have been first: then it is looked up. */
async function close(asker: Asker, token: string, id: string, told: Told = { done: new Set(), found: 0 }, version = 1): Promise<void> {
  const { errors } = await asker.ask(CLOSE, { id, version }, token)
  if (!errors) return void told.done.add(id)
  const { data } = await asker.ask<{ hazard: { stage: HazardStage; version: number } }>('query ($id: ID!) { hazard(id: $id) { stage version } }', { id }, token)
  if (data?.hazard.stage === HazardStage.CLOSED) return void (told.done.add(id), told.found++)
  if (errors[0]!.extensions.code !== 'CONFLICT') throw new Error(JSON.stringify(errors))
  return close(asker, token, id, told, data!.hazard.version)
}

/** Closes them all, some at once, whatever happens to the servers. */
async function closeAll(asker: Asker, token: string, ids: readonly string[], done: (told: Told) => void): Promise<Told> {
  const told: Told = { done: new Set(), found: 0 }
  const left = [...ids]
  const work = async () => {
    for (let id = left.shift(); id; id = left.shift()) {
      await close(asker, token, id, told)
      done(told)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return told
}

/** Whoever was told that a closure is done finds it done in the store. */
async function needDone({ store }: Town, ids: Iterable<string>): Promise<void> {
  const closed = new Set((await store.reader.all(`select id from hazard where stage = 'CLOSED'`)).map(({ id }) => id))
  expect([...ids].filter((id) => !closed.has(id))).toEqual([])
}

/** Nothing half: each closure is whole, the counts are those of the rows, the log has no gap. */
async function needWhole(of: Town, ids: readonly string[]): Promise<number[]> {
  const { reader } = of.store
  const rows = await reader.all(`select id, stage, version from hazard where number like 'F-%'`)
  const log = await reader.all(`select seq, record, diff from change where thing = 'Hazard' and act = 'hazardClose' order by seq`)
  const closing = log.filter((row) => (JSON.parse(row['diff'] as string) as { stage?: string[] }).stage?.[1] === HazardStage.CLOSED)
  expect(rows).toHaveLength(ids.length)
  expect(
    rows
      .filter(({ stage }) => stage === HazardStage.CLOSED)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(closing.map(({ record }) => record).sort())
  expect((await recount(of.store.em(undefined), { repair: false })).wrong).toEqual([])
  expect((await verifyLog(reader)).broken).toBeUndefined()
  const [all] = await reader.all('select count(*) as n, min(seq) as low, max(seq) as high from change')
  expect(Number(all!['n'])).toBe(Number(all!['high']) - Number(all!['low']) + 1)
  return closing.map(({ seq }) => Number(seq))
}

/** Every change of hazards behind a seq, as the log has them. */
const changesAfter = async ({ store }: Town, after: string) =>
  (await store.reader.all(`select seq from change where thing = 'Hazard' and seq > ? order by seq`, [Number(after)])).map(({ seq }) => Number(seq))
const headOfLog = async ({ store }: Town) => String(await headOf(store.reader))
const seqs = (follower: Follower<Seen>) => follower.events.map(({ seq }) => Number(seq))
const follow = <Event extends { seq: string }>(...args: ConstructorParameters<typeof Follower<Event>>): Follower<Event> => {
  const follower = new Follower<Event>(...args)
  followers.push(follower as unknown as Follower<{ seq: string }>)
  return follower
}
/** Until no board has anything new for a moment. */
async function boardsRest(boards: readonly Follower<Board>[]): Promise<void> {
  for (let before = -1, now = 0; before !== now; now = boards.reduce((sum, { events }) => sum + events.length, 0)) {
    before = now
    await pause(1_500)
  }
}
const lastEquals = async (board: Follower<Board>, of: Town) => {
  const fresh = await new BoardFeed(of.store.reader, { division: '350524106', station: 'INDUSTRY_STATION' }, () => new Date()).current()
  await vi.waitFor(
    () => {
      const { seq: _seq, asOf: _asOf, ...figures } = board.events.at(-1)!
      expect(fresh).toMatchObject(figures)
    },
    { timeout: 10_000 },
  )
}

test('processes killed in the middle of many closures lose none and leave none half; who follows misses none and hears none twice', async () => {
  const where = await migratedStore()
  const of = (town = await openTown({}, where))
  const ids = await awaitingReview(of, CLOSURES, FIRMS)
  // On PostgreSQL two processes serve the same store: acts go to the first, followers begin at the second.
  for (let i = 0; i < (engine() === 'postgres' ? 2 : 1); i++) servers.push(await startServer(where))
  const asker = new Asker(servers)
  const token = await asker.signIn('industry')
  const start = await headOfLog(of)
  const there = servers.toReversed()
  const changes = follow<Seen>(there, token, CHANGES, start)
  const board = follow<Board>(there, token, BOARD, undefined, ({ asOf }) => ({ asOf }))
  let killing: Promise<void> = Promise.resolve()
  const kills = [CLOSURES / 4, CLOSURES / 2]
  const kill = async (server: Server, done: Set<string>) => {
    await server.kill()
    await needDone(of, done)
    // Where nobody else writes, what it left behind is looked at as it lies there.
    if (servers.length === 1) await needWhole(of, ids)
    await server.start()
  }
  const told = await closeAll(asker, token, ids, ({ done }) => {
    const next = kills.indexOf(done.size)
    if (next >= 0) killing = killing.then(() => kill(servers[next % servers.length]!, new Set(done)))
  })
  await killing
  expect(told.done.size).toBe(CLOSURES)
  const closing = await needWhole(of, ids)
  expect(closing).toHaveLength(CLOSURES)
  const all = await changesAfter(of, start)
  await until(() => changes.events.length >= all.length, 20_000)
  expect(seqs(changes)).toEqual(all)
  expect(changes.comings).toBeGreaterThan(1)
  await lastEquals(board, of)
  // Never an older board after a newer one.
  expect(board.events.map(({ seq }) => Number(seq))).toEqual(board.events.map(({ seq }) => Number(seq)).sort((a, b) => a - b))
  say(
    `${kills.length} × kill -9 in ${CLOSURES} closures: ${asker.cut} requests cut off, ${told.done.size} closures done, ${told.found} of them found done on asking again`,
  )
  say(`lost 0, doubled 0: ${closing.length} closures in the log, ${all.length} of ${all.length} changes heard once and in order, ${changes.comings} comings`)
}, 180_000)

test('followers whose line is cut and who stay away come back to what they missed, once and in order; a clock that jumps orders nothing', async () => {
  const where = await migratedStore()
  const of = (town = await openTown({}, where))
  const ids = await awaitingReview(of, 60)
  servers.push(await startServer(where))
  const asker = new Asker(servers)
  const token = await asker.signIn('industry')
  const start = await headOfLog(of)
  const changes = Array.from({ length: 4 }, () => follow<Seen>(servers, token, CHANGES, start))
  for (let n = 0; n < 20; n++) {
    await close(asker, token, ids[n]!)
    if (n % 5 === 4) await changes[n % 4]!.cut()
  }
  // Away for a while, with nobody there to buffer anything: the log is the queue.
  const away = changes.pop()!
  await away.end()
  // Other processes' clocks an hour behind and ahead: what they write stands in the order of its commits.
  for (const [n, jump] of [-3_600_000, 3_600_000, 0].entries()) {
    await alter(of.store, ids[20 + n]!, { stage: HazardStage.CLOSED, closedAt: new Date().toISOString() }, new Date(Date.now() + jump))
    await close(asker, token, ids[30 + n]!)
  }
  const back = follow<Seen>(servers, token, CHANGES, String(seqs(away).at(-1)))
  const all = await changesAfter(of, start)
  await until(() => [...changes, back].every((one) => seqs(one).at(-1) === all.at(-1)), 10_000)
  for (const one of changes) expect(seqs(one)).toEqual(all)
  expect([...seqs(away), ...seqs(back)]).toEqual(all)
  expect((await recount(of.store.em(undefined), { repair: false })).wrong).toEqual([])
}, 120_000)

test('lines that are silent for half a minute, without a word of farewell: nothing is missed or heard twice, and boards end as the rows stand', async () => {
  const where = await migratedStore()
  const of = (town = await openTown({}, where))
  const ids = await awaitingReview(of, 80, 10)
  const server = await startServer(where)
  servers.push(server)
  const proxy = await startProxy(server.port)
  try {
    const asker = new Asker(servers)
    const token = await asker.signIn('industry')
    const start = await headOfLog(of)
    const far = [{ ...server, url: proxy.url }]
    const changes = Array.from({ length: 3 }, () => follow<Seen>(far, token, CHANGES, start))
    const boards = Array.from({ length: 2 }, () => follow<Board>(far, token, BOARD, undefined, ({ asOf }) => ({ asOf })))
    const witness = follow<Seen>(servers, token, CHANGES, start)
    for (const id of ids.slice(0, 20)) await close(asker, token, id)
    await until(() => changes.every(({ events }) => events.length === 20) && boards.every(({ events }) => events.length > 0))
    await boardsRest(boards)
    proxy.silence()
    const heard = [...changes, ...boards].map(({ events }) => events.length)
    const began = Date.now()
    for (const id of ids.slice(20, 70)) {
      await close(asker, token, id)
      await pause(500)
    }
    await pause(Math.max(0, SILENT_MS - (Date.now() - began)))
    expect([...changes, ...boards].map(({ events }) => events.length)).toEqual(heard)
    expect(witness.events).toHaveLength(70)
    proxy.speak()
    for (const id of ids.slice(70)) await close(asker, token, id)
    const all = await changesAfter(of, start)
    expect(all).toHaveLength(80)
    await until(() => [...changes, witness].every((one) => seqs(one).at(-1) === all.at(-1)), 20_000)
    for (const one of [...changes, witness]) expect(seqs(one)).toEqual(all)
    for (const one of boards) await lastEquals(one, of)
    expect([...changes, ...boards].every(({ comings }) => comings > 1)).toBe(true)
    say(
      `silent for ${Math.round((Date.now() - began) / 1_000)} s, 50 of 80 closures meanwhile: lost 0, heard twice 0 by ${changes.length} followers, ${boards.length} boards equal a fresh query`,
    )
  } finally {
    await proxy.stop()
  }
}, 180_000)

test.runIf(engine() === 'postgres')(
  'a database that restarts: closures wait or are told, boards stand and come on, nothing is lost or told twice',
  async () => {
    cluster = await startCluster({ durable: true })
    const where = { DATA_DIR: (await emptyStore()).DATA_DIR, DATABASE_URL: cluster.url() }
    const of = (town = await openTown({}, where))
    const ids = await awaitingReview(of, 100)
    servers.push(await startServer(where), await startServer(where))
    const asker = new Asker(servers)
    const token = await asker.signIn('industry')
    const start = await headOfLog(of)
    const changes = follow<Seen>(servers.toReversed(), token, CHANGES, start)
    const board = follow<Board>(servers.toReversed(), token, BOARD, undefined, ({ asOf }) => ({ asOf }))
    let restarting: Promise<void> | undefined
    const told = await closeAll(asker, token, ids, ({ done }) => {
      if (done.size === 40) restarting = cluster!.restart(1_500)
    })
    await restarting
    expect(told.done.size).toBe(100)
    expect(await needWhole(of, ids)).toHaveLength(100)
    const all = await changesAfter(of, start)
    await until(() => changes.events.length >= all.length, 20_000)
    expect(seqs(changes)).toEqual(all)
    await lastEquals(board, of)
  },
  180_000,
)
