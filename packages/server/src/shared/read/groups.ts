import type { FieldNode } from 'graphql'
import { Refusal } from '../refusal.js'
import { percentSql } from './figures.js'
import { fillGaps, sortGroups } from './fill.js'
import { type AskingSchema, type GroupKey, groupKeys } from './groupKeys.js'
import { type Having, havingSql } from './having.js'
import { Joins } from './joins.js'
import { limitsOf } from './limits.js'
import { asColumns, FAMILIES, Measures } from './measures.js'
import { mediansOf } from './medians.js'
import type { PlainRow } from './reader.js'
import { type Rows, WHOLE } from './rows.js'
import { answerName, fieldsOf } from './select.js'
import { joined, raw, sql, type Sql, TRUE } from './sql.js'

export interface GroupOrder {
  by: string
  dir?: 'ASC' | 'DESC' | null
  nulls?: 'FIRST' | 'LAST' | null
}
export interface GroupArgs {
  having?: Having | null
  orderBy?: GroupOrder[] | null
  limit?: number | null
  fill?: boolean | null
}

/** A group as the graph shows it; `flat` is the row it came from, for the records in it. */
export interface Group extends PlainRow {
  of: Grouping
  flat: PlainRow
}
export interface GroupList {
  nodes: Group[]
  truncated: boolean
}
/** What the groups of one field have in common. */
export interface Grouping {
  rows: Rows
  keys: GroupKey[]
  groups: Group[]
  /** The keys once more, for another statement with joins of its own. */
  keysOn(joins: Joins): GroupKey[]
}

/** One thing to sort groups by: a column of the grouped rows. */
export interface GroupSort {
  column: string
  desc: boolean
  nullsFirst: boolean
}

const DEFAULT_GROUPS = 100

/** Groups of all rows that match, for each row above: one statement whatever the number of rows (and one for each median). */
export async function groupsOf(rows: Rows, nodes: readonly FieldNode[], info: AskingSchema, args: GroupArgs): Promise<(parent: string) => GroupList> {
  const { target, reading } = rows
  const limit = limitOf(args.limit)
  const joins = new Joins(reading)
  const groupNodes = fieldsOf(nodes, info).filter((field) => field.name.value === 'nodes')
  const keys = groupKeys(target, groupNodes, info, reading, joins)
  const measures = new Measures(target, reading)
  measures.take(groupNodes, info)
  measures.as('count')
  const having = args.having ? havingSql(target, args.having, measures, reading) : TRUE
  const sorts = sortsOf(args.orderBy ?? [], keys, measures, groupNodes, info)
  const gap = args.fill ? gapOf(keys) : undefined
  // With gaps to fill, what is the last group is known only afterwards.
  const most = gap ? limitsOf().groups * 10 : limit
  const shared = wantsShare(args, groupNodes, info)
  const found = await rows.read(statement(rows, joins, keys, measures, { having, sorts, limit: most, shared }))
  const medians = await mediansOf(
    rows,
    keys.map((key) => key.value),
    joins,
    measures.medians,
  )
  const byParent = new Map<string, PlainRow[]>()
  for (const row of found) {
    const parent = row['parent'] as string
    const known = byParent.get(parent)
    if (known) known.push(row)
    else byParent.set(parent, [row])
  }
  const keysOn = (other: Joins) => groupKeys(target, groupNodes, info, reading, other)
  const grouping: Grouping = { rows, keys, groups: [], keysOn }
  const shaped = (row: PlainRow, parent: string): Group => {
    const group = { ...measures.shape(row), of: grouping, flat: row, share: row['share'] ?? null } as Group
    const values = keys.map((key) => row[key.as])
    Object.assign(group['figures'] as PlainRow, medians(parent, values))
    for (const key of keys) place(group, key, row)
    return group
  }
  const listOf = (parent: string): GroupList => {
    let flat = byParent.get(parent) ?? []
    if (gap) {
      if (flat.length > most) throw new Refusal('QUERY_TOO_COSTLY', '补齐空档的分组太多，请缩小时间范围或换更长的时段')
      flat = sortGroups(fillGaps(flat, keys, gap, measures, parent), sorts)
    }
    const nodes = flat.slice(0, limit).map((row) => shaped(row, parent))
    grouping.groups.push(...nodes)
    return { nodes, truncated: flat.length > limit }
  }
  const made = new Map((rows.parents?.keys ?? [WHOLE]).map((parent) => [parent, listOf(parent)]))
  return (parent) => made.get(parent)!
}

