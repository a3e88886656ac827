import { requestsPerSecond, answer, type Asking } from './load.js'
import { canonical, type Finding, interleaved, median, round } from './measure.js'
import { startProgram } from '../testing/program.js'
import { dist, type Rig } from './rig.js'

export const LIST = `query List($first: Int) { hazards(first: $first, orderBy: [{ field: foundOn, dir: DESC }]) {
  nodes { id number description place stage severity foundOn dueOn enterprise { id name } } } }`
const CONNECTIONS = 10
const SLICE_MS = 1_000
const ROUNDS = 5
const RUNS = 3

/** P5, P6: hazards with their enterprises over HTTP, as requests per second ÷ those of a bare endpoint on the same data. */
export async function list(rig: Rig, id: 'P5' | 'P6'): Promise<Finding> {
  const first = id === 'P5' ? 50 : 1
  const token = await rig.signIn('admin')
  const bare = await startProgram([dist('bench/bare.js')], rig.env)
  try {
    const ours: Asking = {
      port: rig.server.port,
      method: 'POST',
      path: '/graphql',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: LIST, variables: { first } }),
    }
    const theirs: Asking = { port: bare.port, method: 'GET', path: `/list?first=${first}` }
    const { data } = (await answer(ours)) as { data: unknown }
    if (canonical({ data }) !== canonical(await answer(theirs))) throw new Error(`${id}: the two answers differ`)
    const slice = (asking: Asking) => () => requestsPerSecond(asking, CONNECTIONS, SLICE_MS)
    for (const asking of [ours, theirs]) await requestsPerSecond(asking, CONNECTIONS, 2 * SLICE_MS)
    const runs: { ratio: number; ours: number; theirs: number }[] = []
    for (let i = 0; i < RUNS; i++) {
      const measured = await interleaved({ ours: slice(ours), theirs: slice(theirs) }, ROUNDS)
      const rate = { ours: median(measured.ours), theirs: median(measured.theirs) }
      runs.push({ ...rate, ratio: rate.ours / rate.theirs })
    }
    const worst = runs.reduce((a, b) => (a.ratio < b.ratio ? a : b))
    const note = `at least; ${first} ${first === 1 ? 'row' : 'rows'}, ${CONNECTIONS} connections: ${Math.round(worst.ours)} ÷ ${Math.round(worst.theirs)} req/s, worst of ${RUNS} runs`
    return { id, engine: rig.engine, rows: rig.rows, ratio: round(worst.ratio), target: id === 'P5' ? 0.4 : 0.55, note }
  } finally {
    await bare.stop()
  }
}
