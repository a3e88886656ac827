import { createHash } from 'node:crypto'
import { datumOf, type ThingClass } from '../datum.js'
import { Refusal } from '../refusal.js'
import { columnOf, meetingMany } from './column.js'
import type { Joins } from './joins.js'
import { limitsOf } from './limits.js'
import { measureSql } from './measure.js'
import { datumFor, hopSql, type Reading } from './reading.js'
import { ofThose, sourceSql } from './source.js'
import { both, either, raw, sql, type Sql } from './sql.js'
import { type Where, whereSql } from './where.js'

export interface Order {
  field?: string | null
  dir?: 'ASC' | 'DESC' | null
  nulls?: 'FIRST' | 'LAST' | null
  /** A to-one relation's own order, or `{count: true, where}` of a to-many one. */
  [relation: string]: unknown
}

/** One sort key of a statement on alias t. */
export interface Key {
  value: Sql
  desc: boolean
  nullable: boolean
  nullsFirst: boolean
}

/** The caller's keys with the primary key appended: a page walk meets every row once, ties and nulls included. */
export function orderKeys(target: ThingClass, orderBy: readonly Order[], reading: Reading, joins: Joins): Key[] {
  const { orders } = limitsOf()
  if (orderBy.length > orders) throw new Refusal('QUERY_TOO_WIDE', `排序最多 ${orders} 项`)
  const keys = orderBy.map((order) => keyOf(target, 't', order, reading, joins, false, 0))
  return [...keys, { value: raw('t.id'), desc: keys[0]?.desc ?? false, nullable: false, nullsFirst: false }]
}

function keyOf(on: ThingClass, at: string, order: Order, reading: Reading, joins: Joins, nullable: boolean, hops: number): Key {
  const { field, dir, nulls, ...rest } = order
  const relations = Object.entries(rest).filter(([, value]) => value != null)
  if (relations.length + (field ? 1 : 0) !== 1) throw new Refusal('BAD_ORDER', '每一项排序只写一个字段或一个关系，多个字段请分成几项')
  const placed = { desc: dir === 'DESC', nullsFirst: nulls === 'FIRST' }
  if (field) {
    const datum = datumFor(on, field, 'sort', reading)
    return { ...placed, value: raw(`${at}.${columnOf(datum)}`), nullable: nullable || datum.nullable }
  }
  const [name, inner] = relations[0]! as [string, Order]
  if (datumOf(on, name)?.kind !== 'many') {
    if (hops >= limitsOf().hops) throw new Refusal('QUERY_TOO_DEEP', `排序最多跨 ${limitsOf().hops} 层关系`)
    const datum = datumFor(on, name, 'filter', reading)
    if (datum.kind !== 'link' && datum.kind !== 'lookup') throw new Refusal('BAD_ORDER', `不能按 ${name} 排序`)
    const below = keyOf(datum.target!(), joins.to(on, at, datum), inner, reading, joins, true, hops + 1)
    return dir || nulls ? { ...below, ...placed } : below
  }
  const value = aggregateKey(on, at, name, inner as Record<string, unknown>, reading)
  // Where a relation leads to nothing there is nothing to count, not even none.
  return { ...placed, value: hops ? sql`(case when ${raw(at)}.id is not null then ${value} end)` : value, nullable: true }
}

function aggregateKey(on: ThingClass, at: string, name: string, { where, ...measures }: Record<string, unknown>, reading: Reading): Sql {
  const many = datumFor(on, name, 'filter', reading)
  const child = many.target!()
  const asked = Object.entries(measures).filter(([, value]) => value != null && value !== false)
  if (asked.length !== 1) throw new Refusal('BAD_ORDER', `按${many.label}排序时请只选一个统计量，例如 count`)
  const [of, field] = asked[0]!
  const measure = measureSql(child, 'o', of, of === 'count' ? undefined : String(field), reading)
  const points = ofThose(raw(meetingMany(many, at, 'o')), both(hopSql(child, 'o', reading), whereSql(child, 'o', where as Where | undefined, reading)), reading)
  return sql`(select ${measure.value} from ${sourceSql(child, reading)} o where ${points})`
}

export const orderSql = (keys: readonly Key[], backward: boolean): Sql => ({
  sql: keys
    .map((key) => `${key.value.sql} ${key.desc !== backward ? 'desc' : 'asc'}${key.nullable ? ` nulls ${key.nullsFirst !== backward ? 'first' : 'last'}` : ''}`)
    .join(', '),
  params: keys.flatMap((key) => key.value.params),
})

/** Rows behind a place in the order: for some key all before it equal and it lies beyond. */
export function behind(keys: readonly Key[], values: readonly unknown[], backward: boolean): Sql {
  const equal: Sql[] = []
  const parts = keys.map((key, i) => {
    const value = values[i]
    const beyond = beyondSql(key, value, backward)
    const part = beyond ? both(...equal, beyond) : undefined
    equal.push(value === null ? sql`${key.value} is null` : sql`${key.value} = ${value}`)
    return part
  })
  return either(...parts.filter((part) => part !== undefined))
}

function beyondSql(key: Key, value: unknown, backward: boolean): Sql | undefined {
  const nullsFirst = key.nullsFirst !== backward
  if (value === null) return nullsFirst ? sql`${key.value} is not null` : undefined
  const past = sql`${key.value} ${raw(key.desc !== backward ? '<' : '>')} ${value}`
  return key.nullable && !nullsFirst ? sql`${past} or ${key.value} is null` : past
}

/** What a cursor is bound to: the list, its order and its filter, and whose eyes it was made for. */
export const bindingOf = (target: ThingClass, orderBy: readonly Order[], where: unknown, { scope, asOf }: Reading): string =>
  createHash('sha256')
    .update(JSON.stringify([target.name, orderBy, where ?? null, scope, asOf ?? null]))
    .digest('base64url')
