import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Act } from '../shared/act.js'
import type { Day } from '../shared/days.js'
import type { LedgerShape, Table } from './table.js'
import type { Query } from './town.js'
import type { Accepted, Judged } from './verdict.js'

export type LedgerKind = 'enterprises' | 'hazards'

/** Called between rows; awaits to let other work in when nothing is locked. */
export type Tick = (done: number) => Promise<void> | void

export interface Judging {
  query: Query
  town: string
  today: Day
  tick: Tick
}
export interface Writing {
  act: Act
  now: Date
  tick: Tick
}

/** One kind of ledger: its shape on paper, its verdicts, and what is written for a row that is accepted. */
export interface Ledger<Field extends string, Said> {
  kind: LedgerKind
  shape: LedgerShape<Field>
  judge(table: Table<Field>, judging: Judging): Promise<Judged<Said>[]>
  write(accepted: readonly Accepted<Said>[], writing: Writing): Promise<void>
}

/** Reads row after row, saying how far it is. */
export async function eachRow<Row, Read>(rows: readonly Row[], read: (row: Row) => Read, tick: Tick): Promise<Read[]> {
  const reads: Read[] = []
  for (const row of rows) {
    reads.push(read(row))
    if (reads.length % 250 === 0) await tick(reads.length)
  }
  return reads
}

/** The records that a later ledger changes, by id. */
export async function recordsOf<Record extends { id: string }>(
  em: SqlEntityManager,
  target: new () => Record,
  ids: readonly string[],
): Promise<Map<string, Record>> {
  const found = new Map<string, Record>()
  for (let i = 0; i < ids.length; i += 1000)
    for (const one of await em.find<Record>(target, { id: { $in: ids.slice(i, i + 1000) } } as never)) found.set(one.id, one)
  return found
}
