import { createHash } from 'node:crypto'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { insertRows } from './insertRows.js'
import { LOG_CHANNEL } from './read/listen.js'
import { isSqlite, run } from './run.js'

/** What one flush did to one record, before it is given its place in the chain. */
export interface Entry {
  thing: string
  record: string
  act: string
  diff: Record<string, [unknown, unknown]>
  division: string | null
  station: string | null
  enterprise: string | null
  workshop: string | null
  /** Overrides of the act's own values, for what is entered later than it happened (imports, demo history). */
  at?: string
  actor?: string
  request?: string
  reason?: string | null
}
export interface Header {
  at: string
  request: string
  actor: string
  reason: string | null
}
export type Row = Header & Omit<Entry, 'diff' | 'at' | 'actor' | 'request' | 'reason'> & { seq: number; diff: string; hash: string }

export const FIRST_HASH = '0'.repeat(64)

/** The hash of a row: over the hash before it and every column, in this order, as one JSON list. */
export const hashOf = (before: string, row: Omit<Row, 'hash'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        before,
        row.seq,
        row.at,
        row.request,
        row.actor,
        row.act,
        row.reason,
        row.thing,
        row.record,
        row.diff,
        row.division,
        row.station,
        row.enterprise,
        row.workshop,
      ]),
    )
    .digest('hex')

/** What has begun since an instant, the record itself tells (source.ts): its first entry is never of before it began. */
function notBeforeItBegan(at: string, { diff }: Entry): string {
  const [was, began] = diff['createdAt'] ?? []
  return was === null && String(began) > at ? String(began) : at
}

/** Chains entries onto a head; pure, so that a bulk load of a million rows and one act write the very same log. */
export function chain(head: { seq: number; hash: string }, header: Header, entries: Entry[]): Row[] {
  let { seq, hash } = head
  return entries.map((entry) => {
    const row = {
      seq: ++seq,
      at: notBeforeItBegan(entry.at ?? header.at, entry),
      request: entry.request ?? header.request,
      actor: entry.actor ?? header.actor,
      reason: entry.reason ?? header.reason,
      act: entry.act,
      thing: entry.thing,
      record: entry.record,
      diff: JSON.stringify(entry.diff),
      division: entry.division,
      station: entry.station,
      enterprise: entry.enterprise,
      workshop: entry.workshop,
    }
    hash = hashOf(hash, row)
    return { ...row, hash }
  })
}

export const COLUMNS = [
  'seq',
  'at',
  'request',
  'actor',
  'act',
  'reason',
  'thing',
  'record',
  'diff',
  'division',
  'station',
  'enterprise',
  'workshop',
  'hash',
] as const

/**
 * Writes the entries of an act, last thing before its commit. The head row stays locked until the commit, so a seq is
 * given out only after the commit that holds the one before it: a reader that resumes from a seq can miss nothing.
 */
export async function writeLog(em: SqlEntityManager, header: Header, entries: Entry[]): Promise<number> {
  if (!entries.length) return 0
  const [head] = await run<{ seq: string | number; hash: string }>(em, 'update chain_head set seq = seq + ? where id = 1 returning seq, hash', [entries.length])
  if (!head) throw new Error('the log has no head: the store is not migrated')
  const rows = chain({ seq: Number(head.seq) - entries.length, hash: head.hash }, header, entries)
  await insertRows(em, 'change', COLUMNS, rows)
  const last = rows[rows.length - 1]!
  // PostgreSQL tells the other processes at the commit; on SQLite they look.
  await run(em, `update chain_head set hash = ? where id = 1${isSqlite(em) ? '' : ` returning pg_notify('${LOG_CHANNEL}', '')`}`, [last.hash])
  return last.seq
}
