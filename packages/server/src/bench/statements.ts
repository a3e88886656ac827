import type { Reader } from '../shared/read/reader.js'
import { inside } from './inside.js'
import { type Finding, round } from './measure.js'
import type { Rig } from './rig.js'

/** Operations with the statements they may take: one for the root with its to-one joins, one for each to-many level. */
const OPERATIONS: [string, number][] = [
  ['{ hazards(first: 500) { nodes { number enterprise { name village { name } } town { name } criterion { code } } } }', 1],
  ['{ enterprises(first: 200) { nodes { name hazards(first: 20) { nodes { number enterprise { name } } } } } }', 2],
  ['{ divisionsConnection(first: 50) { nodes { name enterprises(first: 10) { nodes { name hazards(first: 5) { nodes { number } } } } } } }', 3],
]

/** P12: statements of an operation ÷ (1 + its to-many levels), the worst; exactly 1. */
export async function statements(rig: Rig): Promise<Finding> {
  const graph = await inside(rig)
  try {
    const { reader } = graph.store
    let count = 0
    for (const one of [reader, reader.heavy] as Pick<Reader, 'all'>[]) {
      const all = one.all.bind(one)
      // Who asks is found out beside, whatever is asked.
      one.all = (sql, params) => ((count += /from session/.test(sql) ? 0 : 1), all(sql, params))
    }
    const ratios: number[] = []
    for (const [query, allowed] of OPERATIONS) {
      await graph.ask(query) // what is looked up once and kept
      count = 0
      await graph.ask(query)
      ratios.push(count / allowed)
    }
    const note = `exactly; ${OPERATIONS.map(([, allowed], i) => `${Math.round(ratios[i]! * allowed)} of ${allowed}`).join(', ')} statements`
    return { id: 'P12', engine: rig.engine, rows: rig.rows, ratio: round(Math.max(...ratios)), target: 1, note }
  } finally {
    await graph.close()
  }
}
