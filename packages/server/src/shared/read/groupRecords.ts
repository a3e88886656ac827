import type { FieldNode } from 'graphql'
import { Refusal } from '../refusal.js'
import type { Group, Grouping } from './groups.js'
import { Joins } from './joins.js'
import { limitsOf } from './limits.js'
import { type Order, orderKeys, orderSql } from './orderKeys.js'
import type { PlainRow } from './reader.js'
import { type Asking, compileSelection, listed, selectionOf } from './select.js'
import { both, either, joined, raw, sql } from './sql.js'

const MOST = 20

/** The first few records of every group shown, in one statement for all groups. */
export async function recordsOf(
  { rows, keys, groups, keysOn }: Grouping,
  fieldNodes: readonly FieldNode[],
  info: Asking,
  { first, orderBy }: { first: number; orderBy?: Order[] | null },
): Promise<Map<Group, PlainRow[]>> {
  const { target, reading } = rows
  if (first < 0 || first > MOST) throw new Refusal('BAD_PAGE', `每组取 0 到 ${MOST} 条`)
  if (groups.length * first > limitsOf().groups * 2) throw new Refusal('QUERY_TOO_COSTLY', '每组的记录太多，请减少组数或每组条数')
  const joins = new Joins(reading)
  const sorts = orderKeys(target, orderBy ?? [], reading, joins)
  const compiled = compileSelection(selectionOf(target, { ...info, fieldNodes }, [[]]), 't', reading, joins)
  const values = keysOn(joins).map((key) => key.value)
  // A gap that was filled has no records.
  const filled = groups.filter((group) => group['count'] !== 0)
  const same = raw(reading.engine === 'sqlite' ? 'is' : 'is not distinct from')
  const whole = (group: Group) =>
    both(...(rows.parents ? [sql`${rows.parent} = ${group.flat['parent']}`] : []), ...keys.map((key, i) => sql`${values[i]!} ${same} ${group.flat[key.as]}`))
  const partition = joined([rows.parent, ...values], ', ')
  const columns = joined([listed(compiled.columns), sql`${rows.parent} as parent`, ...keys.map((key, i) => sql`${values[i]!} as ${raw(key.as)}`)], ', ')
  const inner = sql`select ${columns}, row_number() over (partition by ${partition} order by ${orderSql(sorts, false)}) as nth from ${rows.source} ${joins.sql()}
    where ${both(rows.condition(), either(...filled.map(whole)))}`
  const found = filled.length && first ? await rows.read(sql`select * from (${inner}) r where nth <= ${first} order by nth`) : []
  const place = (row: PlainRow) => JSON.stringify([row['parent'], ...keys.map((key) => row[key.as])])
  const byPlace = new Map<string, PlainRow[]>()
  for (const row of found) byPlace.set(place(row), [...(byPlace.get(place(row)) ?? []), compiled.shape(row)])
  return new Map(groups.map((group) => [group, byPlace.get(place(group.flat)) ?? []]))
}
