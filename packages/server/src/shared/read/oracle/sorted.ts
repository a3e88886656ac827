import { datumOf, type ThingClass } from '../../datum.js'
import type { Scope } from '../../scope.js'
import { matches, type Condition } from './matches.js'
import { measured } from './measures.js'
import type { Row, Value, World } from './world.js'

export type Dir = 'ASC' | 'DESC'
export type NullsAt = 'FIRST' | 'LAST'

/** One key of an order, as the graph takes it: a field, a path to one, or a figure of many. */
export interface OrderKey {
  dir?: Dir
  nulls?: NullsAt | null
  field?: string
  [relation: string]: unknown
}

/** Text by code point, numbers by size, false before true. */
export function comparedAs(a: Exclude<Value, null>, b: Value): number {
  if (a === b) return 0
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(String(b)))
  return Number(a) - Number(b)
}

/** Two values in one direction; what is not known stands where it is told to, whatever the direction. */
export function besides(a: Value, b: Value, dir: Dir, nulls: NullsAt): number {
  if (a === null || b === null) return a === b ? 0 : (a === null) === (nulls === 'FIRST') ? -1 : 1
  return comparedAs(a, b) * (dir === 'DESC' ? -1 : 1)
}

/** The rows in the order asked for; equal ones by their id, in the direction of the first key. */
export function sorted(world: World, target: ThingClass, rows: Row[], orderBy: OrderKey[], scope: Scope): Row[] {
  const keys = orderBy.map((key) => ({ of: rows.map((row) => valueOf(world, target, row, key, scope)), dir: key.dir ?? 'ASC', nulls: key.nulls ?? 'LAST' }))
  const last = orderBy[0]?.dir ?? 'ASC'
  return rows
    .map((row, at) => ({ row, at }))
    .sort((a, b) => {
      for (const { of, dir, nulls } of keys) {
        const side = besides(of[a.at]!, of[b.at]!, dir, nulls)
        if (side) return side
      }
      return besides(a.row['id']!, b.row['id']!, last, 'LAST')
    })
    .map(({ row }) => row)
}

function valueOf(world: World, target: ThingClass, row: Row, key: OrderKey, scope: Scope): Value {
  const { field, dir: _dir, nulls: _nulls, ...relations } = key
  if (field) return row[field]!
  const [name, inner] = Object.entries(relations)[0]!
  const datum = datumOf(target, name)!
  const to = datum.target!()
  if (datum.kind !== 'many') {
    const other = world.one(datum, row, scope)
    return other && valueOf(world, to, other, inner as OrderKey, scope)
  }
  const { where, ...figure } = inner as { where?: Condition } & Record<string, unknown>
  const rows = world.many(datum, row, scope).filter((one) => matches(world, to, one, where, scope))
  const [measure, of] = Object.entries(figure)[0]!
  return measure === 'count' ? rows.length : measured(measure, of as string, rows)
}
