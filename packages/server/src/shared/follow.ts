import { setImmediate as breath } from 'node:timers/promises'
import { allThings } from './datum.js'
import type { PlainRow, Reader } from './read/reader.js'
import { Refusal } from './refusal.js'
import { inScope, type Scope, type ScopedRow } from './scope.js'
import { BATCH, watchOf } from './wake.js'

/** A row of the log as its followers see it. */
export interface LogRow {
  seq: number
  /** What to resume from: the seq, and a piece of the chain that only this very log has there. */
  cursor: string
  at: string
  act: string
  thing: string
  record: string
  diff: Record<string, [unknown, unknown]>
}
/** The place to resume from is not in this log: whoever follows must read everything anew, then goes on from here. */
export interface Reset {
  reset: true
  seq: number
  cursor: string
}
export interface Following {
  /** The cursor or seq of the last row that was handled; left out: from now on. The log is kept for ever, so that no place in it grows too old. */
  after?: string | undefined
  thing?: string
  /** Only rows that stand, or stood before the change, inside it; left out: all rows, for jobs of the system itself. */
  scope?: Scope
  signal?: AbortSignal
}

/**
 * Every row of the log behind a place, once, in order, and then each new one as it commits. The log itself is the
 * queue: a follower holds a seq and one batch, so that a slow one costs nothing and loses nothing.
 */
export async function* follow(reader: Reader, { after, thing, scope, signal }: Following): AsyncGenerator<LogRow | Reset, void, undefined> {
  const watch = watchOf(reader)
  const begin = await placeOf(reader, after)
  let { seq } = begin
  if (begin.reset) yield { reset: true, seq, cursor: cursorOf(seq, await hashAt(reader, seq)) }
  while (!signal?.aborted) {
    const turn = watch.turn()
    const rows = await watch.rowsAfter(seq, thing)
    for (const row of rows) {
      if (signal?.aborted) return
      seq = Number(row['seq'])
      const read = logRow(row)
      if (!scope || concerns(scope, row, read)) yield read
    }
    if (rows.length === BATCH) await breath()
    else await watch.grown(turn, signal)
  }
}

/** The seq of the last row that is committed. */
export async function headOf(reader: Reader): Promise<number> {
  const [row] = await reader.all('select seq from chain_head where id = 1')
  return Number(row!['seq'])
}

/** The end of the log now, as a place to resume from. */
export async function cursorNow(reader: Reader): Promise<string> {
  const seq = await headOf(reader)
  return cursorOf(seq, await hashAt(reader, seq))
}

const CURSOR = /^(\d{1,15})(?:\.([0-9a-f]{12}))?$/
const markOf = (hash: string) => hash.slice(0, 12)
const cursorOf = (seq: number, hash: string) => (hash ? `${seq}.${markOf(hash)}` : String(seq))

async function placeOf(reader: Reader, after: string | undefined): Promise<{ seq: number; reset: boolean }> {
  const given = after === undefined ? undefined : CURSOR.exec(after)
  if (given === null) throw new Refusal('BAD_CURSOR', 'after 应为收到的最后一个 cursor 或 seq')
  const head = await headOf(reader)
  if (!given) return { seq: head, reset: false }
  const [seq, mark] = [Number(given[1]), given[2]]
  // Ahead of the log, before it, or from another: a backup was brought back, and what was written since is not what was told.
  const [row] = await reader.all('select min(seq) as first from change')
  const known = seq <= head && seq >= Number(row!['first'] ?? head + 1) - 1 && (mark === undefined || markOf(await hashAt(reader, seq)) === mark)
  return known ? { seq, reset: false } : { seq: head, reset: true }
}

const hashAt = async (reader: Reader, seq: number) =>
  ((await reader.all('select hash from change where seq = ?', [seq]))[0]?.['hash'] as string | undefined) ?? ''

const logRow = (row: PlainRow): LogRow => ({
  seq: Number(row['seq']),
  cursor: cursorOf(Number(row['seq']), row['hash'] as string),
  at: row['at'] as string,
  act: row['act'] as string,
  thing: row['thing'] as string,
  record: row['record'] as string,
  diff: JSON.parse(row['diff'] as string) as LogRow['diff'],
})

/** Whoever sees the record now, or saw it until this very change, is told. */
function concerns(scope: Scope, row: PlainRow, { thing, diff }: LogRow): boolean {
  const now = { division: row['division'], station: row['station'], enterprise: row['enterprise'], workshop: row['workshop'] } as ScopedRow
  if (inScope(scope, now)) return true
  const columns = allThings().find((one) => one.name === thing)?.scope
  if (!columns) return false
  const before = { ...now }
  for (const key of ['division', 'station', 'enterprise', 'workshop'] as const) {
    const was = diff[columns[key] ?? '']?.[0]
    if (was !== undefined) before[key] = was as string | null
  }
  return before.division != null && inScope(scope, before)
}
