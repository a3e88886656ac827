import type { FieldNode } from 'graphql'
import type { SignedIn } from '../context.js'
import { type ThingClass } from '../datum.js'
import { Refusal } from '../refusal.js'
import { askerOf } from './ask.js'
import type { Cursors } from './cursor.js'
import { Joins } from './joins.js'
import { behind, bindingOf, type Key, type Order, orderKeys, orderSql } from './orderKeys.js'
import { type Cut, cutOf, type Page } from './page.js'
import type { PlainRow } from './reader.js'
import { Rows, WHOLE, type Wish } from './rows.js'
import { asks, type Asking, compileSelection, fieldsOf, listed, onceFor, type Selection, selectionOf } from './select.js'
import { both, joined, raw, sql, type Sql, TRUE } from './sql.js'
import { markThen } from './then.js'
import type { Where } from './where.js'

export type { Order } from './orderKeys.js'

let cursors: Cursors | undefined
export const useCursors = (signed: Cursors) => void (cursors = signed)

/** A list as the graph shows it; totals, aggregates and groups are read from `rows` when they are asked for. */
export interface Connection {
  rows: Rows
  /** Which row above this list belongs to. */
  parent: string
  edges?: { cursor: string; node: PlainRow }[]
  nodes?: PlainRow[]
  pageInfo?: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}

export interface Listed {
  orderBy?: readonly Order[] | null | undefined
  page: Page
  fallback: readonly Order[]
}

type Asked = Asking & { fieldNodes: readonly FieldNode[] }

/** The pages of some rows, one for each row above: one statement with its to-one joins, never an entity. */
export async function connectionsOf(rows: Rows, asked: Asked, wanted: Listed): Promise<Map<string, Connection>> {
  const parents = rows.parents?.keys ?? [WHOLE]
  const all = new Map<string, Connection>(parents.map((parent) => [parent, { rows, parent }]))
  const paged = onceFor(asked, 'paged', () => ['nodes', 'edges', 'pageInfo'].some((name) => asks(asked, name)))
  if (paged) await fillPages(rows, asked, wanted, all)
  else cutOf(wanted.page)
  return all
}

async function fillPages(rows: Rows, asked: Asked, wanted: Listed, all: Map<string, Connection>): Promise<void> {
  const { target, reading } = rows
  const cut = cutOf(wanted.page)
  const joins = new Joins(reading)
  const orderBy = wanted.orderBy?.length ? wanted.orderBy : wanted.fallback
  const keys = orderKeys(target, orderBy, reading, joins)
  const marked = onceFor(asked, 'marked', () => marksAsked(asked))
  const binding = marked || cut.after !== undefined ? bindingOf(target, orderBy, rows.wish.where, reading) : ''
  const values = cut.after === undefined ? undefined : cursors!.read(binding, cut.after, keys.length)
  const behindPlace = (of: Key[]) => (values ? behind(of, values, cut.backward) : TRUE)
  const compiled = compileSelection(
    onceFor(asked, 'selection', () => selectionOf(target, asked, [['nodes'], ['edges', 'node']])),
    't',
    reading,
    joins,
  )
  const marks = marked ? keys.map((key, i) => sql`${key.value} as k${raw(String(i))}`) : []
  const columns = joined([listed(compiled.columns), ...marks], ', ')
  const condition = both(rows.condition('walk'), behindPlace(keys))
  const order = orderSql(keys, cut.backward)
  const found = await rows.read(
    rows.parents
      ? reading.asOf
        ? sql`select * from (select ${columns}, ${rows.parent} as parent, row_number() over (partition by ${rows.parent} order by ${order}) as nth
          from ${rows.source} ${joins.sql()} where ${condition}) r where nth > ${cut.offset} and nth <= ${cut.offset + cut.size + 1} order by parent, nth`
        : pagesBelow(rows, { columns, joins, order, cut, placed: foundBelow(rows, orderBy, cut, behindPlace) })
      : sql`select ${columns} from ${rows.source} ${joins.sql()} where ${condition} order by ${order} ${raw(limitText(cut))}`,
    // What can be sorted by has an index; a relation's order is found by sorting all.
    !rows.parents && orderBy.every((one) => one.field) ? cut : undefined,
  )
  const byParent = new Map<string, PlainRow[]>()
  if (rows.parents) for (const row of found) push(byParent, row['parent'] as string, row)
  else byParent.set(WHOLE, found)
  const cursorOf = marked
    ? (row: PlainRow) =>
        cursors!.sign(
          binding,
          keys.map((_, i) => row[`k${i}`] ?? null),
        )
    : undefined
  const { asOf } = reading
  const shape = asOf ? (row: PlainRow) => markThen(compiled.shape(row), asOf) : compiled.shape
  for (const [parent, connection] of all) Object.assign(connection, pageOf(byParent.get(parent) ?? [], cut, wanted.page, shape, cursorOf, asked))
}

