import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../config.js'
import { openStore } from '../store.js'
import { watchBoard } from './live.js'
import { type Finding, quantile, round } from './measure.js'
import type { Rig } from './rig.js'
import { REVIEWER, underReview } from './underReview.js'

const web = (path: string) => fileURLToPath(new URL(`../../../web/${path}`, import.meta.url))
const BOARDS = 50
const CLOSURES = 30
const LIMIT_MS = 1_000
const LONGEST_MS = 20_000

/**
 * LIVE50: from the commit of a closure to the frame that shows it, on boards in a real Chromium; the slowest hundredth ÷
 * one second. All of them, and the server, share this machine. Boards that it does not bear are sockets, and counted apart.
 */
export async function liveBoards(rig: Rig): Promise<Finding> {
  if (!existsSync(web('dist/index.html'))) throw new Error('LIVE50: build the app first: npm start does')
  const store = await openStore(readConfig(rig.env))
  const browser = fork(web('e2e/boardPages.ts'), { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const sockets: { close(): void }[] = []
  try {
    const token = await rig.signIn(REVIEWER)
    const { boardLinkCreate } = await rig.ask<{ boardLinkCreate: { url: string } }>(
      token,
      'mutation ($day: Day!) { boardLinkCreate(name: "bench", division: "350524106", expiresOn: $day, scenes: [CLOSURE]) { url } }',
      { day: new Date(Date.now() + 864e5).toISOString().slice(0, 10) },
    )
    const { pathname } = new URL(boardLinkCreate.url, 'http://127.0.0.1')
    const hazards = await underReview(store, CLOSURES + 2)
    browser.send({ url: `http://127.0.0.1:${rig.server.port}${pathname}`, pages: BOARDS })
    const { ready } = await heard<{ ready: number }>(browser)
    for (let i = ready; i < BOARDS; i++) sockets.push(await watchBoard(rig.server.port, pathname.split('/').pop()!))
    const late: number[] = []
    let missed = 0
    for (let i = 0; i < hazards.length; i++) {
      const { id, version } = hazards[i]!
      await pause(900 + Math.random() * 600)
      const sent = performance.timeOrigin + performance.now()
      const { hazardClose } = await rig.ask<{ hazardClose: { closedAt: string } }>(
        token,
        'mutation ($id: ID!, $version: Int!) { hazardClose(id: $id, version: $version, opinion: "整改到位") { closedAt } }',
        { id, version },
      )
      const told = heard<{ painted: (number | null)[] }>(browser)
      browser.send({ closedAt: hazardClose.closedAt, waitMs: LONGEST_MS })
      const { painted } = await told
      // The first two warm the programs; who is late is so from the moment at which the closure was sent.
      if (i < 2) continue
      missed += painted.filter((at) => at === null).length
      late.push(...painted.flatMap((at) => (at === null ? [] : [at - sent])))
    }
    const [p50, p99] = [quantile(late, 0.5), quantile(late, 0.99)]
    return {
      ...{ id: 'LIVE50', engine: rig.engine, rows: rig.rows, ratio: missed ? null : round(p99 / LIMIT_MS), target: 1 },
      note: `at most; from sending a closure to its frame on ${ready} boards in one Chromium${ready < BOARDS ? ` (and ${BOARDS - ready} sockets)` : ''}: p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms of ${LIMIT_MS} ms, ${CLOSURES} closures${missed ? `, ${missed} never shown` : ''}, load ${loadavg()[0]!.toFixed(1)}`,
    }
  } finally {
    for (const socket of sockets) socket.close()
    browser.disconnect()
    await store.close()
  }
}

function heard<Message>(browser: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null) => reject(new Error(`the browser ended with ${code}`))
    browser.once('exit', gone)
    browser.once('message', (message: Message | { failed: string }) => {
      browser.off('exit', gone)
      if (typeof message === 'object' && message && 'failed' in message) reject(new Error(message.failed))
      else resolve(message as Message)
    })
  })
}
