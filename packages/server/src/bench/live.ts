import { setTimeout as pause } from 'node:timers/promises'
import WebSocket from 'ws'
import { type Finding, quantile, round } from './measure.js'
import type { Rig } from './rig.js'

const BOARDS = 50
const CLOSURES = 40
const LIMIT_MS = 1_000

interface Waiting {
  id: string
  version: number
  number: string
  acts: string[]
}

/** LIVE: from sending a closure to its number on a board, the slowest hundredth over 50 boards ÷ one second. */
export async function live(rig: Rig): Promise<Finding> {
  const town = await rig.signIn('town')
  const hazards = await closable(rig, town)
  if (hazards.length < 5) throw new Error(`LIVE: only ${hazards.length} hazards wait for the town's review`)
  const { boardLinkCreate } = await rig.ask<{ boardLinkCreate: { url: string } }>(
    town,
    'mutation ($day: Day!, $division: String!) { boardLinkCreate(name: "bench", division: $division, expiresOn: $day) { url } }',
    { day: new Date(Date.now() + 864e5).toISOString().slice(0, 10), division: await divisionOf(rig, town) },
  )
  const token = boardLinkCreate.url.split('/').pop()!
  const boards = await Promise.all(Array.from({ length: BOARDS }, () => watchBoard(rig.server.port, token)))
  const late: number[] = []
  try {
    for (const { id, version, number } of hazards) {
      // At any place of the boards' own rhythm.
      await pause(600 + Math.random() * 500)
      const sent = performance.now()
      const shown = boards.map((board) => board.shows(number))
      await rig.ask(town, 'mutation ($id: ID!, $version: Int!) { hazardClose(id: $id, version: $version, opinion: "整改到位") { id } }', { id, version })
      late.push(...(await Promise.all(shown)).map((at) => at - sent))
    }
  } finally {
    for (const board of boards) board.close()
  }
  const [p50, p99] = [quantile(late, 0.5), quantile(late, 0.99)]
  return { id: 'LIVE', engine: rig.engine, rows: rig.rows, ratio: round(p99 / LIMIT_MS), target: 1, note: `at most; p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms of ${LIMIT_MS} ms, ${hazards.length} closures × ${BOARDS} boards` }
}

async function closable(rig: Rig, token: string): Promise<Waiting[]> {
  const { hazards } = await rig.ask<{ hazards: { nodes: Waiting[] } }>(
    token,
    '{ hazards(first: 500, where: { stage: { eq: PENDING_REVIEW }, severity: { eq: GENERAL } }) { nodes { id version number acts } } }',
  )
  return hazards.nodes.filter((hazard) => hazard.acts.includes('CLOSE')).slice(0, CLOSURES)
}

const divisionOf = async (rig: Rig, token: string): Promise<string> => (await rig.ask<{ viewer: { division: string } }>(token, '{ viewer { division } }')).viewer.division

interface Watched {
  /** When the board first showed this number among its latest closures. */
  shows(number: string): Promise<number>
  close(): void
}

function watchBoard(port: number, token: string): Promise<Watched> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws')
  const awaited = new Map<string, (at: number) => void>()
  const send = (message: object) => socket.send(JSON.stringify(message))
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('close', (code, reason) => reject(new Error(`the board was closed: ${code} ${reason.toString()}`)))
    socket.once('open', () => send({ type: 'connection_init', payload: { token } }))
    socket.on('message', (data: Buffer) => {
      const at = performance.now()
      const { type, payload } = JSON.parse(data.toString()) as { type: string; payload?: { data?: { board: { latestClosures: { number: string }[] } }; errors?: object[] } }
      if (type === 'ping') send({ type: 'pong' })
      if (type === 'connection_ack')
        send({ id: '1', type: 'subscribe', payload: { query: 'subscription { board { seq total closed open funnel { stage count } villages { name onTimeRate } latestClosures { number } } }' } })
      if (type === 'error' || payload?.errors) reject(new Error(`the board refused: ${data.toString()}`))
      if (type !== 'next' || !payload?.data) return
      for (const { number } of payload.data.board.latestClosures) {
        awaited.get(number)?.(at)
        awaited.delete(number)
      }
      resolve({ shows: (number) => new Promise((shown) => awaited.set(number, shown)), close: () => socket.terminate() })
    })
  })
}
