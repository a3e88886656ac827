import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type Inside, inside } from './inside.js'
import { barePage, page } from './inProcess.js'
import { type Finding, interleaved, median, round, timed } from './measure.js'
import type { Rig } from './rig.js'

const turned = () => new Promise((resolve) => setImmediate(resolve))
const ROUNDS = 20
const STALL_MS = 50
const FIELDS = 'id number description place stage severity foundOn dueOn'

/** What lies just within the limits: the longest page, with as long pages below each row as the cost allows. (Groups are no page: they run beside, see P3 and P7.) */
const WORST = [
  (n: number) =>
    `{ hazards(first: 500, orderBy: [{ field: foundOn, dir: DESC }]) { nodes { ${FIELDS} enterprise { name hazards(first: ${n}) { nodes { id number stage } } } } } }`,
  (n: number) => `{ enterprises(first: ${20 * n}) { nodes { id name hazards(first: 20) { totalCount nodes { id number stage severity } } } } }`,
]

/** P13: the worst operation that is taken ÷ a page of 50, and the longest the thread was held up meanwhile. */
export async function worst(rig: Rig): Promise<Finding> {
  const graph = await inside(rig)
  try {
    const slowest: { ms: number; text: string }[] = []
    const delay = monitorEventLoopDelay({ resolution: 5 })
    const usual = page(graph, 50)
    await barePage(graph, 50)()
    for (const query of await accepted(graph)) {
      // The loop turns after each, or nobody could tell how long it stood still.
      const ask = () => graph.ask(query).then(() => turned())
      for (let i = 0; i < 6; i++) await ask() // compiled by then
      delay.enable()
      const { ours } = await interleaved({ ours: () => timed(ask), usual: () => timed(usual) }, ROUNDS)
      delay.disable()
      slowest.push({ ms: median(ours), text: query.slice(2, 40) })
    }
    const { usual: pages } = await interleaved({ usual: () => timed(usual) }, 200)
    const most = slowest.reduce((a, b) => (a.ms > b.ms ? a : b))
    const stall = delay.max / 1e6
    return {
      ...{ id: 'P13', engine: rig.engine, rows: rig.rows, ratio: round(most.ms / median(pages)), target: 50 },
      note: `at most; ${most.ms.toFixed(1)} ÷ ${median(pages).toFixed(2)} ms (${most.text}…), longest stall ${Math.round(stall)} ms of ${STALL_MS}`,
    }
  } finally {
    await graph.close()
  }
}

/** Each of the worst as large as the limits take it. */
async function accepted(graph: Inside): Promise<string[]> {
  const found: string[] = []
  for (const query of WORST)
    for (let n = 25; n > 0; n--)
      if (
        await graph.ask(query(n)).then(
          () => true,
          () => false,
        )
      ) {
        found.push(query(n))
        break
      }
  return found
}
