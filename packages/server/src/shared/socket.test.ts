import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { Person } from '../person/person.entity.js'
import { Session } from '../person/session.entity.js'
import { alter, ends, hear, listen, liveClient, until } from '../testing/live.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

const CHANGES = 'subscription ($after: String) { hazardChanges(after: $after) { seq } }'
const PROTOCOL = 'graphql-transport-ws'

let town: Town
let url: string
const sockets: WebSocket[] = []
beforeAll(async () => {
  town = await openTown()
  url = await listen(town.app)
})
afterEach(() => sockets.splice(0).forEach((socket) => socket.terminate()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

/** A socket without a library's good manners. */
function raw(options: { protocol?: string; headers?: Record<string, string>; search?: string } = {}) {
  const socket = new WebSocket(url + (options.search ?? ''), options.protocol === '' ? [] : (options.protocol ?? PROTOCOL), { headers: options.headers ?? {} })
  sockets.push(socket)
  const heard: Record<string, unknown>[] = []
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(String(data)) as Record<string, unknown>))
  const refused = new Promise<number>((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => undefined)
  })
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  const opened = new Promise<void>((resolve) => socket.on('open', resolve))
  const say = async (...messages: unknown[]) => {
    await opened
    for (const message of messages) socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }
  return { socket, heard, refused, closed, opened, say, ofType: (type: string) => heard.filter((message) => message['type'] === type) }
}
const hello = async (who: string) => ({ type: 'connection_init', payload: { token: await town.as(who) } })
/** A socket whose holder was let in. */
async function enter(who: string) {
  const line = raw()
  await line.say(await hello(who))
  await until(() => line.ofType('connection_ack').length > 0)
  return line
}
const ask = (id: string, query = CHANGES) => ({ id, type: 'subscribe', payload: { query } })

test('a socket of a foreign page, or of one that hides where it is from, is refused before it opens', async () => {
  for (const origin of ['https://evil.example', 'null', 'not an origin']) expect(await raw({ headers: { origin } }).refused).toBe(403)
  await raw({ headers: { origin: url.replace('ws:', 'http:').replace('/graphql', '') } }).opened
})

test('manners of the protocol: each fault has its code', async () => {
  expect(await raw({ protocol: '' }).closed).toBe(4406)
  const silent = raw()
  const cases: [number, unknown[]][] = [
    [4400, ['not json']],
    [4401, [ask('1')]],
    [4403, [{ type: 'connection_init', payload: { token: 'nobody' } }]],
    [4429, [await hello('town'), await hello('town')]],
    [1009, [`"${'x'.repeat(70_000)}"`]],
  ]
  for (const [code, messages] of cases) {
    const line = raw()
    await line.say(...messages)
    expect(await line.closed).toBe(code)
  }
  const twice = await enter('town')
  await twice.say({ type: 'ping', payload: { n: 1 } })
  await until(() => twice.ofType('pong').length > 0)
  expect(twice.ofType('pong')).toEqual([{ type: 'pong', payload: { n: 1 } }])
  await twice.say(ask('1'), ask('1'))
  expect(await twice.closed).toBe(4409)
  expect(await silent.closed).toBe(4408)
})

test('only subscriptions come this way, under the same limits as over HTTP, and so many on one socket', async () => {
  const line = await enter('town')
  const deep = `subscription { hazardChanges { hazard ${'{ enterprise '.repeat(3)} { id }${' }'.repeat(3)} } }`
  const wide = `subscription { ${Array.from({ length: 30 }, (_, i) => `a${i}: hazardChanges { seq }`).join(' ')} }`
  await line.say(ask('query', '{ viewer { person { id } } }'), ask('act', 'mutation { signOut }'), ask('deep', deep), ask('wide', wide))
  await until(() => line.ofType('error').length >= 4)
  for (let i = 0; i < 25; i++) await line.say(ask(`s${i}`))
  await until(() => line.ofType('error').length >= 9)
  const refused = Object.fromEntries(line.ofType('error').map(({ id, payload }) => [id, (payload as { extensions: { code: string } }[])[0]!.extensions.code]))
  expect(refused).toMatchObject({
    query: expect.stringMatching(/BAD_QUERY/) as string,
    act: expect.stringMatching(/BAD_QUERY/) as string,
    deep: 'BAD_QUERY',
    s24: 'TOO_MANY',
  })
  expect(Object.keys(refused).filter((id) => id.startsWith('s'))).toHaveLength(5)
})

test('W8 nothing is compressed: an offer is not taken up, and a compressed frame ends the socket', async () => {
  const line = await enter('town')
  expect(line.socket.extensions).toBe('')
  // A masked text frame whose first reserved bit says that it is deflated; in it a bomb would lie.
  const tcp = (line.socket as unknown as { _socket: Socket })._socket
  tcp.write(Buffer.from([0xc1, 0x84, 0, 0, 0, 0, 0xab, 0x56, 0x2a, 0x00]))
  expect(await line.closed).toBe(1002)
})

