import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { readConfig } from '../config.js'
import { openStore } from '../store.js'
import { startProgram } from '../testing/program.js'
import { boardLink } from './boardLink.js'
import { watchBoard } from './live.js'
import { type Finding, quantile, round } from './measure.js'
import { dist, type Rig } from './rig.js'
import { REVIEWER, underReview } from './underReview.js'

const BOARDS = 50
const CLOSURES = 60
const WARM = 3
const TOWN = '350524106'
const CLOSE = 'mutation ($id: ID!, $version: Int!) { hazardClose(id: $id, version: $version, opinion: "整改到位") { number } }'

/**
 * NODES: a hazard is closed at one process, from its answer to the message at the boards of another process on the same
 * database ÷ at as many boards of its own, of the same closures; both from the moment at which who closes it is told so.
 */
export async function nodes(rig: Rig): Promise<Finding> {
  const store = await openStore(readConfig(rig.env))
  const other = await startProgram([dist('main.js')], rig.env)
  try {
    const hazards = await underReview(store, CLOSURES + WARM)
    const [link, token] = [await boardLink(rig, TOWN), await rig.signIn(REVIEWER)]
    await pause(2_000) // what a process does on starting
    const open = (port: number) => Promise.all(Array.from({ length: BOARDS }, () => watchBoard(port, link)))
    const boards = { own: await open(rig.server.port), others: await open(other.port) }
    const late = { own: [] as number[], others: [] as number[] }
    try {
      for (let i = 0; i < CLOSURES + WARM; i++) {
        const { id, version, number } = hazards.pop()!
        await pause(600 + Math.random() * 500)
        const shown = { own: boards.own.map((board) => board.shows(number)), others: boards.others.map((board) => board.shows(number)) }
        await rig.ask(token, CLOSE, { id, version })
        const told = performance.now()
        for (const where of ['own', 'others'] as const) {
          const at = await Promise.all(shown[where])
          if (i >= WARM) late[where].push(...at.map((one) => one - told))
        }
      }
    } finally {
      for (const board of [...boards.own, ...boards.others]) board.close()
    }
    const [own, others] = [late.own, late.others].map((all) => ({ p50: quantile(all, 0.5), p99: quantile(all, 0.99) })) as [Quantiles, Quantiles]
    return {
      ...{ id: 'NODES', engine: rig.engine, rows: rig.rows, ratio: round(Math.max(others.p50 / own.p50, others.p99 / own.p99)), target: 2 },
      note: `at most; from the answer to ${BOARDS} boards of another process p50 ${others.p50.toFixed(1)}, p99 ${others.p99.toFixed(1)} ms (${round(others.p50 / own.p50)}, ${round(others.p99 / own.p99)} of those of the same: p50 ${own.p50.toFixed(1)}, p99 ${own.p99.toFixed(1)} ms), ${CLOSURES} closures, load ${loadavg()[0]!.toFixed(1)}`,
    }
  } finally {
    await other.stop()
    await store.close()
  }
}
interface Quantiles {
  p50: number
  p99: number
}
