import { createHash } from 'node:crypto'
import type { GraphQLResolveInfo } from 'graphql'
import { Field, Int, ArgsType } from 'type-graphql'
import type { Context, SignedIn } from '../context.js'
import { datumOf, type ThingClass, thingOf } from '../datum.js'
import { Refusal } from '../refusal.js'
import type { Cursors } from './cursor.js'
import type { PlainRow } from './reader.js'
import { asks, compileSelection, type Selection, selectionOf } from './select.js'
import { both, columnOf, scopeSql, type Sql, TRUE, type Where, whereSql } from './where.js'

export interface Order {
  field: string
  dir?: 'ASC' | 'DESC'
  nulls?: 'FIRST' | 'LAST' | null
}

@ArgsType()
export class Page {
  @Field(() => Int, { nullable: true, description: '取前几条，默认 50，最多 500' }) first?: number
  @Field(() => String, { nullable: true }) after?: string
  @Field(() => Int, { nullable: true }) last?: number
  @Field(() => String, { nullable: true }) before?: string
  @Field(() => Int, { nullable: true, description: '跳过几条（翻到第几页用）' }) offset?: number
}

const DEFAULT_PAGE = 50
export const MAX_PAGE = 500
const MAX_OFFSET = 1_000_000

export interface Connection {
  edges: { cursor: string; node: PlainRow }[]
  nodes: PlainRow[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
  totalCount: number | undefined
}

let cursors: Cursors | undefined
export const useCursors = (signed: Cursors) => void (cursors = signed)

interface Wanted {
  where?: Where | null | undefined
  orderBy?: Order[] | null | undefined
  page: Page
  fallback: Order[]
  /** A condition of our own on alias t, beside the caller's filter. */
  also?: Sql
}

/** A page of a thing as plain rows: one statement with its to-one joins, scope compiled into every hop, never an entity. */
export async function list(target: ThingClass, context: SignedIn, info: GraphQLResolveInfo, wanted: Wanted): Promise<Connection> {
  const selection = selectionOf(target, info, [['nodes'], ['edges', 'node']])
  const keys = orderKeys(target, wanted.orderBy?.length ? wanted.orderBy : wanted.fallback)
  for (const key of keys) selection.data.add(key.field)
  const { size, backward, after } = pageOf(wanted.page)
  const filter = filterSql(target, context, wanted, context.reader.engine === 'sqlite')
  const binding = bindingOf(target, keys, wanted.where)
  const place = after === undefined ? TRUE : afterSql(keys, cursors!.read(binding, after, keys.length), backward)
  const compiled = compileSelection(selection, 't', context.actor.scope)
  const where = both(filter, place)
  const offset = wanted.page.offset ? ` offset ${wanted.page.offset}` : ''
  const sql = `select ${compiled.columns.join(', ')} from ${thingOf(target).table} t ${compiled.joins.sql} where ${where.sql} order by ${orderSql(keys, backward)} limit ${size + 1}${offset}`
  const rows = await context.reader.all(sql, [...compiled.joins.params, ...where.params])
  const more = rows.length > size
  const nodes = rows.slice(0, size).map(compiled.shape)
  if (backward) nodes.reverse()
  const cursorOf = (node: PlainRow) =>
    cursors!.sign(
      binding,
      keys.map((key) => node[key.field] ?? null),
    )
  const edges = asks(info, 'edges') ? nodes.map((node) => ({ cursor: cursorOf(node), node })) : []
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: backward ? wanted.page.before !== undefined : more,
      hasPreviousPage: backward ? more : after !== undefined || !!wanted.page.offset,
      startCursor: nodes.length ? cursorOf(nodes[0]!) : null,
      endCursor: nodes.length ? cursorOf(nodes[nodes.length - 1]!) : null,
    },
    totalCount: asks(info, 'totalCount') ? await countRows(target, context, filterSql(target, context, wanted)) : undefined,
  }
}

/** How many rows of a thing the reader may see under a filter. */
export async function count(target: ThingClass, context: SignedIn, where?: Where | null, also?: Sql): Promise<number> {
  return countRows(target, context, filterSql(target, context, { where, ...(also ? { also } : {}) }))
}

async function countRows(target: ThingClass, context: Context, filter: Sql): Promise<number> {
  const [row] = await context.reader.all(`select count(*) as n from ${thingOf(target).table} t where ${filter.sql}`, filter.params)
  return Number(row!['n'])
}

/** The ids that match, for acts on "all that match"; refused above the cap. */
export async function idsOf(target: ThingClass, context: SignedIn, where: Where | null | undefined, also: Sql | undefined, most: number): Promise<string[]> {
  const filter = filterSql(target, context, { where, ...(also ? { also } : {}) })
  const rows = await context.reader.all(`select t.id as id from ${thingOf(target).table} t where ${filter.sql} order by t.id limit ${most + 1}`, filter.params)
  if (rows.length > most) throw new Refusal('TOO_MANY', `一次最多处理 ${most} 条，请缩小筛选范围`)
  return rows.map((row) => row['id'] as string)
}

