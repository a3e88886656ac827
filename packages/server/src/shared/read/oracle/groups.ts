import { datumOf, type ThingClass } from '../../datum.js'
import type { Scope } from '../../scope.js'
import { bucketOf } from './buckets.js'
import { figuresOf } from './figures.js'
import { type Filled, gaps } from './gaps.js'
import { bounded, type Condition, holds } from './matches.js'
import { measured, percentOf } from './measures.js'
import { targetOf } from './question.js'
import { besides, type Dir, type NullsAt } from './sorted.js'
import type { Row, Value, World } from './world.js'

/** What one key groups by: a field, at the end of a path of relations, perhaps cut into spans of time. */
export interface GroupKey {
  /** Where it stands in the answer, below `key`. */
  at: string[]
  path: string[]
  by?: string | undefined
  zone?: string | undefined
}
export interface GroupOrder {
  by: string
  dir: Dir
  nulls: NullsAt
}
/** `sum` → its fields, …; `figures` → its names. */
export type Families = Record<string, string[]>
export interface Grouping {
  keys: GroupKey[]
  families: Families
  having?: Condition | undefined
  orderBy: GroupOrder[]
  limit: number
  fill: boolean
}
export interface Group {
  keys: Value[]
  rows: Row[]
  count: number
  share: number | null
  measures: Record<string, Record<string, Value>>
}
export interface Groups {
  nodes: Group[]
  truncated: boolean
}

/** Groups of rows one by one; a gap-filling that is to be refused is undefined. */
export function groupsOf(world: World, target: ThingClass, rows: Row[], asked: Grouping, scope: Scope): Groups | undefined {
  const byKey = new Map<string, { keys: Value[]; rows: Row[] }>()
  for (const row of rows) {
    const keys = asked.keys.map((key) => keyOf(world, target, row, key, key.path, scope))
    const name = JSON.stringify(keys)
    const group = byKey.get(name) ?? { keys, rows: [] }
    byKey.set(name, group)
    group.rows.push(row)
  }
  const kept = [...byKey.values()].filter((group) => !asked.having || having(target, group.rows, rows.length, asked.having, world.today))
  const found = kept.map((group) => told(group.keys, group.rows, rows.length, asked.families, world.today))
  const filled: Filled | undefined = asked.fill ? gaps(found, asked.keys) : []
  if (!filled) return undefined
  const all = [...found, ...filled.map((keys) => told(keys, [], rows.length, asked.families, world.today))]
  all.sort((a, b) => inOrder(a, b, asked))
  return { nodes: all.slice(0, asked.limit), truncated: all.length > asked.limit }
}

function keyOf(world: World, target: ThingClass, row: Row, key: GroupKey, path: string[], scope: Scope): Value {
  const [name, ...rest] = path
  if (!rest.length) return key.by ? bucketOf(row[name!]!, key.by, key.zone ?? 'SHANGHAI', world.all(targetOf({ thing: 'Phase' }))) : row[name!]!
  const datum = datumOf(target, name!)!
  const other = world.one(datum, row, scope)
  return other && keyOf(world, datum.target!(), other, key, rest, scope)
}

const told = (keys: Value[], rows: Row[], of: number, families: Families, today: string): Group => ({
  keys,
  rows,
  count: rows.length,
  share: percentOf(rows.length, of),
  measures: measuresOf(rows, families, today),
})

export function measuresOf(rows: Row[], families: Families, today: string): Group['measures'] {
  const one = (family: string, fields: string[]) => {
    const figures = family === 'figures' ? figuresOf(rows, today) : undefined
    return Object.fromEntries(fields.map((field) => [field, figures ? figures[field]! : measured(family, field, rows)]))
  }
  return Object.fromEntries(Object.entries(families).map(([family, fields]) => [family, one(family, fields)]))
}

function having(target: ThingClass, rows: Row[], of: number, wanted: Condition, today: string): boolean {
  const all = (one: Condition) => having(target, rows, of, one, today)
  return Object.entries(wanted).every(([name, is]) => {
    if (is === null || is === undefined) return true
    if (name === 'and') return (is as Condition[]).every(all)
    if (name === 'or') return !(is as Condition[]).length || (is as Condition[]).some(all)
    if (name === 'not') return !all(is as Condition)
    if (name === 'share') return holds(percentOf(rows.length, of), is as Condition)
    return bounded(target, rows, { [name]: is }, today)
  })
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
