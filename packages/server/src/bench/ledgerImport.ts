import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import { readXlsx } from 'hucre/xlsx'
import pg from 'pg'
import { readConfig } from '../config.js'
import { importLedger } from '../ledger/importLedger.js'
import { prepareTown } from '../seed/prepareTown.js'
import { openStore, sqliteFile } from '../store.js'
import { COLUMNS, ledgerFile } from './ledgerFile.js'
import { type Finding, median, round, timed } from './measure.js'
import type { Rig } from './rig.js'

const ROWS = 10_000
const TOWN = '350524106'
const RUNS = 3

/** IMPORT: a ledger of 10,000 rows read, judged, written and logged ÷ the same file read and its rows inserted by hand. */
export async function ledgerImport(rig: Rig): Promise<Finding> {
  const runs: { ratio: number; ours: number; theirs: number }[] = []
  for (let i = 0; i < RUNS; i++) {
    const env = await rig.emptyStore()
    const config = readConfig(env)
    const store = await openStore(config)
    try {
      await prepareTown(store, config)
      const villages = await store.reader.all("select name from division where level = 'VILLAGE' and code like ? order by code", [`${TOWN}%`])
      const bytes = await ledgerFile(
        ROWS,
        villages.map((row) => row['name'] as string),
      )
      const wish = { kind: 'enterprises' as const, bytes, fileName: 'bench.xlsx', town: TOWN }
      const theirs = await timed(() => (env.DATABASE_URL ? bareOnPostgres(bytes, env.DATABASE_URL) : bareOnSqlite(bytes, sqliteFile(config))))
      const ours = await timed(async () => {
        const report = await importLedger(
          { em: store.em({ division: TOWN }), actor: undefined, now: new Date(), request: randomUUID(), reader: store.reader },
          wish,
        )
        if (report.created !== ROWS)
          throw new Error(`IMPORT: ${report.created} of ${ROWS} rows were written; ${report.rows.find((row) => row.outcome === 'error')?.message ?? ''}`)
      })
      runs.push({ ratio: ours / theirs, ours, theirs })
    } finally {
      await store.close()
    }
  }
  const worst = runs.reduce((a, b) => (a.ratio > b.ratio ? a : b))
  return {
    id: 'IMPORT',
    engine: rig.engine,
    rows: ROWS,
    ratio: round(worst.ratio),
    target: 6,
    note: `at most; ${seconds(worst.ours)} ÷ ${seconds(worst.theirs)}, worst of ${RUNS} (median ${round(median(runs.map((run) => run.ratio)))})`,
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`

const TABLE =
  'create table bare_enterprise (id integer primary key, name text not null, uscc text unique, village text, address text, trade text, staff_count integer, principal text, phone text)'

async function rowsOf(bytes: Uint8Array): Promise<unknown[][]> {
  const workbook = await readXlsx(bytes)
  const [sheet] = workbook.sheets
  const rows = sheet!.rows.slice(2).map((row, i) => [i, ...COLUMNS.map((_, column) => row[column] ?? null)])
  if (rows.length !== ROWS) throw new Error(`IMPORT: the bare half read ${rows.length} rows`)
  return rows
}

async function bareOnSqlite(bytes: Uint8Array, file: string): Promise<void> {
  const db = new Database(file)
  try {
    db.exec(TABLE)
    const rows = await rowsOf(bytes)
    const insert = db.prepare(`insert into bare_enterprise values (${rows[0]!.map(() => '?').join(', ')})`)
    db.transaction(() => rows.forEach((row) => insert.run(...row)))()
  } finally {
    db.close()
  }
}

async function bareOnPostgres(bytes: Uint8Array, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(TABLE)
    const rows = await rowsOf(bytes)
    await client.query('begin')
    for (let i = 0; i < rows.length; i += 500) {
      const part = rows.slice(i, i + 500)
      let n = 0
      await client.query(`insert into bare_enterprise values ${part.map((row) => `(${row.map(() => `$${++n}`).join(', ')})`).join(', ')}`, part.flat())
    }
    await client.query('commit')
  } finally {
    await client.end()
  }
}
