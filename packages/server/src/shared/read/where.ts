import { type Datum, datumOf, type ThingClass, thingOf } from '../datum.js'
import { Refusal } from '../refusal.js'
import { divisionRange, type Scope } from '../scope.js'
import type { Engine } from './reader.js'

/** A piece of SQL with its bound values. */
export interface Sql {
  sql: string
  params: unknown[]
}
export const TRUE: Sql = { sql: '1 = 1', params: [] }
export const both = (...parts: Sql[]): Sql => {
  const real = parts.filter((part) => part !== TRUE)
  return real.length ? { sql: real.map((part) => `(${part.sql})`).join(' and '), params: real.flatMap((part) => part.params) } : TRUE
}

export const columnOf = (datum: Pick<Datum, 'name' | 'kind'>): string => {
  const snake = datum.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return datum.kind === 'link' ? `${snake}_id` : snake
}

const VILLAGE = 12

/** The scope of one reader on one table: compiled into every hop, so that no list, count or filter reaches past it. */
export function scopeSql(target: ThingClass, alias: string, scope: Scope, walk = false): Sql {
  const columns = thingOf(target).scope
  if (!columns) return TRUE
  const parts: Sql[] = []
  const column = (name: string) => `${alias}.${columnOf(datumOf(target, name)!)}`
  if (columns.division) {
    const [low, high] = divisionRange(scope.division)
    if (scope.division.length === VILLAGE) parts.push({ sql: `${column(columns.division)} = ?`, params: [scope.division] })
    else {
      // A whole town is most of the table: SQLite is to walk the order's index and stop after a page, not to collect the town and sort it.
      const plus = walk ? '+' : ''
      parts.push({ sql: `${plus}${column(columns.division)} >= ? and ${plus}${column(columns.division)} < ?`, params: [low, high] })
    }
  }
  for (const key of ['station', 'enterprise', 'workshop'] as const)
    if (columns[key] && scope[key] !== undefined) parts.push({ sql: `${column(columns[key])} = ?`, params: [scope[key]] })
  return both(...parts)
}

export type Where = Record<string, unknown>
const MAX_DEPTH = 6
const MAX_LEAVES = 100
const MAX_LIST = 500

export interface Reading {
  engine: Engine
  scope: Scope
}

/** Compiles a graph filter; refuses one that is too deep, too wide or compares with a too long list, saying which part. */
export function whereSql(target: ThingClass, alias: string, where: Where | null | undefined, reading: Reading): Sql {
  let leaves = 0
  let hops = 0
  const compile = (on: ThingClass, at: string, condition: Where, depth: number): Sql => {
    if (depth > MAX_DEPTH) throw new Refusal('QUERY_TOO_DEEP', `筛选条件最多嵌套 ${MAX_DEPTH} 层，请减少 and/or/not 的层数`)
    const parts: Sql[] = []
    for (const [name, value] of Object.entries(condition)) {
      if (value == null) continue
      if (name === 'and' || name === 'or') {
        const list = (value as Where[]).map((one) => compile(on, at, one, depth + 1))
        if (list.length) parts.push({ sql: list.map((one) => `(${one.sql})`).join(` ${name} `), params: list.flatMap((one) => one.params) })
      } else if (name === 'not') {
        const one = compile(on, at, value as Where, depth + 1)
        parts.push({ sql: `not coalesce((${one.sql}), false)`, params: one.params })
      } else parts.push(leaf(on, at, name, value as Where, depth))
    }
    return parts.length ? both(...parts) : TRUE
  }
  const leaf = (on: ThingClass, at: string, name: string, value: Where, depth: number): Sql => {
    const datum = datumOf(on, name)
    if (!datum?.filter) throw new Refusal('BAD_FILTER', `不能按 ${name} 筛选`)
    if (datum.kind === 'link') {
      const to = datum.target!()
      const next = `h${++hops}`
      const inner = both(scopeSql(to, next, reading.scope), compile(to, next, value, depth + 1))
      return { sql: `exists (select 1 from ${thingOf(to).table} ${next} where ${next}.id = ${at}.${columnOf(datum)} and (${inner.sql}))`, params: inner.params }
    }
    const parts: Sql[] = []
    for (const [op, operand] of Object.entries(value)) {
      if (++leaves > MAX_LEAVES) throw new Refusal('QUERY_TOO_WIDE', `筛选条件最多 ${MAX_LEAVES} 个，请拆成几次查询`)
      parts.push(compare(`${at}.${columnOf(datum)}`, op, operand, datum, reading.engine))
    }
    return parts.length ? both(...parts) : TRUE
  }
  return where ? compile(target, alias, where, 0) : TRUE
}

const SYMBOL: Record<string, string> = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' }

function compare(column: string, op: string, operand: unknown, datum: Datum, engine: Engine): Sql {
  const like = engine === 'postgres' ? 'ilike' : 'like'
  const one = (value: unknown) => (datum.kind === 'flag' && engine === 'sqlite' ? Number(value) : value)
  if (op === 'isNull') return { sql: `${column} is ${operand === false ? 'not ' : ''}null`, params: [] }
  if (operand === null) {
    if (op === 'eq') return { sql: `${column} is null`, params: [] }
    if (op === 'ne') return { sql: `${column} is not null`, params: [] }
    return { sql: '1 = 0', params: [] }
  }
  if (op === 'in' || op === 'notIn' || op === 'between') {
    const list = operand as unknown[]
    if (list.length > MAX_LIST) throw new Refusal('QUERY_TOO_WIDE', `${datum.label}：一次最多比较 ${MAX_LIST} 个值`)
    if (op === 'between') {
      if (list.length !== 2) throw new Refusal('BAD_FILTER', `${datum.label}：between 需要两个值`)
      return { sql: `${column} between ? and ?`, params: list.map(one) }
    }
    if (!list.length) return { sql: op === 'in' ? '1 = 0' : '1 = 1', params: [] }
    const marks = list.map(() => '?').join(', ')
    return { sql: op === 'in' ? `${column} in (${marks})` : `(${column} not in (${marks}) or ${column} is null)`, params: list.map(one) }
  }
  if (op === 'contains') return { sql: `${column} ${like} ? escape '\\'`, params: [`%${escapeLike(operand as string)}%`] }
  if (op === 'startsWith') return { sql: `${column} ${like} ? escape '\\'`, params: [`${escapeLike(operand as string)}%`] }
  if (op === 'ne') return { sql: `(${column} <> ? or ${column} is null)`, params: [one(operand)] }
  const symbol = SYMBOL[op]
  if (!symbol) throw new Refusal('BAD_FILTER', `没有 ${op} 这种比较`)
  return { sql: `${column} ${symbol} ?`, params: [one(operand)] }
}

export const escapeLike = (text: string) => text.replace(/[\\%_]/g, (char) => `\\${char}`)
