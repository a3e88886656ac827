import { canonical, type Finding, interleaved, median, round, timed } from './measure.js'
import type { Rig } from './rig.js'

const RUNS = 3

interface Compared {
  id: string
  target: number
  /** Rounds of each run, after a quarter as many to warm up. */
  rounds: number
  /** The answers as the texts that would be sent. */
  ours: () => Promise<string>
  theirs: () => Promise<string>
  note: string
}

/** Our p50 ÷ theirs, in turns and in random order, the worst of three runs; the two must answer the same before anything is timed. */
export async function compared(rig: Pick<Rig, 'engine' | 'rows'>, { id, target, rounds, ours, theirs, note }: Compared): Promise<Finding> {
  const [one, other] = [canonical(JSON.parse(await ours())), canonical(JSON.parse(await theirs()))]
  if (one !== other) throw new Error(`${id}: the two answers differ\n${one.slice(0, 600)}\n${other.slice(0, 600)}`)
  const layers = { ours: () => timed(ours), theirs: () => timed(theirs) }
  await interleaved(layers, Math.ceil(rounds / 4))
  const runs: { ratio: number; ours: number; theirs: number }[] = []
  for (let i = 0; i < RUNS; i++) {
    const measured = await interleaved(layers, rounds)
    const p50 = { ours: median(measured.ours), theirs: median(measured.theirs) }
    runs.push({ ...p50, ratio: p50.ours / p50.theirs })
  }
  const worst = runs.reduce((a, b) => (a.ratio > b.ratio ? a : b))
  return {
    ...{ id, engine: rig.engine, rows: rig.rows, ratio: round(worst.ratio), target },
    note: `at most; ${note}: p50 ${worst.ours.toFixed(2)} ÷ ${worst.theirs.toFixed(2)} ms, worst of ${RUNS} runs of ${rounds}`,
  }
}
