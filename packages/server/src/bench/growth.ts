import { inside } from './inside.js'
import { page } from './inProcess.js'
import { type Finding, interleaved, median, round, timed } from './measure.js'
import { openRig, type Rig } from './rig.js'

const TIMES = 10
const ROUNDS = 300
const RUNS = 3

/** P14: the page of 50 on ten times as many hazards ÷ the same on these. */
export async function growth(rig: Rig, say: (text: string) => void): Promise<Finding> {
  const large = await openRig(rig.engine, rig.rows * TIMES, say)
  const [few, many] = [await inside(rig), await inside(large)]
  try {
    const layers = { few: () => timed(page(few, 50)), many: () => timed(page(many, 50)) }
    await interleaved(layers, 100)
    const ratios: number[] = []
    let note = ''
    for (let i = 0; i < RUNS; i++) {
      const measured = await interleaved(layers, ROUNDS)
      const [one, other] = [median(measured.many), median(measured.few)]
      if (one / other >= Math.max(0, ...ratios)) note = `p50 ${one.toFixed(2)} ÷ ${other.toFixed(2)} ms`
      ratios.push(one / other)
    }
    return {
      ...{ id: 'P14', engine: rig.engine, rows: large.rows, ratio: round(Math.max(...ratios)), target: 1.3 },
      note: `at most; ${large.rows} ÷ ${rig.rows} hazards: ${note}, worst of ${RUNS} runs`,
    }
  } finally {
    await few.close()
    await many.close()
    await large.close()
  }
}
