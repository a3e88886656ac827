import { setTimeout as pause } from 'node:timers/promises'
import { GROUPS } from './groups.js'
import { type Finding, quantile, round } from './measure.js'
import { startProgram } from '../testing/program.js'
import { dist, type Rig } from './rig.js'

const POINTS = 600
const WARM = 200
const RUNS = 3

/** P7: the slowest hundredth of point queries while an analyst's group-by goes on and on ÷ that of an idle server. */
export async function analyst(rig: Rig): Promise<Finding> {
  // The same server, with an analyst who is never told to wait a minute.
  const server = await startProgram([dist('bench/unhurried.js')], rig.env)
  try {
    const [town, county] = [await rig.signIn('town'), await rig.signIn('county')]
    const ids = (await rig.ask<{ hazards: { nodes: { id: string }[] } }>(town, '{ hazards(first: 500) { nodes { id } } }')).hazards.nodes.map(({ id }) => id)
    const ask = async (token: string, query: string, variables: object = {}) => {
      const reply = await fetch(`http://127.0.0.1:${server.port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      })
      const { errors } = (await reply.json()) as { errors?: { message: string }[] }
      if (errors) throw new Error(errors[0]!.message)
    }
    const point = (i: number) => ask(town, 'query ($id: ID!) { hazard(id: $id) { number stage description enterprise { name } } }', { id: ids[i % ids.length] })
    const p99 = async (times: number) => {
      const took: number[] = []
      for (let i = 0; i < times; i++) {
        const started = performance.now()
        await point(i)
        took.push(performance.now() - started)
        await pause(2)
      }
      return quantile(took, 0.99)
    }
    await p99(WARM)
    const runs: { idle: number; busy: number; asked: number }[] = []
    for (let i = 0; i < RUNS; i++) {
      const idle = await p99(POINTS)
      let asked = 0
      let going = true
      const analysing = (async () => {
        for (; going; asked++) await ask(county, GROUPS)
      })()
      const busy = await p99(POINTS)
      going = false
      await analysing
      runs.push({ idle, busy, asked })
    }
    const worst = runs.reduce((a, b) => (a.busy / a.idle > b.busy / b.idle ? a : b))
    return {
      ...{ id: 'P7', engine: rig.engine, rows: rig.rows, ratio: round(worst.busy / worst.idle), target: 3 },
      note: `at most; p99 ${worst.busy.toFixed(1)} ÷ ${worst.idle.toFixed(1)} ms while ${worst.asked} group-bys ran, worst of ${RUNS} runs of ${POINTS}`,
    }
  } finally {
    await server.stop()
  }
}
