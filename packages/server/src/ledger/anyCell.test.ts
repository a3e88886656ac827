import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cell, Sheet } from '../shared/excel.js'
import { Refusal } from '../shared/refusal.js'
import { jingu } from '../testing/jingu.js'
import { Directory } from './directory.js'
import { readEnterprise } from './enterpriseRow.js'
import { readHazard } from './hazardRow.js'
import { judgeEnterprises, Register } from './judgeEnterprises.js'
import { judgeHazards } from './judgeHazards.js'
import { ENTERPRISE_LEDGER, HAZARD_LEDGER } from './shapes.js'
import { findTable, type LedgerShape, type Table } from './table.js'

const PIECES = [
  '2023',
  '年',
  '月',
  '-',
  '.',
  '/',
  '7',
  '30',
  '(',
  ')',
  '（',
  '无',
  '同上',
  '合计',
  '填表人：',
  '已整改',
  '景坑村',
  '镇安办',
  '一般',
  '\n',
  '　',
  'T',
  ':',
  '人',
  '=',
  '\u200b',
  '０',
  '约',
  '前',
  '天内',
  'e+17',
]
const written = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((parts) => parts.join('')),
)
const cell = fc.option(
  fc
    .record({ text: written, kind: fc.constantFrom<Cell['kind']>('text', 'number', 'flag', 'fault'), formula: fc.boolean(), merged: fc.boolean() })
    .filter(({ text }) => text.trim() !== ''),
  { nil: undefined },
)
const text = (value: string): Cell => ({ text: value, kind: 'text', formula: false, merged: false })

function table<Field extends string>(shape: LedgerShape<Field>, rows: (Cell | undefined)[][]): Table<Field> | undefined {
  const sheet: Sheet = {
    name: '表',
    hidden: false,
    merges: [],
    rows: [shape.columns.map((column) => text(column.label)), ...rows].map((cells, i) => ({ number: i + 1, cells })),
  }
  try {
    return findTable([sheet], shape)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
const rowsOf = (width: number) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 })

test('whatever stands in an enterprise ledger, every row gets a verdict, and a refused one its reason', () => {
  fc.assert(
    fc.property(rowsOf(ENTERPRISE_LEDGER.columns.length), (rows) => {
      const found = table(ENTERPRISE_LEDGER, rows)
      const verdicts = judgeEnterprises(found?.rows.map((row) => readEnterprise(row, jingu)) ?? [], new Register([]))
      expect(verdicts.every((v) => v.outcome !== 'error' || (v.field && v.message))).toBe(true)
    }),
    { numRuns: 150 },
  )
})

test('whatever stands in a hazard ledger, every row gets a verdict, and a refused one its reason', () => {
  const directory = new Directory([{ id: '1', name: '景坑村', division: '350524106208' }])
  fc.assert(
    fc.property(rowsOf(HAZARD_LEDGER.columns.length), (rows) => {
      const context = { places: jingu, directory, today: '2023-12-31', year: 2023 }
      const verdicts = judgeHazards(table(HAZARD_LEDGER, rows)?.rows.map((row) => readHazard(row, context)) ?? [], new Map())
      expect(verdicts.every((v) => v.outcome !== 'error' || (v.field && v.message))).toBe(true)
    }),
    { numRuns: 150 },
  )
})

test('a cell that holds a page of one sign costs no time', () => {
  const columns = ['(', 'T', ' ', '无', '1', '-', '、', '（', 'A', '未'].map((sign) => sign.repeat(32_000))
  const started = performance.now()
  for (const page of columns) {
    const found = table(HAZARD_LEDGER, [HAZARD_LEDGER.columns.map(() => text(`x${page}`))])!
    judgeHazards(
      found.rows.map((row) => readHazard(row, { places: jingu, directory: new Directory([]), today: '2023-12-31', year: undefined })),
      new Map(),
    )
    const firms = table(ENTERPRISE_LEDGER, [ENTERPRISE_LEDGER.columns.map(() => text(page))])
    judgeEnterprises(firms?.rows.map((row) => readEnterprise(row, jingu)) ?? [], new Register([]))
  }
  expect(performance.now() - started).toBeLessThan(60_000)
})
