import { randomUUID } from 'node:crypto'
import { execute } from 'graphql'
import { contextFor } from '../app.js'
import { readConfig } from '../config.js'
import { authenticate } from '../person/authenticate.js'
import { buildGraph } from '../schema.js'
import { Door } from '../shared/door.js'
import type { PlainRow } from '../shared/read/reader.js'
import { openStore } from '../store.js'
import { BARE_LIST, nested } from './bareList.js'
import { LIST } from './list.js'
import { canonical, type Finding, interleaved, median, round, timed } from './measure.js'
import type { Rig } from './rig.js'

const ROUNDS = 300
const RUNS = 3
const noReply = { sessionDays: 0, setSession: () => undefined, clearSession: () => undefined }

/** P1: a page of 50 with its enterprises in one process, with session, scope and cost check, ÷ the same SQL and a map. */
export async function inProcess(rig: Rig): Promise<Finding> {
  const token = await rig.signIn('admin')
  const store = await openStore(readConfig(rig.env))
  try {
    const door = new Door(buildGraph(), { introspection: false, report: () => undefined })
    const ours = async () => {
      const now = new Date()
      const known = await authenticate(store.reader, token, now)
      const prepared = door.prepare({ query: LIST, variables: { first: 50 } }, known?.actor)
      if (!('document' in prepared)) throw new Error('P1: the query was refused')
      const context = contextFor(store, { actor: known!.actor, session: known!.session, now, request: randomUUID(), address: '', device: '', reply: noReply })
      return JSON.stringify(await execute({ schema: door.schema, document: prepared.document, variableValues: { first: 50 }, contextValue: context }))
    }
    const theirs = async () => JSON.stringify({ data: { hazards: { nodes: (await store.reader.all(BARE_LIST, [50])).map((row: PlainRow) => nested(row)) } } })
    if (canonical(JSON.parse(await ours())) !== canonical(JSON.parse(await theirs()))) throw new Error('P1: the two answers differ')
    await interleaved({ ours: () => timed(ours), theirs: () => timed(theirs) }, 100)
    const runs: { ratio: number; ours: number; theirs: number }[] = []
    for (let i = 0; i < RUNS; i++) {
      const measured = await interleaved({ ours: () => timed(ours), theirs: () => timed(theirs) }, ROUNDS)
      const p50 = { ours: median(measured.ours), theirs: median(measured.theirs) }
      runs.push({ ...p50, ratio: p50.ours / p50.theirs })
    }
    const worst = runs.reduce((a, b) => (a.ratio > b.ratio ? a : b))
    return {
      id: 'P1',
      engine: rig.engine,
      rows: rig.rows,
      ratio: round(worst.ratio),
      target: 4,
      note: `at most; p50 ${worst.ours.toFixed(2)} ÷ ${worst.theirs.toFixed(2)} ms, worst of ${RUNS} runs of ${ROUNDS}`,
    }
  } finally {
    await store.close()
  }
}
