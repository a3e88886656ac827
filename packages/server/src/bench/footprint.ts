import { setTimeout as pause } from 'node:timers/promises'
import { requestsPerSecond } from './load.js'
import { type Finding, round } from './measure.js'
import { residentMb } from '../testing/program.js'
import type { Rig } from './rig.js'

const LIMIT_MB = 250
const LIMIT_START_S = 5

/** RSS: resident memory of the server when nobody asks, ÷ 250 MB; the note has it after ten seconds of long pages too. */
export async function memory(rig: Rig): Promise<Finding> {
  await rig.restart()
  await pause(5_000)
  const idle = residentMb(rig.server.pid)
  const headers = { authorization: `Bearer ${await rig.signIn('admin')}` }
  const body = JSON.stringify({
    query: '{ hazards(first: 90) { nodes { id number description place stage severity foundOn dueOn enterprise { id name } } } }',
  })
  await requestsPerSecond({ port: rig.server.port, method: 'POST', path: '/graphql', headers, body }, 10, 10_000)
  const loaded = residentMb(rig.server.pid)
  const mb = (value: number | null) => (value === null ? 'unknown' : `${Math.round(value)} MB`)
  return {
    ...{ id: 'RSS', engine: rig.engine, rows: rig.rows, ratio: idle === null ? null : round(idle / LIMIT_MB), target: 1 },
    note: `at most; idle ${mb(idle)} of ${LIMIT_MB} MB, after 10 s of pages of 500 rows ${mb(loaded)}`,
  }
}

/** START: from the start of the process on an existing store to the address printed, ÷ 5 s; the worst of three. */
export async function startTime(rig: Rig): Promise<Finding> {
  const seconds: number[] = []
  for (let i = 0; i < 3; i++) {
    await rig.restart()
    seconds.push(rig.server.upAfterMs / 1000)
  }
  const worst = Math.max(...seconds)
  return {
    id: 'START',
    engine: rig.engine,
    rows: rig.rows,
    ratio: round(worst / LIMIT_START_S),
    target: 1,
    note: `at most; ${worst.toFixed(1)} s of ${LIMIT_START_S} s, worst of ${seconds.length}`,
  }
}
