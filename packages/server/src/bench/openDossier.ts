import { askedNow } from '../dossier/askedNow.js'
import { evidenceOf, type Query } from '../dossier/evidence.js'
import { dayOf } from '../shared/days.js'
import { inside } from './inside.js'
import { type Finding, interleaved, median, round, timed } from './measure.js'
import type { Rig } from './rig.js'

const PAGE = `query ($enterprise: ID!) { dossierOf(enterprise: $enterprise) { startedOn percent complete partsComplete demanded met
  parts { part demanded met percent complete requirements { id code title demand kind source element needsValidUntil validMonths gap words records
    documents { id version issue title responsible validFrom validUntil state inForce returnReason submittedBy submittedByRole station files { id name url } } } }
  expiring { record name expiresOn daysLeft } } }`
const ROUNDS = 60
const RUNS = 3

/** D1: opening a dossier as its page asks, judged part by part with every version and file ÷ the bare statements that its rows take. */
export async function openDossier(rig: Rig): Promise<Finding> {
  const graph = await inside(rig)
  try {
    const { reader } = graph.store
    const query: Query = (sql, params) => reader.all(sql, params)
    const [most] = await query('select enterprise_id as id, count(*) as n from dossier_document group by enterprise_id order by n desc, id limit 1', [])
    const id = String(most!['id'])
    const ours = () => graph.ask(PAGE, { enterprise: id })
    const theirs = async () => {
      const asked = await askedNow(query)
      const evidence = await evidenceOf(query, [id], asked, dayOf(new Date()))
      const documents = await query('select * from dossier_document where enterprise_id = ? order by issue desc', [id])
      const files = await query(
        "select a.id, a.name from attachment a join dossier_document d on d.id = a.of_record where a.of_thing = 'DossierDocument' and d.enterprise_id = ?",
        [id],
      )
      return JSON.stringify({ asked, facts: evidence.get(id)!.facts, documents, files })
    }
    const layers = { ours: () => timed(ours), theirs: () => timed(theirs) }
    await interleaved(layers, ROUNDS / 4)
    const runs = []
    for (let i = 0; i < RUNS; i++) {
      const measured = await interleaved(layers, ROUNDS)
      runs.push({ ours: median(measured.ours), theirs: median(measured.theirs) })
    }
    const worst = runs.reduce((a, b) => (a.ours / a.theirs > b.ours / b.theirs ? a : b))
    return {
      ...{ id: 'D1', engine: rig.engine, rows: rig.rows, ratio: round(worst.ours / worst.theirs), target: 4 },
      note: `at most; ${String(most!['n'])} versions: p50 ${worst.ours.toFixed(2)} ÷ ${worst.theirs.toFixed(2)} ms, worst of ${RUNS} runs of ${ROUNDS}`,
    }
  } finally {
    await graph.close()
  }
}
