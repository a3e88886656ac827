import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { Hazard } from './hazard/hazard.entity.js'
import { HazardStage } from './hazard/terms.js'
import { Asker, awaitingReview, type Server, startServer } from './testing/faults.js'
import { ends } from './testing/live.js'
import { type RawLine, rawLine } from './testing/rawLine.js'
import { migratedStore, removeStores } from './testing/store.js'
import { told } from './testing/told.js'
import { openTown, type Town } from './testing/town.js'

/** As often as a run closes hazards, and how much longer than without them an event may usually take beside readers who misbehave. */
const ACTS = 20
const FACTOR = 5
const SLACK_MS = 500
const PART = 0.1
const EVENTS = 1_000

const CHANGES = 'subscription { hazardChanges { seq stageAfter } }'
const BOARD = 'subscription { board { seq total closed funnel { stage count } latestClosures { number enterprise } } }'
/** Some hundred kB with each event. */
const MUCH = 'subscription { hazardChanges { seq hazard { enterprise { hazards(first: 10) { nodes { description } } } } } }'
const CLOSE = 'mutation ($id: ID!, $version: Int!) { hazardClose(id: $id, version: $version, opinion: "整改到位") { stage } }'

let town: Town
let server: Server
let asker: Asker
let token: string
let ids: string[]
const lines: RawLine[] = []
beforeAll(async () => {
  const where = await migratedStore()
  town = await openTown({}, where)
  ids = await awaitingReview(town, 7 * ACTS + EVENTS, 20)
  await ends(town, async ({ em }) => {
    for (const hazard of await em.find(Hazard, { number: { $like: 'F-%' } }, { limit: 200 })) hazard.description = '长'.repeat(10_000)
  })
  server = await startServer(where)
  asker = new Asker([server])
  token = await asker.signIn('industry')
})
afterAll(async () => {
  for (const { socket } of lines.splice(0)) socket.terminate()
  await server.stop()
  await town.close()
  await removeStores()
})

async function open(queries: readonly string[], many = 1, passes: readonly string[] = [token]): Promise<RawLine[]> {
  const opened: RawLine[] = []
  for (let n = 0; n < many; n++) opened.push(await rawLine(server.url, passes[n % passes.length]!, queries))
  lines.push(...opened)
  return opened
}
async function boardLink(): Promise<string> {
  const CREATE = 'mutation ($on: Day!) { boardLinkCreate(name: "会议室", division: "350524106", expiresOn: $on) { url } }'
  const on = new Date(Date.now() + 86_400_000 * 9).toISOString().slice(0, 10)
  const { data } = await asker.ask<{ boardLinkCreate: { url: string } }>(CREATE, { on }, await asker.signIn('town'))
  return data!.boardLinkCreate.url.replace('/board/', '')
}
async function leave(): Promise<void> {
  for (const { socket } of lines.splice(0)) socket.terminate()
  await sockets(0)
}
/** Waits until the server holds so many sockets. */
async function sockets(many: number): Promise<void> {
  const held = async () =>
    Number(/^anbiao_sockets (\d+)$/m.exec(await (await fetch(server.url.replace('ws:', 'http:').replace('/graphql', '/metrics'))).text())![1])
  for (const deadline = Date.now() + 40_000; (await held()) !== many && Date.now() < deadline;) await pause(100)
  expect(await held()).toBe(many)
}

/** Closes some hazards one after the other; how long after each was sent the slowest of these readers heard of it. */
async function lateness(readers: readonly RawLine[]): Promise<number[]> {
  const late: number[] = []
  for (const id of ids.splice(0, ACTS)) {
    const before = readers.map(({ heard }) => heard)
    const [hazard] = await town.store.reader.all('select version from hazard where id = ?', [id])
    const began = performance.now()
    const { errors } = await asker.ask(CLOSE, { id, version: Number(hazard!['version']) }, token)
    expect(errors).toBeUndefined()
    while (readers.some(({ heard }, n) => heard === before[n])) await pause(1)
    late.push(Math.max(...readers.map(({ heardAt }) => heardAt)) - began)
  }
  return late.sort((a, b) => a - b)
}
const median = (late: number[]) => late[late.length >> 1]!
const said = (late: number[]) => `median ${median(late).toFixed(0)} ms, longest ${late.at(-1)!.toFixed(0)} ms`

