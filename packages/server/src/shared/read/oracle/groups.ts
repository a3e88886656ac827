import { datumOf, type ThingClass } from '../../datum.js'
import type { Scope } from '../../scope.js'
import { bucketOf, spansBetween } from './buckets.js'
import { figuresOf } from './figures.js'
import { bounded, type Condition, holds } from './matches.js'
import { measured, percentOf } from './measures.js'
import { besides, type Dir, type NullsAt } from './sorted.js'
import type { Row, Value, World } from './world.js'

/** What one key groups by: a field, at the end of a path of relations, perhaps cut into spans of time. */
export interface GroupKey {
  /** Where it stands in the answer, below `key`. */
  at: string[]
  path: string[]
  by?: string
  zone?: string
}
export interface GroupOrder {
  by: string
  dir: Dir
  nulls: NullsAt
}
export interface Grouping {
  keys: GroupKey[]
  /** `sum` → its fields, …; `figures` → its names. */
  measures: Record<string, string[]>
  having?: Condition
  orderBy: GroupOrder[]
  limit: number
  fill: boolean
}
export interface Group {
  keys: Value[]
  count: number
  share: number | null
  measures: Record<string, Record<string, Value>>
}

/** Groups of rows as domain.md words it, one by one. */
export function groupsOf(world: World, target: ThingClass, rows: Row[], asked: Grouping, today: string, scope: Scope): { nodes: Group[]; truncated: boolean } {
  const byKey = new Map<string, { keys: Value[]; rows: Row[] }>()
  for (const row of rows) {
    const keys = asked.keys.map((key) => keyOf(world, target, row, key, key.path, scope))
    const name = JSON.stringify(keys)
    const group = byKey.get(name) ?? { keys, rows: [] }
    byKey.set(name, group)
    group.rows.push(row)
  }
  const kept = [...byKey.values()].filter((group) => !asked.having || having(group.rows, rows.length, asked.having, today))
  const found = kept.map((group) => told(group.keys, group.rows, rows.length, asked, today))
  const all = asked.fill ? [...found, ...gaps(found, rows.length, asked, today)] : found
  all.sort((a, b) => inOrder(a, b, asked))
  return { nodes: all.slice(0, asked.limit), truncated: all.length > asked.limit }
}

function keyOf(world: World, target: ThingClass, row: Row, key: GroupKey, path: string[], scope: Scope): Value {
  const [name, ...rest] = path
  if (!rest.length) return key.by ? bucketOf(row[name!]!, key.by, key.zone) : row[name!]!
  const datum = datumOf(target, name!)!
  const other = world.one(datum, row, scope)
  return other && keyOf(world, datum.target!(), other, key, rest, scope)
}

export const told = (keys: Value[], rows: Row[], of: number, { measures }: Pick<Grouping, 'measures'>, today: string): Group => ({
  keys,
  count: rows.length,
  share: percentOf(rows.length, of),
  measures: Object.fromEntries(Object.entries(measures).map(([measure, fields]) => [measure, toldOf(measure, fields, rows, today)])),
})

function toldOf(measure: string, fields: string[], rows: Row[], today: string): Record<string, Value> {
  const figures = measure === 'figures' ? figuresOf(rows, today) : undefined
  return Object.fromEntries(fields.map((field) => [field, figures ? figures[field]! : measured(measure, field, rows)]))
}

function having(rows: Row[], of: number, wanted: Condition, today: string): boolean {
  return Object.entries(wanted).every(([name, is]) => {
    if (is === null || is === undefined) return true
    if (name === 'and') return (is as Condition[]).every((one) => having(rows, of, one, today))
    if (name === 'or') return !(is as Condition[]).length || (is as Condition[]).some((one) => having(rows, of, one, today))
    if (name === 'not') return !having(rows, of, is as Condition, today)
    if (name === 'share') return holds(percentOf(rows.length, of), is as Condition)
    if (name !== 'figures') return bounded(rows, { [name]: is })
    const figures = figuresOf(rows, today)
    return Object.entries(is as Condition).every(([figure, one]) => !one || holds(figures[figure]!, one as Condition))
  })
}

/** The spans without a row, between the first and the last met, beside everything else that was met. */
function gaps(found: Group[], of: number, asked: Grouping, today: string): Group[] {
  const at = asked.keys.findIndex((key) => key.by)
  const met = found.map((group) => group.keys[at]!).filter((span) => span !== null) as string[]
  if (!met.length) return []
  const spans = spansBetween(
    met.reduce((a, b) => (b < a ? b : a)),
    met.reduce((a, b) => (b > a ? b : a)),
    asked.keys[at]!.by!,
  )
  const others = new Map(found.map(({ keys }) => [JSON.stringify(keys.filter((_, i) => i !== at)), keys]))
  const known = new Set(found.map(({ keys }) => JSON.stringify(keys)))
  return [...others.values()]
    .flatMap((keys) => spans.map((span) => keys.map((key, i) => (i === at ? span : key))))
    .filter((keys) => !known.has(JSON.stringify(keys)))
    .map((keys) => told(keys, [], of, asked, today))
}

function inOrder(a: Group, b: Group, { keys, orderBy }: Grouping): number {
  for (const { by, dir, nulls } of orderBy) {
    const side = besides(valueAt(a, by, keys), valueAt(b, by, keys), dir, nulls)
    if (side) return side
  }
  for (const i of keys.keys()) {
    const side = besides(a.keys[i]!, b.keys[i]!, 'ASC', 'FIRST')
    if (side) return side
  }
  return 0
}

function valueAt(group: Group, by: string, keys: GroupKey[]): Value {
  const [head, ...rest] = by.split('.')
  if (head === 'count') return group.count
  if (head === 'share') return group.share
  if (head !== 'key') return group.measures[head!]![rest[0]!]!
  return group.keys[keys.findIndex((key) => key.at.join('.') === rest.join('.'))]!
}
