import type { Cell, Row, Sheet } from '../shared/excel.js'
import { Refusal } from '../shared/refusal.js'
import type { Column } from './column.js'
import { isData } from './dataRow.js'
import { findHeader, type Header } from './header.js'
import { isSameAsAbove } from './words.js'

/** A ledger found in a workbook: its columns and its data rows. */
export interface Table<Field extends string> {
  sheet: string
  /** Other sheets that look like such a ledger and were not read. */
  otherSheets: string[]
  header: Header<Field>
  rows: LedgerRow<Field>[]
  /** The fields as our own template names them. */
  labels: ReadonlyMap<string, string>
  /** What stands above the header: it may say which year the days belong to. */
  title: string
}
export interface LedgerRow<Field extends string> {
  number: number
  cells: (Cell | undefined)[]
  /** The cell of a field; undefined when the column is missing or the cell empty. */
  at(field: Field): Cell | undefined
  /** The column as this file names it. */
  called(field: Field): string
}
/** What makes a sheet such a ledger: of each group at least one column must be there. */
export interface LedgerShape<Field extends string> {
  name: string
  columns: readonly Column<Field>[]
  needs: readonly (readonly Field[])[]
  /** A row without any of these is not data, however much else stands in it. */
  identity: readonly Field[]
}

export function findTable<Field extends string>(sheets: Sheet[], shape: LedgerShape<Field>, wanted?: string): Table<Field> {
  const among = wanted === undefined ? sheets : sheets.filter((sheet) => sheet.name.trim() === wanted.trim())
  if (!among.length) throw new Refusal('NO_SHEET', `文件中没有名为“${wanted}”的工作表，现有：${sheets.map((sheet) => sheet.name).join('、')}`)
  const found = among.flatMap((sheet) => {
    const header = findHeader(sheet, shape.columns)
    return header ? [{ sheet, header, missing: missing(header, shape), rows: rowsOf(sheet, header, shape) }] : []
  })
  const [best, ...others] = found.sort(
    (a, b) =>
      a.missing.length - b.missing.length ||
      Number(a.sheet.hidden) - Number(b.sheet.hidden) ||
      Number(!a.rows.length) - Number(!b.rows.length) ||
      b.header.fields.size - a.header.fields.size ||
      b.rows.length - a.rows.length,
  )
  if (!best || best.header.fields.size < 2)
    throw new Refusal('NO_HEADER', `没有找到${shape.name}的表头，请确认工作表中有一行写着：${labels(shape, shape.needs.flat())}`)
  if (best.missing.length) throw missingColumns(best.sheet, best.header, best.missing, shape)
  if (!best.rows.length) throw new Refusal('NO_ROWS', `工作表“${best.sheet.name}”第 ${best.header.row} 行是表头，下面没有数据`)
  return {
    sheet: best.sheet.name,
    otherSheets: others.filter((other) => !other.missing.length && other.rows.length).map((other) => other.sheet.name),
    header: best.header,
    rows: best.rows,
    labels: new Map(shape.columns.map((column) => [column.field, column.label])),
    title: titleOf(best.sheet, best.header.row),
  }
}

const missing = <Field extends string>(header: Header<Field>, shape: LedgerShape<Field>): (readonly Field[])[] =>
  shape.needs.filter((group) => !group.some((field) => header.fields.has(field)))

const labels = <Field extends string>(shape: LedgerShape<Field>, fields: readonly Field[], joint = '、') =>
  fields.map((field) => shape.columns.find((column) => column.field === field)!.label).join(joint)

function missingColumns<Field extends string>(sheet: Sheet, header: Header<Field>, groups: (readonly Field[])[], shape: LedgerShape<Field>): Refusal {
  const wanted = groups.map((group) => `“${labels(shape, group, '”或“')}”`).join('、')
  const present = header.texts.filter(Boolean).join('、')
  return new Refusal('COLUMN_MISSING', `工作表“${sheet.name}”第 ${header.row} 行的表头缺少${wanted}列。现有的列：${present}`, { field: groups[0]![0]! })
}

const titleOf = (sheet: Sheet, headerRow: number) =>
  [sheet.name, ...sheet.rows.filter((row) => row.number < headerRow).flatMap((row) => row.cells.map((cell) => cell?.text ?? ''))].join(' ')

function rowsOf<Field extends string>(sheet: Sheet, header: Header<Field>, shape: LedgerShape<Field>): LedgerRow<Field>[] {
  const above: (Cell | undefined)[] = []
  const called = (field: Field) => header.fields.get(field)?.text ?? shape.columns.find((column) => column.field === field)!.label
  return sheet.rows
    .filter((row) => row.number > header.row && isData(row, sheet, header, shape.identity))
    .map((row: Row) => {
      const cells = row.cells.map((cell, i) => (cell && isSameAsAbove(cell.text) && above[i] ? above[i] : cell))
      cells.forEach((cell, i) => (above[i] = cell ?? above[i]))
      return { number: row.number, cells, called, at: (field) => cells[header.fields.get(field)?.index ?? -1] }
    })
}