test('W5 a token in the address opens nothing', async () => {
  const line = raw({ search: `?token=${await town.as('town')}` })
  await line.say({ type: 'connection_init' })
  expect(await line.closed).toBe(4403)
})

test('W5 a session that runs out while it listens loses its socket by itself', async () => {
  const client = liveClient(url, await town.as('market'), { once: true, idle: true })
  const other = await enter('town')
  const { now } = town.clock
  await pause(300)
  await ends(town, async ({ em }) => {
    const { id } = await em.findOneOrFail(Person, { username: 'market' })
    for (const session of await em.find(Session, { person: id })) session.expiresAt = new Date(now.getTime() + 60_000).toISOString()
  })
  await pause(1_200)
  expect(client.closes).toEqual([])
  const began = Date.now()
  town.clock.now = new Date(now.getTime() + 61_000)
  await until(() => client.closes.length > 0)
  town.clock.now = now
  expect(client.closes).toEqual([4403])
  expect(Date.now() - began).toBeLessThan(2_000)
  expect(other.socket.readyState).toBe(WebSocket.OPEN)
})

test('an ended session hears nothing that commits after its end, and loses its socket', async () => {
  const token = await town.as('village')
  const client = liveClient(url, token)
  const heard = hear<{ seq: string }>(client, CHANGES)
  await pause(1_000)
  await alter(town.store, town.hazards['tea']!, { place: '一' })
  await heard.count(1)
  const began = Date.now()
  await town.ask('village', 'mutation { signOut }')
  await alter(town.store, town.hazards['tea']!, { place: '二' })
  await until(() => client.closes.length > 0)
  expect(client.closes[0]).toBe(4403)
  expect(Date.now() - began).toBeLessThan(2_000)
  expect(heard.events).toHaveLength(1)
  await client.dispose()
})

test('an idle socket of a disabled account, or of one that was moved elsewhere, is closed within two seconds', async () => {
  for (const change of [{ disabledAt: '2026-03-02T02:00:00.000Z' }, { division: '350524107', station: 'MARKET_STATION' }]) {
    const username = 'disabledAt' in change ? 'county' : 'industry'
    const client = liveClient(url, await town.as(username))
    hear(client, CHANGES)
    await pause(1_000)
    const began = Date.now()
    await ends(town, async ({ em }) => void Object.assign(await em.findOneOrFail(Person, { username }), change))
    await until(() => client.closes.length > 0)
    expect(client.closes[0]).toBe(4403)
    expect(Date.now() - began).toBeLessThan(2_000)
    await client.dispose()
  }
})

test('who stops reading loses the socket; the others hear everything at once, and memory comes back', async () => {
  const line = await enter('town')
  for (let i = 0; i < 20; i++) await line.say(ask(String(i), 'subscription { hazardChanges { seq hazard { id description place } } }'))
  await pause(300)
  const other = hear<{ seq: string }>(liveClient(url, await town.as('town')), CHANGES)
  await pause(1_000)
  line.socket.pause()
  global.gc?.()
  const before = process.memoryUsage().heapUsed
  const long = '长'.repeat(20_000)
  for (let i = 0; i < 60; i++) await alter(town.store, town.hazards['tea']!, { description: `${long}${i}` })
  await other.count(60, 15_000)
  // Nothing piles up for who does not read: each stream holds the one event that it could not deliver.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(150 * 1024 * 1024)
  await pause(12_000)
  line.socket.resume()
  expect(await Promise.race([line.closed, pause(2_000, 'still open')])).toBe(1006)
  other.stop()
}, 60_000)

test('a socket that floods is closed, and the process goes on', async () => {
  const line = await enter('town')
  for (let i = 0; i < 2_000; i++) line.socket.send('{"type":"ping"}')
  expect(await line.closed).toBe(1008)
  expect((await fetch(`${url.replace('ws:', 'http:').replace('/graphql', '')}/healthz`)).status).toBe(200)
})

test('one account holds so many sockets; the others still come in', async () => {
  const token = await town.as('town.far')
  const init = { type: 'connection_init', payload: { token } }
  const lines = Array.from({ length: 45 }, () => raw())
  await Promise.all(lines.map((line) => line.say(init)))
  const codes = await Promise.all(lines.map((line) => Promise.race([line.closed, pause(1_500, 0)])))
  expect(codes.filter((code) => code === 1013)).toHaveLength(5)
  const other = await enter('town')
  expect(other.ofType('connection_ack')).toHaveLength(1)
})

test('when the process ends, sockets are told so', async () => {
  const [line, stalled] = [await enter('town'), await enter('town')]
  await line.say(ask('1'))
  stalled.socket.pause()
  const began = Date.now()
  await town.app.close()
  expect(await line.closed).toBe(1001)
  expect(Date.now() - began).toBeLessThan(4_000)
})
