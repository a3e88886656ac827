import type { Readable } from 'node:stream'
import type { SignedIn } from '../shared/context.js'
import type { Door } from '../shared/door.js'
import { type PaperColumn, paperStream, XLSX } from '../shared/excelWrite.js'
import type { Cell } from '../shared/read/csvLine.js'
import type { ListField } from '../shared/read/listField.js'
import type { Written } from '../shared/read/reader.js'
import { Refusal } from '../shared/refusal.js'
import { askingOf, type Part, type Row, type Table, tableOf } from './answer.js'
import { type Column, columnsOf } from './columns.js'
import { csvStream, writtenCsv } from './csv.js'
import { jsonStream } from './json.js'
import { plainColumns } from './plainColumns.js'
import { type Query, understand } from './understand.js'
import { nameOfList, WholeList } from './whole.js'
import { groupsWhole } from './groups.js'

export const FORMATS = ['csv', 'xlsx', 'json'] as const
export type Format = (typeof FORMATS)[number]
export const MIME: Record<Format, string> = { csv: 'text/csv; charset=utf-8', xlsx: XLSX, json: 'application/json; charset=utf-8' }

export interface Graph {
  door: Door
  lists: readonly ListField[]
}
export interface Wanted extends Query {
  title: string
  format: Format
  part?: Part | undefined
  /** More rows than this are refused before the last is written. */
  most?: number | undefined
}
export interface Asker {
  context: SignedIn
  /** The same person as he stands now; throws when he may no longer. */
  now(): Promise<SignedIn>
}
export interface Made {
  stream: Readable
  /** How many rows have been given out so far. */
  rows(): number
}

/** The answer of a query as a file: a list whole and streamed, groups and figures as they are. */
export async function answerFile({ door, lists }: Graph, asker: Asker, wanted: Wanted): Promise<Made> {
  const { context } = asker
  const understood = understand(door, wanted, context.actor)
  const found = tableOf(understood, wanted.part)
  const list = found.part === 'nodes' ? lists.find(({ name }) => name === nameOfList(understood)) : undefined
  const whole = list && new WholeList(door, list, understood)
  const table: Table = whole?.table ?? found
  const columns = columnsOf(door.schema, table.type, table.fields, askingOf(understood.prepared))
  const { title, format } = wanted
  let given = 0
  async function* counted<Part extends Row[] | Written>(parts: AsyncIterable<Part>): AsyncGenerator<Part> {
    for await (const part of parts) {
      given += Array.isArray(part) ? part.length : part.count
      if (wanted.most !== undefined && given > wanted.most) throw new Refusal('TOO_MANY', `结果超过 ${wanted.most} 行，请缩小范围或改为分组统计`)
      yield part
    }
  }
  const plain = list && format === 'csv' ? plainColumns(list.target, table.type, table.fields, askingOf(understood.prepared)) : undefined
  if (whole && plain) {
    const parts = await begun(whole.written(plain, context, () => asker.now()))
    return { stream: writtenCsv(columns, counted(parts)), rows: () => given }
  }
  // The first rows are there before the first byte: what is refused is refused with a status and words.
  const source = whole ? whole.rows(context, () => asker.now()) : once(await groupsWhole(door, understood, found, context))
  const rows = await begun(source)
  async function* cells(): AsyncGenerator<Cell[]> {
    for await (const some of counted(rows)) for (const row of some) yield columns.map((column) => column.cell(row))
  }
  const stream =
    format === 'json'
      ? jsonStream(table.path, counted(rows))
      : format === 'csv'
        ? csvStream(columns, cells())
        : paperStream({ sheet: title, lines: [title, signed(context)], columns: columns.map(paperColumn) }, cells())
  return { stream, rows: () => given }
}

const paperColumn = ({ header, number, width }: Column): PaperColumn => ({
  header,
  count: number,
  ...(width ? { width: Math.max(width, header.length + 2) } : {}),
})

const signed = ({ actor, now }: SignedIn): string =>
  `导出人：${actor.name} · 导出时间：${new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')}`

async function* once(rows: Row[]): AsyncGenerator<Row[]> {
  yield rows
}

/** Reads on until the first rows are there. */
async function begun<Part>(source: AsyncGenerator<Part>): Promise<AsyncIterable<Part>> {
  const first = await source.next()
  async function* all(): AsyncGenerator<Part> {
    try {
      if (!first.done) yield first.value
      yield* source
    } finally {
      await source.return(undefined)
    }
  }
  return all()
}
