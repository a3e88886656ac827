import { readdirSync, readFileSync } from 'node:fs'
import { type Finding, median, round } from './measure.js'
import { residentMb, startProgram } from '../testing/program.js'
import { dist, type Rig } from './rig.js'

const RUNS = 3
const QUERY = '{ hazards(orderBy: [{ field: foundOn, dir: DESC }]) { nodes { number description place stage severity foundOn dueOn enterprise { name } } } }'
const GROWTH_MB = 64

/** P11: rows a second of a whole list as CSV ÷ reading the same rows one by one and quoting them; and how much memory the server took for it. */
export async function exported(rig: Rig): Promise<Finding> {
  const headers = { authorization: `Bearer ${await rig.signIn('admin')}`, 'content-type': 'application/json' }
  const bare = await startProgram([dist('bench/bare.js')], rig.env)
  try {
    const ours = () => read(`http://127.0.0.1:${rig.server.port}/q.csv`, { method: 'POST', headers, body: JSON.stringify({ query: QUERY }) })
    const theirs = () => read(`http://127.0.0.1:${bare.port}/csv`, {})
    const [one, other] = [await ours(), await theirs()]
    if (one.lines !== rig.rows + 1 || other.lines !== rig.rows) throw new Error(`P11: ${one.lines - 1} and ${other.lines} rows of ${rig.rows}`)
    const before = family(rig.server.pid)
    const runs: { ratio: number; ours: number; theirs: number }[] = []
    let peak = before
    for (let i = 0; i < RUNS; i++) {
      const look = setInterval(() => (peak = Math.max(peak, family(rig.server.pid))), 100)
      const rates = { ours: (await ours()).rate, theirs: 0 }
      clearInterval(look)
      rates.theirs = (await theirs()).rate
      runs.push({ ...rates, ratio: rates.ours / rates.theirs })
    }
    const worst = runs.reduce((a, b) => (a.ratio < b.ratio ? a : b))
    return {
      ...{ id: 'P11', engine: rig.engine, rows: rig.rows, ratio: round(worst.ratio), target: 0.7 },
      note: `at least; ${Math.round(worst.ours)} ÷ ${Math.round(worst.theirs)} rows/s, memory grew ${Math.round(peak - before)} MB of ${GROWTH_MB} (median ${round(median(runs.map(({ ratio }) => ratio)))})`,
    }
  } finally {
    await bare.stop()
  }
}

async function read(url: string, init: RequestInit): Promise<{ lines: number; rate: number }> {
  const started = performance.now()
  const reply = await fetch(url, init)
  if (!reply.ok || !reply.body) throw new Error(`${url} answered ${reply.status}: ${await reply.text()}`)
  let lines = 0
  let inside = false
  for await (const chunk of reply.body as unknown as AsyncIterable<Uint8Array>)
    for (const byte of chunk) {
      if (byte === 34) inside = !inside
      else if (byte === 10 && !inside) lines++
    }
  return { lines, rate: (lines / (performance.now() - started)) * 1000 }
}

/** Resident memory of a process and its children, in MB. */
function family(pid: number): number {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
  return (residentMb(pid) ?? 0) + children.reduce((sum, child) => sum + (residentMb(Number(child)) ?? 0), 0)
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return undefined
  }
}
