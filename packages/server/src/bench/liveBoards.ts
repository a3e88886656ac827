import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../config.js'
import { openStore } from '../store.js'
import { type Watched, watchBoard } from './live.js'
import { type Finding, quantile, round } from './measure.js'
import type { Rig } from './rig.js'
import { REVIEWER, type UnderReview, underReview } from './underReview.js'

const web = (path: string) => fileURLToPath(new URL(`../../../web/${path}`, import.meta.url))
/** Few first, as many as the machine paints with ease: what more take longer is the browser's. */
const FEW = 4
const BOARDS = 50
const CLOSURES = 20
const WARM = 2
const LIMIT_MS = 1_000
const LONGEST_MS = 20_000

interface Late {
  boards: number
  /** From sending a closure to its frame, and to its message at a socket beside the boards. */
  frames: number[]
  messages: number[]
  missed: number
}

/**
 * LIVE50: from sending a closure to the frame that shows it, on boards in a real Chromium; the slowest hundredth ÷ one
 * second. All of them, the server and this bench share one machine: the note has four boards too, and a socket.
 */
export async function liveBoards(rig: Rig): Promise<Finding> {
  if (!existsSync(web('dist/index.html'))) throw new Error('LIVE50: build the app first: npm start does')
  const store = await openStore(readConfig(rig.env))
  const browser = fork(web('e2e/boardPages.ts'), { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const sockets: Watched[] = []
  try {
    await heard(browser)
    const token = await rig.signIn(REVIEWER)
    const { boardLinkCreate } = await rig.ask<{ boardLinkCreate: { url: string } }>(
      token,
      'mutation ($day: Day!) { boardLinkCreate(name: "bench", division: "350524106", expiresOn: $day, scenes: [CLOSURE]) { url } }',
      { day: new Date(Date.now() + 864e5).toISOString().slice(0, 10) },
    )
    const { pathname } = new URL(boardLinkCreate.url, 'http://127.0.0.1')
    const link = pathname.split('/').pop()!
    const hazards = await underReview(store, 2 * (CLOSURES + WARM))
    sockets.push(await watchBoard(rig.server.port, link))
    const measured = async (boards: number): Promise<Late> => {
      browser.send({ url: `http://127.0.0.1:${rig.server.port}${pathname}`, open: boards })
      const { ready } = await heard<{ ready: number }>(browser)
      // Boards that the machine does not bear are sockets.
      for (let i = ready; i < boards; i++) sockets.push(await watchBoard(rig.server.port, link))
      const late: Late = { boards: ready, frames: [], messages: [], missed: 0 }
      for (let i = 0; i < CLOSURES + WARM; i++) {
        const { frames, message } = await closeOne(rig, token, hazards.pop()!, { browser, socket: sockets[0]! })
        if (i < WARM) continue
        late.missed += frames.filter((at) => at === null).length
        late.frames.push(...frames.filter((at) => at !== null))
        late.messages.push(message)
      }
      return late
    }
    const [few, all] = [await measured(FEW), await measured(BOARDS)]
    const said = ({ boards, frames, messages }: Late) =>
      `${boards} boards p50 ${Math.round(quantile(frames, 0.5))}, p99 ${Math.round(quantile(frames, 0.99))} ms (a socket p50 ${Math.round(quantile(messages, 0.5))}, p99 ${Math.round(quantile(messages, 0.99))})`
    return {
      ...{ id: 'LIVE50', engine: rig.engine, rows: rig.rows, target: 1 },
      ratio: few.missed + all.missed ? null : round(quantile(all.frames, 0.99) / LIMIT_MS),
      note: `at most; from sending a closure to its frame in one Chromium: ${said(all)}, ${said(few)}, of ${LIMIT_MS} ms, ${CLOSURES} closures each${all.boards < BOARDS ? `, ${BOARDS - all.boards} sockets beside them` : ''}${all.missed ? `, ${all.missed} never shown` : ''}, load ${loadavg()[0]!.toFixed(1)}`,
    }
  } finally {
    for (const socket of sockets) socket.close()
    browser.disconnect()
    await store.close()
  }
}

const CLOSE = 'mutation ($id: ID!, $version: Int!) { hazardClose(id: $id, version: $version, opinion: "整改到位") { number closedAt } }'
const nowMs = () => performance.timeOrigin + performance.now()

interface Watching {
  browser: ChildProcess
  socket: Watched
}
async function closeOne(rig: Rig, token: string, { id, version, number }: UnderReview, { browser, socket }: Watching) {
  await pause(900 + Math.random() * 600)
  const shown = socket.shows(number)
  const sent = nowMs()
  const { hazardClose } = await rig.ask<{ hazardClose: { closedAt: string } }>(token, CLOSE, { id, version })
  const told = heard<{ painted: (number | null)[] }>(browser)
  browser.send({ closedAt: hazardClose.closedAt, waitMs: LONGEST_MS })
  const [{ painted }, at] = await Promise.all([told, shown])
  return { frames: painted.map((one) => (one === null ? null : one - sent)), message: performance.timeOrigin + at - sent }
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
