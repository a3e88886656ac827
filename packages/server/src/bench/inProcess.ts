import { LIMITS } from '../shared/limits.js'
import type { PlainRow } from '../shared/read/reader.js'
import { READ_LIMITS, useReadLimits } from '../shared/read/limits.js'
import { BARE_LIST, nested } from './bareList.js'
import { compared } from './compare.js'
import { type Inside, inside } from './inside.js'
import { LIST } from './list.js'
import type { Finding } from './measure.js'
import type { Rig } from './rig.js'

/** P1, P2: a page with its enterprises in one process, with session, scope and cost check, ÷ the same SQL and a map. */
export async function inProcess(rig: Rig, id: 'P1' | 'P2'): Promise<Finding> {
  const first = id === 'P1' ? 50 : 1_000
  // A page of the app ends at 500; the protocol asks for 1,000 rows.
  useReadLimits({ ...READ_LIMITS, page: first })
  const graph = await inside(rig, { page: first, points: Math.max(LIMITS.points, first * 20) })
  try {
    const [target, rounds] = id === 'P1' ? [4, 300] : [4.5, 200]
    return await compared(rig, { id, target, rounds, ours: page(graph, first), theirs: barePage(graph, first), note: `${first} rows` })
  } finally {
    useReadLimits(READ_LIMITS)
    await graph.close()
  }
}

export const page = (graph: Inside, first: number) => () => graph.ask(LIST, { first })
export const barePage =
  ({ store }: Inside, first: number) =>
  async () =>
    JSON.stringify({ data: { hazards: { nodes: (await store.reader.all(BARE_LIST, [first])).map((row: PlainRow) => nested(row)) } } })
