import { type CellStyle, type CellValue, writeXlsx, type WriteSheet } from 'hucre/xlsx'
import { columnName } from './excel.js'

/** A column of an official table: its own heading, under a heading that it shares with its neighbours. */
export interface FormColumn {
  over?: string
  title: string
  width?: number
  /** How a number is shown; text otherwise. */
  format?: '0' | '0.0' | '0.00'
}
export interface Form {
  sheet: string
  title: string
  /** Left, middle and right of the line under the title: 填报单位、统计期间、单位. */
  under: [string, string, string]
  columns: FormColumn[]
  rows: (string | number | null)[][]
  totals: (string | number | null)[]
  /** 填表人、审核人、日期. */
  foot: string[]
  notes: string[]
}

const FONT = { name: '宋体', size: 10.5 }
const EDGE = { style: 'thin' as const, color: { rgb: '000000' } }
const BOX = { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE }
const CENTRE = { horizontal: 'center' as const, vertical: 'center' as const, wrapText: true }
const TITLE: CellStyle = { font: { name: '方正小标宋简体', size: 18 }, alignment: CENTRE }
const LINE: CellStyle = { font: FONT, numFmt: '@', alignment: { vertical: 'center' } }
const HEAD: CellStyle = { font: { ...FONT, bold: true }, border: BOX, alignment: CENTRE }
const cellStyle = (format: FormColumn['format'], bold: boolean): CellStyle => ({
  font: { ...FONT, bold },
  border: BOX,
  numFmt: format ?? '@',
  alignment: format ? { horizontal: 'right', vertical: 'center' } : { horizontal: 'center', vertical: 'center', wrapText: true },
})

/** A fixed official layout on A4 lying down: title, who and when, a head of two rows that repeats on each page, totals, signatures. */
export function formFile({ sheet, title, under, columns, rows, totals, foot, notes }: Form): Promise<Uint8Array> {
  const width = columns.length
  const cells = new Map<string, { style: CellStyle; value?: CellValue }>()
  const merges: NonNullable<WriteSheet['merges']> = []
  const lines: CellValue[][] = []
  const put = (row: number, column: number, style: CellStyle) => void cells.set(`${row},${column}`, { style })
  const span = (row: number, from: number, to: number, endRow = row) => {
    if (from < to || row < endRow) merges.push({ startRow: row, startCol: from, endRow, endCol: to })
  }
  const wide = (): CellValue[] => Array.from({ length: width }, () => null)

  lines.push([title, ...wide().slice(1)])
  put(0, 0, TITLE)
  span(0, 0, width - 1)
  const second = wide()
  const [middle, right] = [Math.floor(width / 3), Math.floor((2 * width) / 3)]
  ;[0, middle, right].forEach((at, i) => {
    second[at] = under[i]!
    put(1, at, i === 2 ? { ...LINE, alignment: { horizontal: 'right', vertical: 'center' } } : LINE)
  })
  lines.push(second)
  span(1, 0, middle - 1)
  span(1, middle, right - 1)
  span(1, right, width - 1)

  const [over, own] = [wide(), wide()]
  columns.forEach((column, i) => {
    put(2, i, HEAD)
    put(3, i, HEAD)
    if (!column.over) {
      over[i] = column.title
      span(2, i, i, 3)
      return
    }
    own[i] = column.title
    if (columns[i - 1]?.over === column.over) return
    over[i] = column.over
    let end = i
    while (columns[end + 1]?.over === column.over) end++
    span(2, i, end)
  })
  lines.push(over, own)

  for (const [n, row] of [...rows, totals].entries()) {
    lines.push(row.map((value, i) => (value === null ? '—' : typeof value === 'number' && !columns[i]!.format ? String(value) : value)))
    columns.forEach(({ format }, i) => put(4 + n, i, cellStyle(row[i] === null ? undefined : format, n === rows.length)))
  }
  const after = lines.length
  const last = wide()
  foot.forEach((text, i) => {
    const at = Math.floor((i * width) / foot.length)
    last[at] = text
    put(after, at, LINE)
    span(after, at, Math.floor(((i + 1) * width) / foot.length) - 1)
  })
  lines.push(last)
  for (const [n, note] of notes.entries()) {
    lines.push([note, ...wide().slice(1)])
    put(after + 1 + n, 0, { font: { ...FONT, size: 9 }, numFmt: '@', alignment: { vertical: 'center', wrapText: true } })
    span(after + 1 + n, 0, width - 1)
  }
  return writeXlsx({
    sheets: [
      {
        name: sheet,
        columns: columns.map((column) => ({ width: column.width ?? 9 })),
        rows: lines,
        cells: cells as NonNullable<WriteSheet['cells']>,
        merges,
        freezePane: { rows: 4 },
        pageSetup: {
          paperSize: 'a4',
          orientation: 'landscape',
          fitToPage: true,
          fitToWidth: 1,
          fitToHeight: 0,
          horizontalCentered: true,
          margins: { top: 0.6, bottom: 0.6, left: 0.4, right: 0.4, header: 0.3, footer: 0.3 },
          printTitlesRow: '$1:$4',
          printArea: `$A$1:$${columnName(width - 1)}$${lines.length}`,
        },
      },
    ],
    defaultFont: { name: '宋体', size: 10.5 },
  })
}
