import { setTimeout as pause } from 'node:timers/promises'
import WebSocket from 'ws'
import { type Finding, quantile, round } from './measure.js'
import type { Rig } from './rig.js'

const BOARDS = 50
const CLOSURES = 40
const LIMIT_MS = 1_000

const TOWN = '350524106'

interface Waiting {
  id: string
  version: number
  number: string
  division: string
  station: string | null
}
interface Account {
  username: string
  division: string
  station: string | null
}

/** LIVE: from sending a closure to its number on a board, the slowest hundredth over 50 boards ÷ one second. */
export async function live(rig: Rig): Promise<Finding> {
  const closures = await closable(rig)
  if (closures.length < 5) throw new Error(`LIVE: only ${closures.length} hazards wait for a review`)
  const town = await rig.signIn('town')
  const { boardLinkCreate } = await rig.ask<{ boardLinkCreate: { url: string } }>(
    town,
    'mutation ($day: Day!, $division: String!) { boardLinkCreate(name: "bench", division: $division, expiresOn: $day) { url } }',
    { day: new Date(Date.now() + 864e5).toISOString().slice(0, 10), division: TOWN },
  )
  const link = boardLinkCreate.url.split('/').pop()!
  const boards = await Promise.all(Array.from({ length: BOARDS }, () => watchBoard(rig.server.port, link)))
  const late: number[] = []
  try {
    for (const { hazard, token } of closures) {
      const { id, version, number } = hazard
      // At any place of the boards' own rhythm.
      await pause(600 + Math.random() * 500)
      const sent = performance.now()
      const shown = boards.map((board) => board.shows(number))
      await rig.ask(token, 'mutation ($id: ID!, $version: Int!) { hazardClose(id: $id, version: $version, opinion: "整改到位") { id } }', { id, version })
      late.push(...(await Promise.all(shown)).map((at) => at - sent))
    }
  } finally {
    for (const board of boards) board.close()
  }
  const [p50, p99] = [quantile(late, 0.5), quantile(late, 0.99)]
  return {
    id: 'LIVE',
    engine: rig.engine,
    rows: rig.rows,
    ratio: round(p99 / LIMIT_MS),
    target: 1,
    note: `at most; p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms of ${LIMIT_MS} ms, ${closures.length} closures × ${BOARDS} boards`,
  }
}

/** Hazards under review together with the token of somebody who may close each. */
async function closable(rig: Rig): Promise<{ hazard: Waiting; token: string }[]> {
  const admin = await rig.signIn('admin')
  const { hazards, accounts } = await rig.ask<{ hazards: { nodes: Waiting[] }; accounts: { nodes: Account[] } }>(
    admin,
    `query ($town: String!) {
      hazards(first: 500, where: { stage: { eq: PENDING_REVIEW }, severity: { eq: GENERAL }, division: { startsWith: $town } }) { nodes { id version number division station } }
      accounts(first: 500, where: { role: { in: [TOWN_OFFICE, STATION, VILLAGE] }, division: { startsWith: $town } }) { nodes { username division station } }
    }`,
    { town: TOWN },
  )
  const tokens = new Map<string, string>()
  const found: { hazard: Waiting; token: string }[] = []
  for (const hazard of hazards.nodes) {
    for (const { username } of accounts.nodes.filter(
      (account) => hazard.division.startsWith(account.division) && (!account.station || account.station === hazard.station),
    )) {
      const token = tokens.get(username) ?? (await rig.signIn(username))
      tokens.set(username, token)
      const { hazard: seen } = await rig.ask<{ hazard: { acts: string[] } | null }>(token, 'query ($id: ID!) { hazard(id: $id) { acts } }', { id: hazard.id })
      if (!seen?.acts.includes('CLOSE')) continue
      found.push({ hazard, token })
      break
    }
    if (found.length === CLOSURES) break
  }
  return found
}

export interface Watched {
  /** When the board first showed this number among its latest closures. */
  shows(number: string): Promise<number>
  close(): void
}

export function watchBoard(port: number, token: string): Promise<Watched> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws')
  const awaited = new Map<string, (at: number) => void>()
  const send = (message: object) => socket.send(JSON.stringify(message))
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('close', (code, reason) => reject(new Error(`the board was closed: ${code} ${reason.toString()}`)))
    socket.once('open', () => send({ type: 'connection_init', payload: { token } }))
    socket.on('message', (data: Buffer) => {
      const at = performance.now()
      const { type, payload } = JSON.parse(data.toString()) as {
        type: string
        payload?: { data?: { board: { latestClosures: { number: string }[] } }; errors?: object[] }
      }
      if (type === 'ping') send({ type: 'pong' })
      if (type === 'connection_ack')
        send({
          id: '1',
          type: 'subscribe',
          payload: { query: 'subscription { board { seq total closed open funnel { stage count } villages { name onTimeRate } latestClosures { number } } }' },
        })
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
