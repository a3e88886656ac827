import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import {
  writeXlsx,
  writeXlsxStream,
  XLSX_MAX_ROWS_PER_SHEET,
  type CellStyle,
  type CellValue,
  type ColumnDef,
  type DataValidation,
  type WriteSheet,
} from 'hucre/xlsx'
import { columnName } from './excel.js'

/** A column of a list on paper. Everything but a count is text, so that codes keep their zeros and nothing becomes a formula. */
export interface PaperColumn {
  header: string
  width?: number
  /** A number that Excel may add up. */
  count?: boolean
  /** Choices offered as a drop-down list. */
  choices?: readonly string[]
  /** Shown with a star: the import refuses a row without it. */
  required?: boolean
}
export type PaperCell = string | number | null | undefined

export interface Paper {
  sheet: string
  /** Lines above the header: title, then who exported it and when. */
  lines: string[]
  columns: PaperColumn[]
}

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * A list of any length, written while its rows are read: memory does not grow with it. Past Excel's last row it goes on
 * on a second sheet, which begins with the same lines and headings.
 */
export function paperStream(paper: Paper, rows: AsyncIterable<PaperCell[]> | Iterable<PaperCell[]>, rowsPerSheet = XLSX_MAX_ROWS_PER_SHEET): Readable {
  const top = [...paper.lines.map((line) => [plain(line)]), paper.columns.map((column) => plain(column.header))]
  async function* all(): AsyncGenerator<CellValue[]> {
    yield* top
    let onSheet = top.length
    for await (const row of rows) {
      if (onSheet === rowsPerSheet) {
        yield* top
        onSheet = top.length
      }
      yield row.map((cell, i) => safe(cell, paper.columns[i]))
      onSheet++
    }
  }
  const stream = writeXlsxStream(all(), {
    name: sheetName(paper.sheet),
    columns: paper.columns.map((column, i) => (i === 0 ? { ...columnOf(column), style: LINE } : columnOf(column))),
    freezePane: { rows: paper.lines.length + 1 },
    repeatHeaders: false,
    maxRowsPerSheet: rowsPerSheet,
  })
  return Readable.fromWeb(stream as ReadableStream<Uint8Array>)
}

/**
 * A small workbook to be filled in or corrected: merged title, bold header, drop-down lists. Rows `prepared` below are
 * text already, so that a code typed there keeps all of its figures.
 */
export async function paperFile(paper: Paper, rows: PaperCell[][], notes: string[] = [], prepared = 0): Promise<Uint8Array> {
  const choices = paper.columns.filter((column) => column.choices?.length)
  const sheets: WriteSheet[] = [sheetOf(paper, rows, choices, prepared)]
  if (notes.length) sheets.push({ name: '填写说明', columns: [{ width: 100, style: TEXT }], rows: notes.map((note) => [plain(note)]) })
  if (choices.length) sheets.push(choiceSheet(choices))
  return writeXlsx({ sheets, defaultFont: { name: '宋体', size: 11 } })
}

const CHOICES = '可选值'
const TEXT: CellStyle = { numFmt: '@', alignment: { vertical: 'center', wrapText: true } }
/** The title stands in the first column and runs on over the others, so that column is not wrapped. */
const LINE: CellStyle = { numFmt: '@', alignment: { vertical: 'center' } }
const TITLE: CellStyle = { font: { bold: true, size: 14 }, alignment: { horizontal: 'center', vertical: 'center' } }
const HEADER: CellStyle = {
  font: { bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E8EEF7' } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
}

const columnOf = (column: PaperColumn): ColumnDef => ({
  width: column.width ?? Math.max(10, column.header.length * 2 + 2),
  style: column.count ? { alignment: { vertical: 'center' } } : TEXT,
})

function sheetOf(paper: Paper, rows: PaperCell[][], choices: PaperColumn[], prepared: number): WriteSheet {
  const { lines, columns } = paper
  const top = lines.length
  const style = (row: number, width: number, look: CellStyle) => Array.from({ length: width }, (_, column) => [`${row},${column}`, { style: look }] as const)
  const first = top + 1 + rows.length
  const empty = Array.from({ length: prepared }, (_, i) => style(first + i, columns.length, TEXT)).flat()
  return {
    name: sheetName(paper.sheet),
    columns: columns.map(columnOf),
    rows: [
      ...lines.map((line) => [plain(line)]),
      columns.map((column) => plain(column.header + (column.required ? '*' : ''))),
      ...rows.map((row) => row.map((cell, i) => safe(cell, columns[i]))),
    ],
    cells: new Map([...lines.flatMap((_, i) => style(i, 1, TITLE)), ...style(top, columns.length, HEADER), ...empty]),
    merges: lines.map((_, row) => ({ startRow: row, startCol: 0, endRow: row, endCol: columns.length - 1 })),
    freezePane: { rows: top + 1 },
    dataValidations: choices.map((column, i) => dropDown(columns.indexOf(column), top + 2, i, column.choices!.length)),
  }
}

/** The lists stand on a sheet of their own: a list inside the rule itself ends at 255 characters. */
const choiceSheet = (choices: PaperColumn[]): WriteSheet => {
  const length = Math.max(...choices.map((column) => column.choices!.length))
  const line = (i: number) => choices.map((column) => (column.choices![i] == null ? null : plain(column.choices![i])))
  return { name: CHOICES, hidden: true, rows: Array.from({ length }, (_, i) => line(i)) }
}

const dropDown = (column: number, firstRow: number, list: number, length: number): DataValidation => ({
  type: 'list',
  formula1: `${CHOICES}!$${columnName(list)}$1:$${columnName(list)}$${length}`,
  range: `${columnName(column)}${firstRow}:${columnName(column)}5000`,
  allowBlank: true,
  showErrorMessage: true,
  errorStyle: 'warning',
  errorTitle: '请从列表中选择',
  errorMessage: '列表里没有这一项，导入时可能被退回',
})

const safe = (cell: PaperCell, column?: PaperColumn): CellValue =>
  cell == null || cell === '' ? null : typeof cell === 'number' && column?.count ? cell : plain(String(cell))

/**
 * A typed string is never calculated, whatever it begins with. What XML cannot hold is left out, and Excel's own
 * escape (_x0041_) is written so that it comes back as typed. 32,767 characters is Excel's own end of a cell.
 */
const plain = (text: string): string =>
  text
    .toWellFormed()
    // eslint-disable-next-line no-control-regex -- exactly the characters XML forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .slice(0, 32_767)

const sheetName = (name: string): string =>
  name
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/^'+|'+$/g, '')
    .trim()
    .slice(0, 31) || '台账'