/** All matching rows one after the other, for exports of any size. */
export async function* streamRows(selection: Selection, context: SignedIn, wanted: Omit<Wanted, 'page'>): AsyncIterable<PlainRow> {
  const target = selection.target
  const keys = orderKeys(target, wanted.orderBy?.length ? wanted.orderBy : wanted.fallback)
  const compiled = compileSelection(selection, 't', context.actor.scope)
  const filter = filterSql(target, context, wanted)
  const sql = `select ${compiled.columns.join(', ')} from ${thingOf(target).table} t ${compiled.joins.sql} where ${filter.sql} order by ${orderSql(keys, false)}`
  for await (const row of context.reader.stream(sql, [...compiled.joins.params, ...filter.params])) yield compiled.shape(row)
}

function filterSql(target: ThingClass, context: Context, wanted: Pick<Wanted, 'where' | 'also'>, walk = false): Sql {
  const scope = (context as SignedIn).actor.scope
  return both(scopeSql(target, 't', scope, walk), wanted.also ?? TRUE, whereSql(target, 't', wanted.where, { engine: context.reader.engine, scope }))
}

interface Key {
  field: string
  column: string
  desc: boolean
  nullable: boolean
  nullsFirst: boolean
}

/** The caller's keys with the primary key appended: a page walk meets every row once, ties and nulls included. */
function orderKeys(target: ThingClass, orderBy: Order[]): Key[] {
  if (orderBy.length > 5) throw new Refusal('QUERY_TOO_WIDE', '排序最多 5 项')
  const keys = orderBy.map((order): Key => {
    const datum = datumOf(target, order.field)
    if (!datum?.sort) throw new Refusal('BAD_ORDER', `不能按 ${order.field} 排序`)
    return { field: datum.name, column: `t.${columnOf(datum)}`, desc: order.dir === 'DESC', nullable: datum.nullable, nullsFirst: order.nulls === 'FIRST' }
  })
  return [...keys, { field: 'id', column: 't.id', desc: keys[0]?.desc ?? false, nullable: false, nullsFirst: false }]
}

const orderSql = (keys: Key[], backward: boolean): string =>
  keys
    .map((key) => `${key.column} ${key.desc !== backward ? 'desc' : 'asc'}${key.nullable ? ` nulls ${key.nullsFirst !== backward ? 'first' : 'last'}` : ''}`)
    .join(', ')

/** Rows behind a place in the order: for some key all before it equal and it lies beyond. */
function afterSql(keys: Key[], values: unknown[], backward: boolean): Sql {
  const parts: Sql[] = []
  const equal: Sql[] = []
  keys.forEach((key, i) => {
    const value = values[i]
    const beyond = beyondSql(key, value, backward)
    if (beyond) parts.push(both(...equal, beyond))
    equal.push(value === null ? { sql: `${key.column} is null`, params: [] } : { sql: `${key.column} = ?`, params: [value] })
  })
  return { sql: parts.map((part) => `(${part.sql})`).join(' or '), params: parts.flatMap((part) => part.params) }
}

function beyondSql(key: Key, value: unknown, backward: boolean): Sql | undefined {
  const nullsFirst = key.nullsFirst !== backward
  if (value === null) return nullsFirst ? { sql: `${key.column} is not null`, params: [] } : undefined
  const past: Sql = { sql: `${key.column} ${key.desc !== backward ? '<' : '>'} ?`, params: [value] }
  return key.nullable && !nullsFirst ? { sql: `${past.sql} or ${key.column} is null`, params: past.params } : past
}

function pageOf(page: Page): { size: number; backward: boolean; after: string | undefined } {
  const backward = page.last != null
  if (backward && page.first != null) throw new Refusal('BAD_PAGE', 'first 与 last 只能用一个')
  const size = page.first ?? page.last ?? DEFAULT_PAGE
  if (size < 0 || size > MAX_PAGE) throw new Refusal('BAD_PAGE', `每页 0 到 ${MAX_PAGE} 条`)
  if (page.offset != null && (page.offset < 0 || page.offset > MAX_OFFSET)) throw new Refusal('BAD_PAGE', `最多跳过 ${MAX_OFFSET} 条，请缩小筛选范围`)
  return { size, backward, after: (backward ? page.before : page.after) ?? undefined }
}

const bindingOf = (target: ThingClass, keys: Key[], where: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([target.name, keys.map((key) => [key.field, key.desc, key.nullsFirst]), where ?? null]))
    .digest('base64url')
