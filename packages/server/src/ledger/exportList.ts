import type { Readable } from 'node:stream'
import { getVariableValues, type GraphQLSchema, parse, type OperationDefinitionNode } from 'graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { searchSql as hazardSearch } from '../hazard/hazard.resolver.js'
import { HazardQueue, queueSql } from '../hazard/queues.js'
import { hazardRules } from '../hazard/rules.js'
import { act } from '../shared/act.js'
import type { SignedIn } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { type PaperCell, paperStream } from '../shared/excelWrite.js'
import { count, idsOf, type Order, streamRows } from '../shared/read/list.js'
import type { PlainRow } from '../shared/read/reader.js'
import { searchSql } from '../shared/read/search.js'
import type { Selection } from '../shared/read/select.js'
import { both, type Sql, TRUE } from '../shared/read/sql.js'
import { type Where } from '../shared/read/where.js'
import { needWritable } from '../shared/plainText.js'
import { Refusal } from '../shared/refusal.js'
import { columnsFor, ENTERPRISE_EXPORT, type ExportColumn, type Exporting, HAZARD_EXPORT } from './exportColumns.js'
import type { LedgerKind } from './ledger.js'

/** The list on the screen, as its address says: the same filter, search and order. */
export interface ListWish {
  where?: string | undefined
  orderBy?: string | undefined
  search?: string | undefined
  /** Of hazards: one of my queues. */
  queue?: string | undefined
  /** Phones in full; each enterprise whose phone is given out is logged. */
  fullPhones: boolean
}

const MOST_REVEALED = 20_000

const LISTS = {
  enterprises: {
    target: Enterprise,
    title: '企业清单',
    columns: ENTERPRISE_EXPORT,
    fallback: [{ field: 'division' }, { field: 'name' }] as Order[],
    also: ({ search }: ListWish, ctx: SignedIn): Promise<Sql> => Promise.resolve(searchSql(search, ['name', 'uscc', 'address'], ctx.reader.engine)),
  },
  hazards: {
    target: Hazard,
    title: '隐患清单',
    columns: HAZARD_EXPORT,
    fallback: [{ field: 'foundOn', dir: 'DESC' }] as Order[],
    also: async ({ search, queue }: ListWish, ctx: SignedIn): Promise<Sql> => both(queue ? await inQueue(queue, ctx) : TRUE, hazardSearch(search, ctx)),
  },
} satisfies Record<LedgerKind, unknown>

/** The whole list as a workbook, streamed at any size, in the reader's scope; who took it and when stands on top. */
export async function exportList(kind: LedgerKind, ctx: SignedIn, schema: GraphQLSchema, wish: ListWish): Promise<{ name: string; stream: Readable }> {
  const { target, title, columns: all, fallback, also } = LISTS[kind]
  const columns = columnsFor(target, all, ctx.actor.role)
  needWritable(wish.search)
  const { where, orderBy } = understood(schema, target.name, wish)
  const wanted = { where, orderBy, fallback, also: await also(wish, ctx) }
  const total = await count(target, ctx, where, wanted.also)
  if (wish.fullPhones && kind === 'enterprises') await logReveal(ctx, await idsOf(target, ctx, where, wanted.also, MOST_REVEALED))
  const today = dayOf(ctx.now)
  const exporting: Exporting = { names: await namesOf(ctx), today, fullPhones: wish.fullPhones }
  const paper = {
    sheet: title,
    lines: [title, `导出人：${ctx.actor.name} · 导出时间：${shanghai(ctx.now)} · 共 ${total} 条${wish.fullPhones ? ' · 含完整电话，请妥善保管' : ''}`],
    columns,
  }
  return { name: `${title} ${today}.xlsx`, stream: paperStream(paper, cellsOf(columns, streamRows(selectionOf(kind, columns), ctx, wanted), exporting)) }
}

async function inQueue(queue: string, ctx: SignedIn): Promise<Sql> {
  const known = Object.values(HazardQueue).find((one) => one === queue)
  if (!known) throw new Refusal('BAD_FILTER', `没有 ${queue} 这个待办`)
  return queueSql(known, ctx.actor, dayOf(ctx.now), await hazardRules(ctx.em))
}

async function* cellsOf(columns: readonly ExportColumn[], rows: AsyncIterable<PlainRow>, exporting: Exporting): AsyncGenerator<PaperCell[]> {
  for await (const row of rows) yield columns.map((column) => column.cell(row, exporting))
}

function selectionOf(kind: LedgerKind, columns: readonly ExportColumn[]): Selection {
  const links = new Map<string, Selection>()
  const ofEnterprise = columns.flatMap((column) => column.enterprise ?? [])
  if (ofEnterprise.length) links.set('enterprise', { target: Enterprise, data: new Set(['id', ...ofEnterprise]), links: new Map() })
  return { target: LISTS[kind].target, data: new Set(['id', ...columns.flatMap((column) => column.needs)]), links }
}

/** The filter goes through the graph's own types: what the list would refuse, the export refuses too. */
function understood(schema: GraphQLSchema, thing: string, wish: ListWish): { where: Where | undefined; orderBy: Order[] | undefined } {
  const document = parse(`query ($where: ${thing}Where, $orderBy: [${thing}Order!]) { __typename }`)
  const { variableDefinitions } = document.definitions[0] as OperationDefinitionNode
  const { coerced, errors } = getVariableValues(schema, variableDefinitions ?? [], { where: json(wish.where), orderBy: json(wish.orderBy) }, { maxErrors: 1 })
  if (errors) throw new Refusal('BAD_FILTER', `筛选条件不对：${errors[0]!.message}`)
  return { where: (coerced['where'] ?? undefined) as Where | undefined, orderBy: (coerced['orderBy'] ?? undefined) as Order[] | undefined }
}

function json(text: string | undefined): unknown {
  if (!text) return undefined
  try {
    const said = JSON.parse(text) as unknown
    needWritable(said)
    return said
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('BAD_FILTER', '筛选条件不是 JSON')
  }
}

async function namesOf(ctx: SignedIn): Promise<Map<string, string>> {
  const rows = await ctx.reader.all('select code, name from division union all select code, name from station')
  return new Map(rows.map((row) => [row['code'] as string, row['name'] as string]))
}

async function logReveal(ctx: SignedIn, ids: readonly string[]): Promise<void> {
  await act(
    ctx,
    'enterpriseExport',
    async ({ em, log }) => {
      for (let i = 0; i < ids.length; i += 1000)
        for (const { id, division, station = null } of await em.find(
          Enterprise,
          { id: { $in: ids.slice(i, i + 1000) } },
          { fields: ['id', 'division', 'station'] },
        ))
          log([{ thing: 'Enterprise', record: id, act: 'enterpriseReveal', diff: {}, division, station, enterprise: id, workshop: null }])
    },
    '导出完整电话',
  )
}

const shanghai = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
