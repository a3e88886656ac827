import type { Role, SignedIn } from '../context.js'
import { type Datum, datumOf, opens, type ThingClass, thingOf } from '../datum.js'
import { type Day, dayOf } from '../days.js'
import { Refusal } from '../refusal.js'
import type { Scope } from '../scope.js'
import { columnNamed } from './column.js'
import { divisionRange } from '../scope.js'
import type { Engine } from './reader.js'
import type { Past } from './source.js'
import { both, raw, sql, type Sql, TRUE } from './sql.js'

/** Whose eyes a statement is compiled for, on which engine, as of when. */
export interface Reading {
  engine: Engine
  scope: Scope
  /** undefined: the program itself reads, no datum is closed to it. */
  role?: Role
  today: Day
  /** The figures as they stood then (asOf.ts). */
  asOf?: string
  /** Where the tables of a past instant are gathered that a statement is to read once (source.ts). */
  hoist?: Map<string, Past>
  /** Of those, what is known already (known.ts). */
  known?: ReadonlyMap<string, Past<Sql | undefined>>
  /** Names of the things of which nothing that stood already then has changed since (untouched.ts). */
  untouched?: ReadonlySet<string>
}

export const readingOf = ({ reader, actor, now }: SignedIn, asOf?: string): Reading => ({
  engine: reader.engine,
  scope: actor.scope,
  role: actor.role,
  today: dayOf(asOf ? new Date(asOf) : now),
  ...(asOf ? { asOf } : {}),
})

export type Use = 'read' | 'filter' | 'sort' | 'group'
const REFUSED: Record<Use, string> = { read: '查看', filter: '筛选', sort: '排序', group: '分组' }

/** A datum the reader may use so; refused in the same words whether it is closed to him or does not exist. */
export function datumFor(target: ThingClass, name: string, use: Use, { role }: Pick<Reading, 'role'>): Datum {
  const datum = datumOf(target, name)
  if (!datum?.shown || !(role === undefined ? datum[use] !== false : opens(datum[use], role)))
    throw new Refusal(use === 'sort' ? 'BAD_ORDER' : 'BAD_FILTER', `不能按 ${name} ${REFUSED[use]}`)
  return datum
}

const VILLAGE = 12

/** The scope of one reader on one table: compiled into every hop, so that no list, count or filter reaches past it. */
export function scopeSql(target: ThingClass, alias: string, scope: Scope, walk = false): Sql {
  const columns = thingOf(target).scope
  if (!columns) return TRUE
  const parts: Sql[] = []
  const column = (name: string) => `${alias}.${columnNamed(target, name)}`
  // Whoever sees every division needs no condition, unless a row may stand in none.
  if (columns.division && (scope.division !== '' || datumOf(target, columns.division)?.nullable !== false)) {
    const [low, high] = divisionRange(scope.division)
    if (scope.division.length === VILLAGE) parts.push(sql`${raw(column(columns.division))} = ${scope.division}`)
    else {
      // A whole town is most of the table: SQLite is to walk the order's index and stop after a page, not to collect the town and sort it.
      const at = raw(`${walk ? '+' : ''}${column(columns.division)}`)
      parts.push(sql`${at} >= ${low} and ${at} < ${high}`)
    }
  }
  for (const key of ['station', 'enterprise', 'workshop'] as const)
    if (columns[key] && scope[key] !== undefined) parts.push(sql`${raw(column(columns[key]))} = ${scope[key]}`)
  return both(...parts)
}

/** The condition under which a hop into a thing may see a row of it. What the graph never lists for others is closed to every hop. */
export function hopSql(target: ThingClass, alias: string, { scope }: Pick<Reading, 'scope'>): Sql {
  const { scope: columns, open, label } = thingOf(target)
  if (!columns && !open) throw new Refusal('BAD_FILTER', `不能按${label}筛选`)
  return scopeSql(target, alias, scope)
}
