import type { Cell, Row, Sheet } from '../shared/excel.js'
import { half, sameKey } from '../shared/sameKey.js'
import type { Header } from './header.js'

const TOTAL = /^.{0,6}(合计|小计|总计|共计|累计|总数|平均)[:：]?(.{0,12})$/
const SIGNED = /^(填表|填报|制表|审核|审批|复核|经办|统计|汇总|编制|签字|签名|单位负责|单位\(|分管|主管|负责人\(|联系人|联系电话|报送|日期|盖章).{0,12}[:：]/
const NOTE = /^((注|备注|说明|填表说明|填写说明|填报说明|温馨提示|提示)[\d一二三]?[:：、.]|以上|截至|截止|本表|此表|共\d)/

/** The example row of a template. */
const EXAMPLE = /^\(?(示例|样例|例)[:：)]/

/** True for a row that states a thing; blank rows, totals, signatures, notes, headings and repeated headers do not. */
export function isData<Field extends string>(row: Row, sheet: Sheet, header: Header<Field>, identity: readonly Field[]): boolean {
  const own = row.cells.map((cell) => (cell && !cell.merged ? cell : undefined))
  const known = [...header.fields].flatMap(([field, { index }]) => (own[index] ? [{ field, text: half(own[index].text), cell: own[index] }] : []))
  if (!known.length) return false // a running number alone is a line prepared for later
  if (known.some(({ field, text }) => identity.includes(field) && EXAMPLE.test(text))) return false
  if (spans(row, sheet, header) || isRepeatedHeader(row, header) || isRuler(own)) return false
  const first = half(own.find(Boolean)!.text).replace(/\s/g, '')
  const said = known.filter(({ cell, text }) => cell.kind === 'text' && !/^[\d.,%]+$/.test(text))
  if (TOTAL.test(first) && said.length <= 1) return false
  const names = known.some(({ field, text }) => identity.includes(field) && !SIGNED.test(text))
  if (!names && (SIGNED.test(first) || known.some(({ text }) => SIGNED.test(text)))) return false
  if (NOTE.test(first) && own.filter(Boolean).length <= 2) return false
  return !known.every(({ text }) => /^\(.{1,6}\)$/.test(text)) // units written below the header
}

/** A heading or note merged across the table: 一、金谷村（12 家）. */
const spans = (row: Row, sheet: Sheet, header: Header<string>): boolean => {
  const columns = [...header.fields.values()].map((field) => field.index)
  return sheet.merges.some(
    (merge) =>
      merge.top <= row.number &&
      row.number <= merge.bottom &&
      columns.filter((i) => merge.left <= i && i <= merge.right).length >= Math.max(3, columns.length / 2),
  )
}

const isRepeatedHeader = (row: Row, header: Header<string>): boolean => {
  const same = [...header.fields.values()].filter(({ index, text }) => {
    const here = sameKey(row.cells[index]?.text ?? '')
    return here !== '' && sameKey(text).endsWith(here)
  })
  return same.length >= 2 && same.length * 2 >= row.cells.filter(Boolean).length
}

/** The line of column numbers below a header: 1 2 3 4 …, or 甲 1 2 3. */
const isRuler = (cells: (Cell | undefined)[]): boolean => {
  const there = cells.filter((cell) => cell !== undefined).map((cell) => half(cell.text).replace(/[()]/g, ''))
  return (
    there.length >= 4 &&
    there.slice(1).every((text, i) => /^\d+$/.test(text) && (i === 0 || Number(text) === Number(there[i]) + 1)) &&
    /^([\d甲A])$/.test(there[0]!)
  )
}