interface Below {
  columns: Sql
  joins: Joins
  order: Sql
  cut: Cut
  /** Which rows stand on the page of `p`. */
  placed: Sql
}
/** A page for each row above, found for one after the other: where an index knows the order, it is followed no further than the page goes. */
function pagesBelow({ source, parents, reading }: Rows, { columns, joins, order, placed }: Below): Sql {
  if (reading.engine === 'sqlite')
    return sql`select ${columns}, p.value as parent from json_each(${JSON.stringify(parents!.keys)}) p join ${source} on t.rowid in (${placed}) ${joins.sql()} order by p.key, ${order}`
  return sql`select ${columns}, p.value as parent from unnest(${[...parents!.keys]}::text[]) with ordinality p(value, key) cross join lateral (${placed}) t ${joins.sql()} order by p.key, ${order}`
}

function foundBelow(rows: Rows, orderBy: readonly Order[], cut: Cut, place: (keys: Key[]) => Sql): Sql {
  const joins = new Joins(rows.reading)
  const keys = orderKeys(rows.target, orderBy, rows.reading, joins)
  const condition = both(rows.condition('one'), place(keys))
  return sql`select ${raw(rows.reading.engine === 'sqlite' ? 't.rowid' : 't.*')} from ${rows.source} ${joins.sql()} where ${condition}
    order by ${orderSql(keys, cut.backward)} ${raw(limitText(cut))}`
}

const limitText = ({ size, offset }: Cut) => `limit ${size + 1}${offset ? ` offset ${offset}` : ''}`

const push = (into: Map<string, PlainRow[]>, key: string, row: PlainRow) => {
  const known = into.get(key)
  if (known) known.push(row)
  else into.set(key, [row])
}

/** Whether a cursor is asked for anywhere: signing one for every row is not free. */
function marksAsked(asked: Asked): boolean {
  return fieldsOf(asked.fieldNodes, asked).some((field) => {
    const name = field.name.value
    if (name === 'edges') return fieldsOf([field], asked).some((one) => one.name.value === 'cursor')
    return name === 'pageInfo' && fieldsOf([field], asked).some((one) => one.name.value.endsWith('Cursor'))
  })
}

function pageOf(
  found: PlainRow[],
  cut: Cut,
  page: Page,
  shape: (row: PlainRow) => PlainRow,
  cursorOf: ((row: PlainRow) => string) | undefined,
  asked: Asked,
): Pick<Connection, 'edges' | 'nodes' | 'pageInfo'> {
  const more = found.length > cut.size
  const kept = more ? found.slice(0, cut.size) : found
  if (cut.backward) kept.reverse()
  const nodes = kept.map(shape)
  const first = kept[0]
  return {
    nodes,
    edges: onceFor(asked, 'edges', () => asks(asked, 'edges')) ? nodes.map((node, i) => ({ cursor: cursorOf?.(kept[i]!) ?? '', node })) : [],
    pageInfo: {
      hasNextPage: cut.backward ? page.before != null : more,
      hasPreviousPage: cut.backward ? more : cut.after !== undefined || cut.offset > 0,
      startCursor: first && cursorOf ? cursorOf(first) : null,
      endCursor: first && cursorOf ? cursorOf(kept[kept.length - 1]!) : null,
    },
  }
}

/** How many rows there are, for each row above. */
export async function countOf(rows: Rows): Promise<Map<string, number>> {
  const found = rows.parents
    ? await rows.read(sql`select ${rows.parent} as parent, count(*) as n from ${rows.source} where ${rows.condition()} group by 1`)
    : await rows.read(sql`select '' as parent, count(*) as n from ${rows.source} where ${rows.condition()}`)
  return new Map(found.map((row) => [row['parent'] as string, Number(row['n'])]))
}

/** How many rows of a thing the reader may see under a filter. */
export async function count(target: ThingClass, context: SignedIn, where?: Where | null, also?: Sql): Promise<number> {
  return (await countOf(new Rows(target, context, { where, also }))).get(WHOLE)!
}

/** The ids that match, for acts on "all that match"; refused above the cap. */
export async function idsOf(target: ThingClass, context: SignedIn, where: Where | null | undefined, also: Sql | undefined, most: number): Promise<string[]> {
  const rows = new Rows(target, context, { where, also })
  const found = await rows.read(sql`select t.id as id from ${rows.source} where ${rows.condition()} order by t.id limit ${most + 1}`)
  if (found.length > most) throw new Refusal('TOO_MANY', `一次最多处理 ${most} 条，请缩小筛选范围`)
  return found.map((row) => row['id'] as string)
}

/** All matching rows one after the other, for exports of any size. */
export async function* streamRows(selection: Selection, context: SignedIn, wanted: Wish & Omit<Listed, 'page'>): AsyncIterable<PlainRow> {
  const rows = new Rows(selection.target, context, wanted)
  const joins = new Joins(rows.reading)
  const keys = orderKeys(selection.target, wanted.orderBy?.length ? wanted.orderBy : wanted.fallback, rows.reading, joins)
  const compiled = compileSelection(selection, 't', rows.reading, joins)
  const statement = rows.whole(
    sql`select ${listed(compiled.columns)} from ${rows.source} ${joins.sql()} where ${rows.condition()} order by ${orderSql(keys, false)}`,
  )
  for await (const row of context.reader.stream(statement.sql, statement.params, askerOf(context))) yield compiled.shape(row)
}
