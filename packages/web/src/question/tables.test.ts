import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, parse } from 'graphql'
import { beforeAll, expect, test } from 'vitest'
import zh from '../i18n/zh/question'
import shared from '../i18n/zh/shared'
import { words } from '../shared/words'
import { pivotOf } from './pivot'
import { numberOf, shown, titleShown } from './shown'
import { tablesOf } from './tables'

const schema = buildSchema(readFileSync(join(import.meta.dirname, 'sample.graphql'), 'utf8'))
beforeAll(() => words.global.mergeLocaleMessage('zh', { question: zh, shared }))
const places = { divisionName: (code?: string | null) => `村${code}`, stationName: (code?: string | null) => `所${code}` }

const GROUPED = parse(`query ($by: Bucket) { hazards {
  totalCount
  aggregate { count sum { costFen } }
  groups { nodes { key { stage month: foundOn(by: $by) enterprise { station } } count sum { costFen } figures { onTimeRate } } truncated }
} }`)
const group = (stage: string | null, month: string, count: number, costFen: number | null = null) => ({
  key: { stage, month, enterprise: { station: 'S1' } },
  count,
  sum: { costFen },
  figures: { onTimeRate: 96.8 },
})
const answer = {
  hazards: {
    totalCount: 9,
    aggregate: { count: 9, sum: { costFen: 12_345 } },
    groups: { nodes: [group('CLOSED', '2023-02', 4, 150), group('REGISTERED', '2023-01', 3), group('CLOSED', '2023-01', 2)], truncated: true },
  },
}

test('groups become a table whose columns the schema names', () => {
  const [groups, total] = tablesOf(schema, GROUPED, answer, { by: 'MONTH' })
  expect(groups).toMatchObject({ key: 'hazards.groups.nodes', title: '隐患清单', truncated: true, single: false })
  expect(groups?.columns.map(titleShown)).toEqual(['状态', '发现日期（按月）', '企业 · 站所', '条数', '整改费用（元）合计', '按期整改率（%，一位小数）'])
  expect(groups?.rows).toHaveLength(3)
  expect(total).toMatchObject({ single: true })
  expect(total?.rows[0]?.cells).toMatchObject({ 'hazards.totalCount': 9, 'hazards.aggregate.sum.costFen': 12_345 })
})

test('codes are shown as words, money in yuan, rates in percent and nothing as a dash', () => {
  const [groups] = tablesOf(schema, GROUPED, answer, { by: 'MONTH' })
  const said = groups?.columns.map((column) => shown(column, groups.rows[0]?.cells[column.key], places))
  expect(said).toEqual(['已销号', '2023-02', '所S1', '4', '1.5', '96.8%'])
  expect(shown(groups!.columns[4]!, null, places)).toBe('—')
})

test('a list within a row is counted there and has a table of its own', () => {
  const document = parse('{ enterprises { nodes { name hazards { nodes { ...H } } } } } fragment H on Hazard { number enterprise { name } }')
  const hazards = (...numbers: string[]) => ({ nodes: numbers.map((number) => ({ number, enterprise: null })) })
  const data = {
    enterprises: {
      nodes: [
        { name: '甲', hazards: hazards('1', '2') },
        { name: '乙', hazards: hazards() },
      ],
    },
  }
  const [firms, each] = tablesOf(schema, document, data)
  expect(firms?.rows.map(({ cells }) => cells['hazards.nodes'])).toEqual([2, 0])
  expect(each?.title).toBe('企业 · 隐患')
  expect(each?.columns.map(({ title }) => title)).toEqual(['单位名称', '编号', '企业'])
  expect(each?.rows.map(({ cells }) => [cells['^name'], cells['number'], cells['enterprise.name']])).toEqual([
    ['甲', '1', undefined],
    ['甲', '2', undefined],
  ])
})

test('a pivot puts months side by side in their order and adds up what can be added', () => {
  const [groups] = tablesOf(schema, GROUPED, answer, { by: 'MONTH' })
  const [rows, columns, , measure, , rate] = groups!.columns
  const text = (column: typeof rows, value: unknown) => shown(column!, value, places)
  const pivot = pivotOf(groups!, { rows: rows!, columns: columns!, measure: measure! }, text, numberOf)
  expect(pivot).toEqual({
    rows: ['已销号', 'REGISTERED'],
    columns: ['2023-01', '2023-02'],
    cells: [
      [2, 4],
      [3, null],
    ],
    rowTotals: [6, 3],
    columnTotals: [5, 4],
    total: 9,
  })
  expect(pivotOf(groups!, { rows: rows!, columns: columns!, measure: rate! }, text, numberOf).total).toBeUndefined()
})
