import { parseArgs } from 'node:util'
import { analyst } from '../bench/analyst.js'
import { burst } from '../bench/burst.js'
import { colors } from '../bench/colors.js'
import { boardCounts } from '../bench/boardCounts.js'
import { closure } from '../bench/closure.js'
import { exported } from '../bench/exported.js'
import { memory, startTime } from '../bench/footprint.js'
import { groups } from '../bench/groups.js'
import { fanOut } from '../bench/fanOut.js'
import { growth } from '../bench/growth.js'
import { ledgerImport } from '../bench/ledgerImport.js'
import { letterBatch } from '../bench/letterBatch.js'
import { list } from '../bench/list.js'
import { live } from '../bench/live.js'
import { liveBoards } from '../bench/liveBoards.js'
import type { Finding } from '../bench/measure.js'
import { inProcess } from '../bench/inProcess.js'
import { nodes } from '../bench/nodes.js'
import { openDossier } from '../bench/openDossier.js'
import { openRig, type Rig } from '../bench/rig.js'
import { statements } from '../bench/statements.js'
import { tiles } from '../bench/tiles.js'
import { worst } from '../bench/worst.js'
import { yearOfVisits } from '../bench/yearOfVisits.js'
import type { Engine } from '../shared/read/reader.js'

/** `bench`: what Anbiao costs, as ratios against a hand-written baseline in the same run. */
const BENCHES: Record<string, { title: string; run: (rig: Rig) => Promise<Finding>; only?: Engine }> = {
  R1: { title: 'colours of 1,000 enterprises × 20 risk points ÷ bare SQL and a loop', run: colors },
  START: { title: 'start on an existing store ÷ 5 s', run: startTime },
  RSS: { title: 'resident memory ÷ 250 MB', run: memory },
  P1: { title: 'a page of 50 in process ÷ bare SQL and a map', run: (rig) => inProcess(rig, 'P1') },
  P2: { title: '1,000 rows in process ÷ bare SQL and a map', run: (rig) => inProcess(rig, 'P2') },
  P3: { title: 'groups over all hazards ÷ the same SQL by hand', run: groups },
  P4: { title: 'a board from its counters ÷ the group-bys it replaces', run: boardCounts },
  P5: { title: '50 hazards with enterprises over HTTP ÷ bare Fastify', run: (rig) => list(rig, 'P5') },
  P6: { title: 'one hazard over HTTP ÷ bare Fastify', run: (rig) => list(rig, 'P6') },
  P7: { title: 'point queries beside an analyst, p99 ÷ p99 idle', run: analyst },
  P8: { title: 'CPU of a board message to 500 boards ÷ a bare socket of one string', run: (rig) => fanOut(rig, 'P8') },
  P9: { title: 'lateness of board messages to 500 boards, p99 ÷ a bare socket', run: (rig) => fanOut(rig, 'P9') },
  P9B: { title: 'the same to 2,000 boards', run: (rig) => fanOut(rig, 'P9B', 1_990) },
  P10: { title: 'closing a hazard ÷ a bare transaction with the same statements', run: closure },
  P11: { title: 'a whole list as CSV ÷ reading and quoting its rows', run: exported },
  P12: { title: 'statements of an operation ÷ 1 + its to-many levels', run: statements },
  P13: { title: 'the worst operation taken ÷ a page of 50', run: worst },
  P14: { title: 'a page of 50 on ten times the hazards ÷ on these', run: (rig) => growth(rig, say) },
  D1: { title: 'opening a dossier ÷ the bare statements of its rows', run: openDossier },
  TILES: { title: 'whatever a wall and its room ask for, p95 ÷ 300 ms from cold and ÷ 50 ms warm', run: tiles },
  LIVE: { title: 'hazard close to board update, 50 boards, p99 ÷ 1 s', run: live },
  LIVE50: { title: 'hazard close to its frame on 50 boards in a real browser, p99 ÷ 1 s', run: liveBoards },
  NODES: { title: 'hazard close at one process to 50 boards of another ÷ to those of its own', run: nodes, only: 'postgres' },
  MEMORY: { title: 'resident memory after 1,000 closures over 500 boards ÷ before', run: burst },
  V1: { title: 'a year’s visits of 1,000 enterprises ÷ the bare loop', run: yearOfVisits },
  L1: { title: '600 letters issued, as PDF and as Word ÷ 20 s, or memory ÷ 400 MB', run: letterBatch },
  IMPORT: { title: 'ledger of 10,000 rows ÷ bare parse and insert', run: ledgerImport },
}
const ENGINES: readonly Engine[] = ['sqlite', 'postgres']

const USAGE = `npx pnpm bench [--only ${Object.keys(BENCHES).join(',')}] [--engine ${ENGINES.join('|')}] [--rows N] [--json]

  --only    only these
  --engine  only this one; both without it
  --rows    hazards in the store (at least those of the demo town)
  --json    prints an array of { id, engine, rows, ratio, target, note }

${Object.entries(BENCHES)
  .map(([id, { title }]) => `  ${id.padEnd(7)} ${title}`)
  .join('\n')}`

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    engine: { type: 'string' },
    rows: { type: 'string', default: '20000' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
})
if (values.help) {
  console.log(USAGE)
  process.exit(0)
}
const wanted = values.only?.split(',').map((id) => id.trim().toUpperCase()) ?? Object.keys(BENCHES)
const engines = values.engine ? [values.engine as Engine] : ENGINES
const rows = Number(values.rows)
if (!Number.isInteger(rows) || rows < 1 || wanted.some((id) => !BENCHES[id]) || engines.some((engine) => !ENGINES.includes(engine))) {
  console.error(USAGE)
  process.exit(2)
}

const say = (text: string) => process.stderr.write(`${text}\n`)
const findings: Finding[] = []
for (const engine of engines) {
  const rig = await openRig(engine, rows, say)
  try {
    for (const id of Object.keys(BENCHES).filter((one) => wanted.includes(one) && (BENCHES[one]!.only ?? engine) === engine)) {
      say(`${engine}: ${id} ${BENCHES[id]!.title}`)
      const finding = await BENCHES[id]!.run(rig)
      findings.push(finding)
      if (!values.json) console.log(lineOf(finding))
    }
  } finally {
    await rig.close()
  }
}
if (values.json) console.log(JSON.stringify(findings, null, 2))

function lineOf({ id, engine, rows, ratio, target, note }: Finding): string {
  const good = ratio !== null && (note.startsWith('at least') ? ratio >= target : ratio <= target)
  return `${good ? '✓' : '✗'} ${id.padEnd(7)} ${engine.padEnd(8)} ${String(rows).padStart(8)} rows  ${String(ratio ?? '—').padStart(6)}  target ${target}  ${note}`
}
