import type { SqlEntityManager } from '@mikro-orm/sql'
import { follows } from '../shared/act.js'
import type { Entry } from '../shared/log.js'
import { run } from '../shared/run.js'
import { COUNTED, countedOf, type CountedRow, countedSql } from './countedRow.js'
import { Counting, type CountTable, TABLES } from './counts.js'

/** After all that others do in the same act, and just before the log: its rows are held no longer than the head of the log. */
const LAST = 200
const ROWS_AT_ONCE = 150

/** Keeps the counts of hazards in the commit that changes them. */
export function keepCounts(): void {
  if (!registered)
    follows(({ em }, entries) => {
      const counted = entries.filter(({ thing, diff }) => thing === 'Hazard' && COUNTED.some((name) => diff[name]))
      return counted.length ? keep(em, counted) : undefined
    }, LAST)
  registered = true
}
let registered = false

async function keep(em: SqlEntityManager, counted: readonly Entry[]): Promise<void> {
  const counting = new Counting()
  const touched = byRecord(counted)
  const standing = await readStanding(
    em,
    [...touched].flatMap(([id, diffs]) => (isNew(diffs[0]!) ? [] : [id])),
  )
  for (const [id, diffs] of touched) {
    const after = isNew(diffs[0]!) ? replay(diffs) : standing.get(id)
    const before = undo(after, diffs)
    if (before) counting.add(before, -1)
    if (after) counting.add(after, 1)
  }
  for (const table of Object.keys(TABLES) as CountTable[]) await addCells(em, table, counting)
}

type Diff = Entry['diff']
const isNew = (diff: Diff) => diff['stage']?.[0] === null
const isGone = (diff: Diff) => diff['stage']?.[1] === null

function byRecord(entries: readonly Entry[]): Map<string, Diff[]> {
  const all = new Map<string, Diff[]>()
  for (const { record, diff } of entries) {
    const diffs = all.get(record)
    if (diffs) diffs.push(diff)
    else all.set(record, [diff])
  }
  return all
}

const EMPTY = { division: null, station: null, foundOn: '', dueOn: null, closedAt: null } as Partial<CountedRow> as CountedRow
const side = (diff: Diff, which: 0 | 1) => Object.fromEntries(COUNTED.filter((name) => diff[name]).map((name) => [name, diff[name]![which]]))

/** What a record that is new in this act has become in it. */
function replay(diffs: readonly Diff[]): CountedRow | undefined {
  return diffs.reduce<CountedRow | undefined>((row, diff) => (isGone(diff) ? undefined : { ...(row ?? EMPTY), ...side(diff, 1) }), undefined)
}

/** What it was before them all. */
function undo(after: CountedRow | undefined, diffs: readonly Diff[]): CountedRow | undefined {
  return diffs.reduceRight<CountedRow | undefined>((row, diff) => (isNew(diff) ? undefined : { ...(row ?? EMPTY), ...side(diff, 0) }), after)
}

async function readStanding(em: SqlEntityManager, ids: readonly string[]): Promise<Map<string, CountedRow>> {
  const all = new Map<string, CountedRow>()
  for (let i = 0; i < ids.length; i += ROWS_AT_ONCE) {
    const some = ids.slice(i, i + ROWS_AT_ONCE)
    for (const row of await run(em, `select t.id as id, ${countedSql('t')} from hazard t where t.id in (${some.map(() => '?').join(', ')})`, some))
      all.set(row['id'] as string, countedOf(row))
  }
  return all
}

/** Adds to the cells of one table, those that are not there yet among them. */
export async function addCells(em: SqlEntityManager, table: CountTable, counting: Counting): Promise<void> {
  const { key, sums } = TABLES[table]
  const columns = [...key, ...sums]
  const cells = counting.cells(table)
  for (let i = 0; i < cells.length; i += ROWS_AT_ONCE) {
    const some = cells.slice(i, i + ROWS_AT_ONCE)
    await run(
      em,
      `insert into ${table} (${quoted(columns)}) values ${some.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ')}
        on conflict (${quoted(key)}) do update set ${sums.map((sum) => `"${sum}" = ${table}."${sum}" + excluded."${sum}"`).join(', ')}`,
      some.flatMap((cell) => [...cell.key, ...cell.sums]),
    )
  }
}
const quoted = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(', ')
