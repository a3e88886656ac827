import { setTimeout as pause } from 'node:timers/promises'
import { type Finding, quantile, round } from './measure.js'
import { residentMb } from '../testing/program.js'
import type { Rig } from './rig.js'

const LETTERS = 600
const PAGE = 300
const LIMIT_S = 20
const LIMIT_MB = 400

interface Batch {
  id: string
  state: string
  url: string | null
}

/**
 * L1: 600 letters issued with their numbers and four copies each, then all of them as one PDF and as one Word file, while
 * somebody else works: seconds of all three ÷ 20 s, or the server's memory ÷ 400 MB, whichever is worse.
 */
export async function letterBatch(rig: Rig): Promise<Finding> {
  await rig.restart()
  const town = await rig.signIn('town')
  const firms = await enterprises(rig, town)
  const watch = beside(rig, town)
  const [ids, issuing] = await measured(async () => {
    const year = new Date().getFullYear() + 1
    const { lettersIssue } = await rig.ask<{ lettersIssue: { letters: string[] } }>(
      town,
      'mutation ($ids: [ID!], $year: Int) { lettersIssue(kind: NOTICE, firms: { ids: $ids }, facts: { year: $year }) { letters } }',
      { ids: firms, year },
    )
    return lettersIssue.letters
  })
  if (ids.length !== firms.length) throw new Error(`L1: ${ids.length} of ${firms.length} letters were issued`)
  const [pdf, printing] = await measured(() => print(rig, town, ids, 'PDF'))
  const [word, writing] = await measured(() => print(rig, town, ids, 'DOCX'))
  const { most, p99, slowest } = await watch.stop()
  const seconds = issuing + printing + writing
  const mb = most ?? 0
  const times = `issued ${issuing.toFixed(1)} s, PDF ${printing.toFixed(1)} s (${size(pdf)}), Word ${writing.toFixed(1)} s (${size(word)})`
  return {
    ...{ id: 'L1', engine: rig.engine, rows: ids.length, ratio: round(Math.max(seconds / LIMIT_S, mb / LIMIT_MB)), target: 1 },
    note: `at most; ${times}; memory ${most === null ? 'unknown' : `${Math.round(mb)} MB of ${LIMIT_MB} MB`}; a page beside it p99 ${Math.round(p99)} ms, slowest ${Math.round(slowest)} ms`,
  }
}

const size = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`

async function measured<T>(work: () => Promise<T>): Promise<[T, number]> {
  const from = performance.now()
  const made = await work()
  return [made, (performance.now() - from) / 1000]
}

async function enterprises(rig: Rig, token: string): Promise<string[]> {
  const ids: string[] = []
  for (let offset = 0; ids.length < LETTERS; offset += PAGE) {
    const { enterprises: found } = await rig.ask<{ enterprises: { nodes: { id: string }[] } }>(
      token,
      'query ($first: Int!, $offset: Int!) { enterprises(first: $first, offset: $offset, where: { closedOn: { isNull: true } }) { nodes { id } } }',
      { first: PAGE, offset },
    )
    ids.push(...found.nodes.map(({ id }) => id))
    if (found.nodes.length < PAGE) break
  }
  return ids.slice(0, LETTERS)
}

/** One batch to its end, and its file read to the last byte. */
async function print(rig: Rig, token: string, ids: string[], format: string): Promise<number> {
  const shown = '{ id state url }'
  const { letterBatchStart } = await rig.ask<{ letterBatchStart: Batch }>(
    token,
    `mutation ($ids: [ID!], $format: PaperFormat!) { letterBatchStart(selection: { ids: $ids }, format: $format) ${shown} }`,
    { ids, format },
  )
  for (let batch = letterBatchStart; ; await pause(50)) {
    if (batch.state === 'FAILED') throw new Error('L1: the batch was not made')
    if (batch.url) return download(rig, token, batch.url)
    batch = (await rig.ask<{ letterBatch: Batch }>(token, `query ($id: ID!) { letterBatch(id: $id) ${shown} }`, { id: batch.id })).letterBatch
  }
}

async function download(rig: Rig, token: string, url: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${rig.server.port}${url}`, { headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`L1: ${url} answered ${answer.status}`)
  return (await answer.arrayBuffer()).byteLength
}

/** Somebody who turns pages all the while, and the server's memory. */
function beside(rig: Rig, token: string): { stop(): Promise<{ most: number | null; p99: number; slowest: number }> } {
  let going = true
  let most = residentMb(rig.server.pid)
  const waits: number[] = []
  const work = (async () => {
    while (going) {
      const from = performance.now()
      await rig.ask(token, '{ hazards(first: 20) { nodes { id number stage } } }')
      waits.push(performance.now() - from)
      const now = residentMb(rig.server.pid)
      if (now !== null) most = Math.max(most ?? 0, now)
      await pause(20)
    }
  })()
  return {
    stop: async () => {
      going = false
      await work
      return { most, p99: quantile(waits, 0.99), slowest: Math.max(...waits) }
    },
  }
}
