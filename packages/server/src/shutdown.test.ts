import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Asker, awaitingReview, type Server, startServer } from './testing/faults.js'
import { rawLine } from './testing/rawLine.js'
import { migratedStore, removeStores } from './testing/store.js'
import { told } from './testing/told.js'
import { openTown, type Town } from './testing/town.js'

const REQUESTS = 200
const SOCKETS = 200
/** Of the requests; the others read. */
const ACTS = 60
const WITHIN_MS = 10_000

const CLOSE = 'mutation ($id: ID!) { hazardClose(id: $id, version: 1, opinion: "整改到位") { stage } }'
const LIST = '{ hazards(first: 100) { nodes { id stage description enterprise { name } } totalCount } }'

let town: Town
let server: Server
beforeAll(async () => {
  const where = await migratedStore()
  town = await openTown({}, where)
  server = await startServer(where)
})
afterAll(async () => {
  await server.stop()
  await town.close()
  await removeStores()
})

interface Said {
  status: number
  body: string
}
/** One request on a line of its own: answered to its last byte, or cut. */
function send(token: string, query: string, variables: object): { sent: Promise<void>; answer: Promise<Said | 'cut'> } {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const asked = request({ host: '127.0.0.1', port: server.port, path: '/graphql', method: 'POST', headers, agent: false })
  const answer = new Promise<Said | 'cut'>((resolve) => {
    asked.on('error', () => resolve('cut'))
    asked.on('response', (reply) => {
      let body = ''
      reply.on('data', (chunk: Buffer) => (body += chunk.toString()))
      reply.on('error', () => resolve('cut'))
      reply.on('end', () => resolve({ status: reply.statusCode!, body }))
    })
  })
  const sent = new Promise<void>((resolve) => asked.on('finish', resolve).on('error', () => resolve()))
  asked.end(JSON.stringify({ query, variables }))
  return { sent, answer }
}

test('a process told to end with two hundred requests and two hundred sockets under way: each is answered, each socket told, and what was told to be done is done', async () => {
  const ids = await awaitingReview(town, ACTS, 10)
  const asker = new Asker([server])
  const token = await asker.signIn('industry')
  const tokens = await Promise.all(['industry', 'town', 'county', 'admin', 'village', 'market'].map((who) => asker.signIn(who)))
  const lines = []
  for (let n = 0; n < SOCKETS; n++) lines.push(await rawLine(server.url, tokens[n % tokens.length]!, ['subscription { hazardChanges { seq } }']))

  const requests = Array.from({ length: REQUESTS }, (_, n) => (n < ACTS ? send(token, CLOSE, { id: ids[n] }) : send(token, LIST, {})))
  await Promise.all(requests.map(({ sent }) => sent))
  // Until the first is answered, so that the process has them all.
  await Promise.race(requests.map(({ answer }) => answer))
  let early = 0
  for (const { answer } of requests) void answer.then(() => early++)
  await pause(0)
  const before = early
  const began = performance.now()
  process.kill(server.pid(), 'SIGTERM')
  const answers = await Promise.all(requests.map(({ answer }) => answer))
  const codes = await Promise.all(lines.map(({ closed }) => closed))
  while (server.alive()) await pause(5)
  const took = performance.now() - began

  expect(answers.filter((one) => one === 'cut')).toEqual([])
  const said = answers as Said[]
  expect(said.map(({ status }) => status).filter((status) => status !== 200 && status !== 503)).toEqual([])
  expect(codes.filter((code) => code !== 1001)).toEqual([])
  expect(took).toBeLessThan(WITHIN_MS)
  const done = ids.filter((_, n) => said[n]!.body.includes('"stage":"CLOSED"'))
  await server.start()
  const closed = await town.store.reader.all(`select id from hazard where stage = 'CLOSED'`)
  expect(closed.map(({ id }) => id).sort()).toEqual([...done].sort())
  const refused = said.filter(({ status }) => status === 503).length
  told(
    `${REQUESTS} requests, ${before} answered before the signal: ${REQUESTS - refused} answered, ${refused} refused, 0 cut; ${SOCKETS} sockets closed with 1001; gone after ${(took / 1_000).toFixed(1)} s; ${done.length} of ${ACTS} acts told done, all of them done, no other`,
  )
})
