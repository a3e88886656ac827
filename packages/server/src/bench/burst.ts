import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import WebSocket from 'ws'
import { readConfig } from '../config.js'
import { openStore } from '../store.js'
import { residentMb } from '../testing/program.js'
import { boardLink } from './boardLink.js'
import { type Finding, round } from './measure.js'
import type { Rig } from './rig.js'
import { REVIEWER, underReview } from './underReview.js'
import { FIGURES } from './wallTiles.js'

const SOCKETS = 500
const EVENTS = 1_000
const WARM = 200
const TOWN = '350524106'
const CLOSE = 'mutation ($id: ID!, $version: Int!) { hazardClose(id: $id, version: $version, opinion: "整改到位") { number } }'
/** Until what the burst before took has been given back (giveBack.ts). */
const SETTLE_MS = 45_000
const LONGEST_MS = 90_000

/** MEMORY: resident memory of the server after a burst of 1,000 closures that 500 boards follow ÷ before it; a burst that is like it has gone before. */
export async function burst(rig: Rig): Promise<Finding> {
  await rig.restart()
  const store = await openStore(readConfig(rig.env))
  const sockets: WebSocket[] = []
  try {
    const hazards = await underReview(store, WARM + EVENTS)
    const [link, token] = [await boardLink(rig, TOWN), await rig.signIn(REVIEWER)]
    const mb = () => residentMb(rig.server.pid) ?? NaN
    const alone = mb()
    let messages = 0
    for (let i = 0; i < SOCKETS; i++) sockets.push(await follow(rig.server.port, link, () => messages++))
    const close = async (many: number) => {
      for (let i = 0; i < many; i++) {
        const { id, version } = hazards.pop()!
        await rig.ask(token, CLOSE, { id, version })
      }
    }
    await close(WARM)
    await pause(SETTLE_MS)
    const before = mb()
    messages = 0
    let peak = before
    const watch = setInterval(() => void (peak = Math.max(peak, mb())), 100)
    const began = performance.now()
    await close(EVENTS)
    const took = performance.now() - began
    await pause(2_000)
    clearInterval(watch)
    const ended = performance.now()
    let after = mb()
    while (after > before * 1.1 && performance.now() - ended < LONGEST_MS) {
      await pause(1_000)
      after = mb()
    }
    const open = sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length
    return {
      ...{ id: 'MEMORY', engine: rig.engine, rows: rig.rows, ratio: round(after / before), target: 1.1 },
      note: `at most; resident ${Math.round(alone)} MB without boards, ${Math.round(before)} before, ${Math.round(peak)} at the peak, ${Math.round(after)} ${((performance.now() - ended) / 1000 + 2).toFixed(0)} s after ${EVENTS} closures in ${(took / 1000).toFixed(0)} s over ${open} of ${SOCKETS} boards (${messages} messages), load ${loadavg()[0]!.toFixed(1)}`,
    }
  } finally {
    for (const socket of sockets) socket.terminate()
    await store.close()
  }
}

/** A board that reads and keeps nothing. */
async function follow(port: number, token: string, heard: () => void): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', { perMessageDeflate: false })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.send(JSON.stringify({ type: 'connection_init', payload: { token } }))
  return new Promise((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      const head = data.toString('utf8', 0, 60)
      if (head.includes('"connection_ack"'))
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: `subscription { board { ${FIGURES} } }` } }))
      else if (head.includes('"ping"')) socket.send(JSON.stringify({ type: 'pong' }))
      else if (head.includes('"error"')) reject(new Error(String(data)))
      else if (head.includes('"next"')) {
        heard()
        resolve(socket)
      }
    })
  })
}
