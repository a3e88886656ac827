import type { Merge, Row, Sheet } from '../shared/excel.js'
import { type Column, fits, headerWords } from './column.js'
import { oneLine } from './words.js'

/** Which column of the sheet holds which field, and what stands above it. */
export interface Header<Field extends string> {
  /** Excel's number of the (last) header row. */
  row: number
  fields: Map<Field, { index: number; text: string }>
  /** Everything written above the columns, for the repeated headers further down and for the refused rows. */
  texts: (string | undefined)[]
  certainty: number
}

const SEARCHED = 40

/** Finds the header of a sheet: the row, or the pair of rows under merged groups, that names most of the columns. */
export function findHeader<Field extends string>(sheet: Sheet, columns: readonly Column<Field>[]): Header<Field> | undefined {
  const rows = sheet.rows.slice(0, SEARCHED)
  const single = rows.map((row) =>
    headerOf(
      columns,
      row.number,
      row.cells.map((cell) => own(cell?.text)),
    ),
  )
  const pairs = rows.flatMap((row, i) => {
    const next = rows[i + 1]
    return next?.number === row.number + 1 ? [headerOf(columns, next.number, grouped(row, next, sheet.merges))] : []
  })
  // Most columns first, then the more certain; of equals one row goes before two, and the higher before the lower.
  return [...single, ...pairs].reduce<Header<Field> | undefined>((best, one) => (rank(one) > (best ? rank(best) : 0) ? one : best), undefined)
}

const rank = (header: Header<string>) => header.fields.size * 1000 + header.certainty

/** What a header cell may be read as, the likeliest first, with how much each reading is worth. */
type Reading = { text: string; worth: number }
const own = (text: string | undefined): Reading[] => (text ? [{ text: oneLine(text), worth: 3 }] : [])

/** Under 复查 alone, 日期 means 复查日期: such a word says little by itself. */
const GENERIC = /^(日期|时间|姓名|人员|人|电话|手机|名称|单位|结果|情况|意见|内容|类型|类别|等级|编号|部位|期限|时限|措施|要求|描述|负责人|责任人)$/

function grouped(upper: Row, lower: Row, merges: Merge[]): Reading[][] {
  const width = Math.max(upper.cells.length, lower.cells.length)
  return Array.from({ length: width }, (_, column) => {
    const child = lower.cells[column]
    const parent = groupName(groupAbove(upper, lower, column, merges))
    if (!child || child.merged) return own(upper.cells[column]?.text)
    const text = oneLine(child.text)
    if (!parent) return own(text)
    return [
      { text: parent + text, worth: 4 },
      { text, worth: GENERIC.test(text) ? 1 : 3 },
    ]
  })
}

/** A title above the table is no group. */
const groupName = (text = ''): string => (oneLine(text).length > 16 ? '' : oneLine(text))

/** The group's name stands in its first cell only; the cells to the right are merged with it, or left empty. */
function groupAbove(upper: Row, lower: Row, column: number, merges: Merge[]): string | undefined {
  if (upper.cells[column]) return upper.cells[column].text
  const merge = merges.find((m) => m.top <= upper.number && upper.number <= m.bottom && m.left <= column && column <= m.right)
  if (merge) return upper.cells[merge.left]?.text
  for (let left = column - 1; left >= 0 && lower.cells[left]; left--) if (upper.cells[left]) return upper.cells[left]!.text
  return undefined
}

/** Gives each field its best column and each column its best field. */
function headerOf<Field extends string>(columns: readonly Column<Field>[], row: number, readings: Reading[][]): Header<Field> {
  const offers = readings.flatMap((read, index) =>
    read.flatMap(({ text, worth }) => {
      const words = text.length <= 40 ? headerWords(text) : []
      return columns.flatMap((column) => {
        const fit = fits(column, words)
        return fit ? [{ index, text, field: column.field, value: fit === 'exact' ? worth * 10 : worth }] : []
      })
    }),
  )
  offers.sort((a, b) => b.value - a.value || a.index - b.index)
  const fields: Header<Field>['fields'] = new Map()
  const taken = new Set<number>()
  let certainty = 0
  for (const { index, text, field, value } of offers) {
    if (fields.has(field) || taken.has(index)) continue
    fields.set(field, { index, text })
    taken.add(index)
    certainty += value
  }
  const texts = readings.map((read, index) => [...fields.values()].find((f) => f.index === index)?.text ?? read[0]?.text)
  return { row, fields, texts, certainty }
}