/** Readers who misbehave; each gives what ends it. */
const MISBEHAVIOUR: Record<string, () => Promise<() => void>> = {
  'never reads': async () => {
    const [line] = await open(Array.from({ length: 20 }, () => MUCH))
    line!.socket.pause()
    return () => undefined
  },
  'reads byte by byte': async () => {
    const [{ socket } = {} as RawLine] = await open(Array.from({ length: 20 }, () => MUCH))
    socket.pause()
    const tcp = (socket as unknown as { _socket: Socket })._socket
    const sipping = setInterval(() => void tcp.read(1), 20)
    return () => clearInterval(sipping)
  },
  'floods with pings': () => flood((socket) => socket.ping()),
  'floods with messages': () => flood((socket) => socket.send('{"type":"ping"}')),
}
async function flood(send: (socket: WebSocket) => void): Promise<() => void> {
  const [line] = await open([CHANGES])
  const flooding = setInterval(() => {
    for (let n = 0; n < 100; n++) send(line!.socket)
  }, 20)
  return () => clearInterval(flooding)
}

test('who never reads, reads byte by byte or floods loses his socket; the others hear everything as before, and memory comes back', async () => {
  const readers = await open([CHANGES], 10)
  await lateness(readers)
  await pause(2_000)
  const start = await server.memory()
  const calm = await lateness(readers)
  told(`a closure until ten readers have heard of it: ${said(calm)}`)
  for (const [what, misbehave] of Object.entries(MISBEHAVIOUR)) {
    const end = await misbehave()
    const beside = await lateness(readers)
    told(`beside one who ${what}: ${said(beside)}`)
    expect(median(beside)).toBeLessThan(FACTOR * median(calm) + SLACK_MS)
    await sockets(readers.length)
    end()
  }
  const end = await server.memory()
  told(`memory after collection: ${start.toFixed(1)} MB before, ${end.toFixed(1)} MB after`)
  expect(Math.abs(end / start - 1)).toBeLessThan(PART)
  await leave()
})

test('a thousand events at once to two hundred sockets: each hears all of them, and memory comes back', async () => {
  const followers = await open([CHANGES], 40, [token, await asker.signIn('town')])
  const boards = await open([BOARD], 160, [await boardLink()])
  const burst = async () => {
    const before = followers.map(({ heard }) => heard)
    const began = performance.now()
    await ends(town, async ({ em }) => {
      for (const hazard of await em.find(Hazard, { id: { $in: ids.slice(-EVENTS) } }))
        hazard.stage = hazard.stage === HazardStage.RECTIFYING ? HazardStage.PENDING_REVIEW : HazardStage.RECTIFYING
    })
    while (followers.some(({ heard }, n) => heard < before[n]! + EVENTS)) await pause(20)
    expect(followers.map(({ heard }, n) => heard - before[n]!)).toEqual(followers.map(() => EVENTS))
    return performance.now() - began
  }
  await burst()
  await pause(3_000)
  const start = await server.memory()
  const took = await burst()
  expect(boards.every(({ heard }) => heard > 1)).toBe(true)
  await pause(3_000)
  const end = await server.memory()
  told(`${EVENTS} events to ${followers.length} followers and ${boards.length} boards in ${(took / 1_000).toFixed(1)} s`)
  told(`memory after collection: ${start.toFixed(1)} MB before, ${end.toFixed(1)} MB after`)
  expect(Math.abs(end / start - 1)).toBeLessThan(PART)
  await leave()
})

test('ten thousand subscriptions on one socket, a hundred sockets of one account, six hundred that connect and drop: caps hold, memory stays flat', async () => {
  const [reader] = await open([CHANGES])
  const town2 = await asker.signIn('town')
  const storm = async () => {
    const [line] = await open([])
    for (let n = 0; n < 10_000; n++) line!.socket.send(JSON.stringify({ id: `s${n}`, type: 'subscribe', payload: { query: CHANGES } }))
    expect([1008, 1006]).toContain(await line!.closed)
    const many = await Promise.allSettled(Array.from({ length: 100 }, () => rawLine(server.url, town2, [CHANGES])))
    const held = many.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    for (const { socket } of held) socket.terminate()
    await sockets(1)
    for (let n = 0; n < 600; n += 30)
      await Promise.all(
        Array.from({ length: 30 }, async (_, i) => {
          if (i % 2) return (await rawLine(server.url, town2, [CHANGES, BOARD])).socket.terminate()
          const socket = new WebSocket(server.url, 'graphql-transport-ws')
          await new Promise((resolve) => socket.on('open', resolve).on('error', resolve))
          socket.terminate()
        }),
      )
    await sockets(1)
    return held.length
  }
  await storm()
  await pause(1_000)
  const start = await server.memory()
  const held = await storm()
  await pause(1_000)
  const end = await server.memory()
  told(`${held} of 100 sockets of one account let in; memory after collection: ${start.toFixed(1)} MB before, ${end.toFixed(1)} MB after`)
  expect(held).toBeLessThanOrEqual(40)
  expect(Math.abs(end / start - 1)).toBeLessThan(PART)
  await lateness([reader!])
  await leave()
})
