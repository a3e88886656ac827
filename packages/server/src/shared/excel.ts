import { EncryptedFileError } from 'hucre'
import { readXlsx, type CellValue, type MergeRange, type Sheet as RawSheet } from 'hucre/xlsx'
import { checkArchive } from './excelArchive.js'
import { withoutUnwritable } from './plainText.js'
import { Refusal } from './refusal.js'

/** One cell as a clerk sees it: always a text, and what Excel took it for. */
export interface Cell {
  text: string
  kind: 'text' | 'number' | 'day' | 'flag' | 'fault'
  formula: boolean
  /** The value comes from the top cell of a merged block, not from this row. */
  merged: boolean
}
export type Row = { number: number; cells: (Cell | undefined)[] }
/** Rows that hold something, hidden ones too, with Excel's own row numbers; `merges` count rows from 1 and columns from 0. */
export interface Sheet {
  name: string
  hidden: boolean
  rows: Row[]
  merges: Merge[]
}
export interface Merge {
  top: number
  bottom: number
  left: number
  right: number
}

export const MAX_ROWS = 100_000
const MAX_COLUMNS = 150
const MAX_SHEETS = 60

/** Reads every sheet of an .xlsx workbook; what it cannot read it refuses in words that say what to do. */
export async function readWorkbook(bytes: Uint8Array): Promise<Sheet[]> {
  checkArchive(bytes)
  try {
    const workbook = await readXlsx(bytes, { range: `A1:${columnName(MAX_COLUMNS - 1)}${MAX_ROWS + 1}`, sheets: (_, index) => index < MAX_SHEETS })
    return workbook.sheets.map(sheetOf)
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (error instanceof EncryptedFileError) throw new Refusal('FILE_LOCKED', '这个工作簿设了打开密码，请在 WPS 或 Excel 中去掉密码后重新上传')
    throw new Refusal('FILE_BROKEN', '这个文件打不开，可能没有保存完整，请在 WPS 或 Excel 中另存为 .xlsx 后重新上传')
  }
}

function sheetOf(raw: RawSheet): Sheet {
  if (raw.rows.length > MAX_ROWS) throw new Refusal('FILE_TOO_LONG', `工作表“${raw.name}”超过 ${MAX_ROWS} 行，请分成几个文件导入`)
  const rows: Row[] = []
  const formulas = new Set([...(raw.cells ?? [])].flatMap(([place, cell]) => (cell.formula === undefined ? [] : [place])))
  raw.rows.forEach((values, index) => {
    const cells = values.map((value, column) => cellOf(value, formulas.size > 0 && formulas.has(`${index},${column}`)))
    if (cells.some(Boolean)) rows.push({ number: index + 1, cells })
  })
  const merges = (raw.merges ?? []).map(mergeOf)
  const sheet: Sheet = { name: raw.name, hidden: !!(raw.hidden || raw.veryHidden), rows, merges }
  merges.forEach((merge) => fillDown(sheet, merge))
  return sheet
}

function cellOf(value: CellValue, formula: boolean): Cell | undefined {
  const cell = (kind: Cell['kind'], text: string): Cell => ({ text, kind, formula, merged: false })
  // A formula that was never calculated has no value: it must be seen, not taken for an empty cell.
  if (value == null || value === '') return formula ? cell('fault', '') : undefined
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? cell('fault', '') : cell('day', value.toISOString().slice(0, 10))
  if (typeof value === 'number') return cell('number', numberText(value))
  if (typeof value === 'boolean') return cell('flag', value ? '是' : '否')
  if (value.startsWith('#') && /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!)$/.test(value)) return cell('fault', value)
  const text = withoutUnwritable(value)
  return text.trim() === '' ? undefined : cell('text', text)
}

/** 13286574106, never 1.3286574106e10; 0.30000000000000004 as 0.3. */
const numberText = (value: number): string => (Number.isInteger(value) ? BigInt(value).toString() : String(Number(value.toPrecision(15))))

const mergeOf = (m: MergeRange): Merge => ({ top: m.startRow + 1, bottom: m.endRow + 1, left: m.startCol, right: m.endCol })

/** One enterprise's name merged beside its five hazards belongs to each of the five rows. */
function fillDown(sheet: Sheet, { top, bottom, left }: Merge): void {
  if (bottom === top) return
  const first = sheet.rows.find((row) => row.number === top)?.cells[left]
  if (!first) return
  for (const row of sheet.rows) if (row.number > top && row.number <= bottom) row.cells[left] ??= { ...first, merged: true }
}

export const columnName = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26)
