import { loadavg } from 'node:os'
import { recount } from '../board/recount.js'
import { verifyLog } from '../shared/verify.js'
import type { Store } from '../store.js'
import { bareClosure } from './bareClosure.js'
import { inside } from './inside.js'
import { answer } from './load.js'
import { canonical, type Finding, interleaved, median, round, timed } from './measure.js'
import type { Rig } from './rig.js'
import { REVIEWER, type UnderReview, underReview } from './underReview.js'

const ROUNDS = 200
const WARM = 40
const RUNS = 3
const CLOSE = 'mutation ($id: ID!, $version: Int!) { hazardClose(id: $id, version: $version, opinion: "整改到位") { id version stage } }'

/**
 * P10: a closure through the graph, who asks found out and every rule asked ÷ the same rows read and written by hand with
 * the driver; the note has it over HTTP too. What both have written must be the same to the counts and to the log.
 */
export async function closure(rig: Rig): Promise<Finding> {
  const graph = await inside(rig, {}, REVIEWER)
  const bare = await bareClosure(rig)
  try {
    const token = await rig.signIn(REVIEWER)
    const hazards = await underReview(graph.store, 2 + 3 * (WARM + RUNS * ROUNDS))
    const next = () => hazards.pop()!
    const overHttp = ({ id, version }: UnderReview) =>
      answer({
        ...{ port: rig.server.port, method: 'POST', path: '/graphql', headers: { authorization: `Bearer ${token}` } },
        body: JSON.stringify({ query: CLOSE, variables: { id, version } }),
      })
    const layer = (close: (hazard: UnderReview) => Promise<unknown>) => () => {
      const hazard = next()
      return timed(() => close(hazard))
    }
    const layers = { http: layer(overHttp), ours: layer(({ id, version }) => graph.ask(CLOSE, { id, version })), theirs: layer((one) => bare.close(one)) }
    const [one, other] = [next(), next()]
    await graph.ask(CLOSE, { id: one.id, version: one.version })
    await bare.close(other)
    await needSame(graph.store, one, other)
    await interleaved(layers, WARM)
    const runs: { http: number; ours: number; theirs: number }[] = []
    for (let i = 0; i < RUNS; i++) {
      const { http, ours, theirs } = await interleaved(layers, ROUNDS)
      runs.push({ http: median(http), ours: median(ours), theirs: median(theirs) })
    }
    const worst = runs.reduce((a, b) => (a.ours / a.theirs > b.ours / b.theirs ? a : b))
    return {
      ...{ id: 'P10', engine: rig.engine, rows: rig.rows, ratio: round(worst.ours / worst.theirs), target: 6 },
      note: `at most; p50 ${worst.ours.toFixed(2)} ÷ ${worst.theirs.toFixed(2)} ms, over HTTP ${worst.http.toFixed(2)} ms (${round(worst.http / worst.theirs)}), worst of ${RUNS} runs of ${ROUNDS}, load ${loadavg()[0]!.toFixed(1)}`,
    }
  } finally {
    await bare.end()
    await graph.close()
  }
}

/** What ours and theirs left behind is the same: counts that equal the rows, a chain that holds, and log rows of one form. */
async function needSame(store: Store, one: UnderReview, other: UnderReview): Promise<void> {
  const { wrong } = await recount(store.em(undefined), { repair: false })
  if (wrong.length) throw new Error(`P10: the counts are not what the rows say: ${JSON.stringify(wrong.slice(0, 3))}`)
  const { broken } = await verifyLog(store.reader)
  if (broken) throw new Error(`P10: ${broken.sentence}`)
  const logged = async ({ id }: UnderReview) => {
    const rows = await store.reader.all('select act, thing, diff, enterprise is not null as placed from change where record = ? order by seq desc limit 1', [
      id,
    ])
    return canonical(rows.map((row) => ({ ...row, diff: Object.keys(JSON.parse(row['diff'] as string) as object).sort() })))
  }
  if ((await logged(one)) !== (await logged(other))) throw new Error(`P10: the log differs:\n${await logged(one)}\n${await logged(other)}`)
}