function limitOf(limit: number | null | undefined): number {
  const most = limitsOf().groups
  const asked = limit ?? DEFAULT_GROUPS
  if (asked < 0 || asked > most) throw new Refusal('BAD_PAGE', `分组一次取 0 到 ${most} 组`)
  return asked
}

/** Grouped rows, their share of all, the condition on groups, the order and one group more than asked for. */
function statement(
  rows: Rows,
  joins: Joins,
  keys: GroupKey[],
  measures: Measures,
  { having, sorts, limit, shared }: { having: Sql; sorts: GroupSort[]; limit: number; shared: boolean },
): Sql {
  const columns = [sql`${rows.parent} as parent`, ...asColumns(keys), ...asColumns(measures.columns)]
  const by = raw(['1', ...keys.map((_, i) => String(i + 2))].slice(rows.parents ? 0 : 1).join(', '))
  const inner = sql`select ${joined(columns, ', ')} from ${rows.source} ${joins.sql()} where ${rows.condition('whole')} ${by.sql ? sql`group by ${by}` : raw('')}`
  const n = measures.as('count')
  const total = raw(`cast(sum(n.${n}) over (partition by n.parent) as bigint)`)
  const share = shared ? sql`, ${percentSql(raw(`n.${n}`), total)} as share` : raw('')
  const counted = sql`select n.*${share} from (${inner}) n where n.${raw(n)} > 0`
  const order = raw(
    sorts.map(({ column, desc, nullsFirst }) => `g.${column} ${desc ? 'desc' : 'asc'} nulls ${nullsFirst ? 'first' : 'last'}`).join(', ') || 'g.parent',
  )
  if (!rows.parents) return sql`select g.* from (${counted}) g where ${having} order by ${order} limit ${limit + 1}`
  return sql`select * from (select g.*, row_number() over (partition by g.parent order by ${order}) as nth from (${counted}) g where ${having}) p where nth <= ${limit + 1} order by parent, nth`
}

/** The share of all is a look at every group: only for whoever asks for it. */
const wantsShare = ({ having }: GroupArgs, groupNodes: readonly FieldNode[], info: AskingSchema): boolean =>
  fieldsOf(groupNodes, info).some((field) => field.name.value === 'share') || (!!having && JSON.stringify(having).includes('"share"'))

/** The caller's order and, so that it is an order, the keys behind it. */
function sortsOf(orderBy: GroupOrder[], keys: GroupKey[], measures: Measures, groupNodes: readonly FieldNode[], info: AskingSchema): GroupSort[] {
  if (orderBy.length > limitsOf().orders) throw new Refusal('QUERY_TOO_WIDE', `排序最多 ${limitsOf().orders} 项`)
  const named = new Map<string, string>(keys.map((key) => [key.path.join('.'), key.as]))
  for (const field of fieldsOf(groupNodes, info)) {
    const of = field.name.value
    if (of === 'count') named.set(answerName(field), measures.as('count'))
    else if (of === 'share') named.set(answerName(field), 'share')
    else if ((FAMILIES as readonly string[]).includes(of))
      for (const inner of fieldsOf([field], info))
        if (!measures.medians.has(inner.name.value) && !inner.name.value.startsWith('__'))
          named.set(`${answerName(field)}.${answerName(inner)}`, measures.as(`${of}.${inner.name.value}`))
  }
  named.set('count', named.get('count') ?? measures.as('count'))
  const asked = orderBy.map(({ by, dir, nulls }): GroupSort => {
    const column = named.get(by)
    if (!column) throw new Refusal('BAD_ORDER', `不能按 ${by} 排序，可以按：${[...named.keys()].join('、')}`)
    return { column, desc: dir === 'DESC', nullsFirst: nulls === 'FIRST' }
  })
  return [...asked, ...keys.map((key) => ({ column: key.as, desc: false, nullsFirst: true }))]
}

function gapOf(keys: GroupKey[]): GroupKey {
  const bucketed = keys.filter((key) => key.bucket && key.bucket !== 'PHASE')
  if (bucketed.length !== 1) throw new Refusal('BAD_FILTER', '补齐空档时须正好有一个时段分组（小时、天、周、月、季、年）')
  return bucketed[0]!
}

function place(group: PlainRow, { path, as, flag }: GroupKey, row: PlainRow): void {
  let at = group
  for (const part of path.slice(0, -1)) at = (at[part] ??= {}) as PlainRow
  const value = row[as]
  at[path[path.length - 1]!] = value == null ? null : flag ? !!value : value
}
