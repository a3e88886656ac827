import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { v4 as uuid } from 'uuid'
import { type CountedRow, countedOf, countedSql } from '../board/countedRow.js'
import { Counting, type CountTable, TABLES } from '../board/counts.js'
import { HazardStage } from '../hazard/terms.js'
import { COLUMNS, hashOf } from '../shared/log.js'
import type { PlainRow } from '../shared/read/reader.js'
import type { Rig } from './rig.js'
import type { UnderReview } from './underReview.js'

type Query = (sql: string, params: readonly unknown[]) => Promise<PlainRow[]> | PlainRow[]

/** A closure as one would write it by hand with the driver alone: the same rows are read and written, nobody is asked who he is. */
export interface BareClosure {
  close(hazard: UnderReview): Promise<void>
  end(): Promise<void>
}

export async function bareClosure(rig: Rig): Promise<BareClosure> {
  const url = rig.env['DATABASE_URL']
  return url ? onPostgres(url) : onSqlite(join(rig.env['DATA_DIR']!, 'anbiao.sqlite'))
}

function onSqlite(file: string): BareClosure {
  const database = new Database(file)
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'busy_timeout = 15000', 'foreign_keys = ON']) database.pragma(pragma)
  const prepared = new Map<string, Database.Statement>()
  const query: Query = (sql, params) => {
    let statement = prepared.get(sql)
    if (!statement) prepared.set(sql, (statement = database.prepare(sql)))
    return statement.reader ? (statement.all(...params) as PlainRow[]) : (statement.run(...params), [])
  }
  return {
    close: (hazard) => inTransaction(query, 'begin immediate', hazard),
    end: () => Promise.resolve(void database.close()),
  }
}

async function onPostgres(url: string): Promise<BareClosure> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const query: Query = async (sql, params) => {
    let n = 0
    return (
      await client.query<PlainRow>(
        sql.replaceAll('?', () => `$${++n}`),
        [...params],
      )
    ).rows
  }
  return { close: (hazard) => inTransaction(query, 'begin', hazard), end: () => client.end() }
}

async function inTransaction(query: Query, begin: string, hazard: UnderReview): Promise<void> {
  await query(begin, [])
  try {
    await closed(query, hazard)
    await query('commit', [])
  } catch (error) {
    await query('rollback', [])
    throw error
  }
}

const BY = { id: 'bench', name: '压测' }

async function closed(query: Query, { id, version }: UnderReview): Promise<void> {
  const [row] = await query(`select t.*, ${countedSql('t')} from hazard t where t.id = ? and t.version = ?`, [id, version])
  if (row?.['stage'] !== 'PENDING_REVIEW') throw new Error('the hazard is not under review')
  const [rule] = await query("select value from setting where key = 'reviewersEnforcement'", [])
  if (row['source'] === 'ENFORCEMENT' && Number(rule?.['value'] ?? 2) > 1) throw new Error('one reviewer is not enough')
  const at = new Date().toISOString()
  await query(
    "update hazard set stage = 'CLOSED', first_reviewer = ?, reviewer_names = ?, review_opinion = ?, closed_at = ?, version = version + 1 where id = ? and version = ?",
    [BY.id, BY.name, '整改到位', at, id, version],
  )
  const before = countedOf(row)
  await count(query, before, { ...before, stage: HazardStage.CLOSED, closedAt: at })
  await log(query, row, at)
}

async function count(query: Query, before: CountedRow, after: CountedRow): Promise<void> {
  const counting = new Counting()
  counting.add(before, -1)
  counting.add(after, 1)
  for (const table of Object.keys(TABLES) as CountTable[]) {
    const { key, sums } = TABLES[table]
    const columns = [...key, ...sums]
    const cells = counting.cells(table)
    await query(
      `insert into ${table} (${columns.join(', ')}) values ${cells.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ')}
        on conflict (${key.join(', ')}) do update set ${sums.map((sum) => `${sum} = ${table}.${sum} + excluded.${sum}`).join(', ')}`,
      cells.flatMap((cell) => [...cell.key, ...cell.sums]),
    )
  }
}

async function log(query: Query, row: PlainRow, at: string): Promise<void> {
  const [head] = await query('update chain_head set seq = seq + 1 where id = 1 returning seq, hash', [])
  const diff = {
    stage: ['PENDING_REVIEW', 'CLOSED'],
    firstReviewer: [null, BY.id],
    reviewerNames: [null, '•'],
    reviewOpinion: [null, '整改到位'],
    closedAt: [null, at],
  }
  const entry = {
    ...{ seq: Number(head!['seq']), at, request: uuid(), actor: BY.id, act: 'hazardClose', reason: null, thing: 'Hazard', record: row['id'] as string },
    ...{ diff: JSON.stringify(diff), division: row['division'] as string, station: row['station'] as string | null },
    ...{ enterprise: row['enterprise_id'] as string, workshop: row['workshop'] as string | null },
  }
  const change = { ...entry, hash: hashOf(head!['hash'] as string, entry) }
  await query(
    `insert into change (${COLUMNS.join(', ')}) values (${COLUMNS.map(() => '?').join(', ')})`,
    COLUMNS.map((column) => change[column]),
  )
  await query('update chain_head set hash = ? where id = 1', [change.hash])
}
