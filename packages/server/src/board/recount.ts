import type { SqlEntityManager } from '@mikro-orm/sql'
import { isSqlite, run } from '../shared/run.js'
import { countedOf, countedSql } from './countedRow.js'
import { type Cell, Counting, type CountTable, TABLES } from './counts.js'
import { addCells } from './keepCounts.js'

const ROWS_AT_ONCE = 5_000

/** A cell of the counts that says something else than the rows do. */
export interface Wrong {
  table: CountTable
  key: string[]
  kept: number[]
  counted: number[]
}

/**
 * Counts every hazard and compares; with `repair` what was wrong is put right in the same transaction. Writers wait at
 * the counts meanwhile: what they have not counted yet is not seen here either.
 */
export async function recount(em: SqlEntityManager, { repair }: { repair: boolean }): Promise<{ hazards: number; wrong: Wrong[] }> {
  return em.transactional(async (tx) => {
    const em = tx as SqlEntityManager
    if (isSqlite(em)) await run(em, 'update chain_head set seq = seq where id = 0')
    else await run(em, `lock table ${Object.keys(TABLES).join(', ')} in share row exclusive mode`)
    const { counting, hazards } = await countAll(em)
    const wrong = (await Promise.all((Object.keys(TABLES) as CountTable[]).map((table) => compare(em, table, counting)))).flat()
    if (!repair || !wrong.length) return { hazards, wrong }
    for (const table of Object.keys(TABLES) as CountTable[]) {
      await run(em, `delete from ${table}`)
      await addCells(em, table, counting)
    }
    return { hazards, wrong }
  })
}

async function countAll(em: SqlEntityManager): Promise<{ counting: Counting; hazards: number }> {
  const counting = new Counting()
  for (let hazards = 0, after = ''; ;) {
    const rows = await run(em, `select t.id as id, ${countedSql('t')} from hazard t where t.id > ? order by t.id limit ${ROWS_AT_ONCE}`, [after])
    for (const row of rows) counting.add(countedOf(row), 1)
    hazards += rows.length
    if (rows.length < ROWS_AT_ONCE) return { counting, hazards }
    after = rows[rows.length - 1]!['id'] as string
  }
}

async function compare(em: SqlEntityManager, table: CountTable, counting: Counting): Promise<Wrong[]> {
  const { key, sums } = TABLES[table]
  const rows = await run(em, `select ${[...key, ...sums].map((column) => `"${column}"`).join(', ')} from ${table}`)
  const nothing = sums.map(() => 0)
  const all = new Map<string, Wrong>()
  const of = (cell: Pick<Cell, 'key'>): Wrong => {
    const name = cell.key.join('\n')
    const known = all.get(name) ?? { table, key: cell.key, kept: nothing, counted: nothing }
    all.set(name, known)
    return known
  }
  for (const row of rows) of({ key: key.map((column) => String(row[column])) }).kept = sums.map((sum) => Number(row[sum]))
  for (const cell of counting.cells(table)) of(cell).counted = cell.sums
  return [...all.values()].filter(({ kept, counted }) => kept.some((sum, i) => sum !== counted[i]))
}
