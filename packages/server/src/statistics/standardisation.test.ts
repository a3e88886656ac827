import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Value {
  indicator: string
  value: number | null
  num: number | null
  den: number | null
}
interface Line {
  key: string
  name: string
  values: Value[]
}
interface Answer {
  asOf: string
  firms: number
  indicators: { key: string; task: string; label: string; kind: string; population: string }[]
  total: Line
  rows: Line[]
}
const ASK = `query ($by: StandardSplit!, $where: EnterpriseWhere) { standardisation(by: $by, where: $where) {
  asOf firms indicators { key task label kind population } total { key name values { indicator value num den } } rows { key name values { indicator value num den } } } }`
const ask = async (who: string, by: string, where?: object) => (await town.get<{ standardisation: Answer }>(who, ASK, { by, where })).standardisation
const valueIn = (line: Line, indicator: string) => line.values.find((one) => one.indicator === indicator)

test('every module that has landed gives its figures, each with its population and the moment it is of', async () => {
  const { asOf, firms, indicators } = await ask('town', 'VILLAGE')
  expect(asOf).toBe('2026-03-02T02:00:00.000Z')
  expect(firms).toBe(2)
  expect(indicators.map(({ key }) => key)).toEqual(
    expect.arrayContaining([
      'Enterprise.checklistRate',
      'CheckTask.executionRate',
      'RiskStanding.redFirmShare',
      'Enterprise.doubleControlRate',
      'Enterprise.frequencyRate',
      'Hazard.rectificationRate',
    ]),
  )
  expect(indicators.every(({ label, population }) => label && population)).toBe(true)
})

test('what nothing can be divided by is null, never 100 %, and never left out', async () => {
  const { total, indicators } = await ask('town', 'TOTAL')
  expect(total.values).toHaveLength(indicators.length)
  expect(valueIn(total, 'CheckTask.executionRate')).toMatchObject({ value: null, den: 0 })
  expect(valueIn(total, 'Enterprise.frequencyRate')).toMatchObject({ value: null, den: 0 })
  expect(valueIn(total, 'Enterprise.checklistRate')).toMatchObject({ value: 0, num: 0, den: 2 })
  expect(valueIn(total, 'Hazard.rectificationRate')).toMatchObject({ value: 0, num: 0, den: 2 })
})

test('the parts of every split sum to the total, and nobody sees another’s', async () => {
  for (const by of ['VILLAGE', 'STATION', 'TRADE', 'TOWN', 'COLOR', 'ENTERPRISE']) {
    const { total, rows } = await ask('town', by)
    const sum = (key: string) => rows.reduce((all, row) => all + (valueIn(row, key)?.den ?? 0), 0)
    expect(sum('Enterprise.checklistRate')).toBe(valueIn(total, 'Enterprise.checklistRate')!.den)
    expect(sum('Hazard.rectificationRate')).toBe(valueIn(total, 'Hazard.rectificationRate')!.den)
  }
  expect((await ask('industry', 'ENTERPRISE')).rows.map(({ name }) => name)).toEqual(['金谷样本茶厂'])
  expect((await ask('town.far', 'ENTERPRISE')).rows.map(({ name }) => name)).toEqual(['龙门样本石材厂'])
})

test('a filter of enterprises holds for the records of all modules', async () => {
  const { firms, total, rows } = await ask('town', 'STATION', { station: { eq: 'MARKET_STATION' } })
  expect(firms).toBe(1)
  expect(valueIn(total, 'Hazard.rectificationRate')?.den).toBe(1)
  expect(rows.map(({ name }) => name)).toEqual(['市场监督管理所'])
})

test('the workbook tells its moment, its population and — where there is no denominator', async () => {
  const get = async (who: string | undefined) =>
    town.app.fastify.inject({ url: '/export/standardisation.xlsx?by=VILLAGE', ...(who ? { headers: { authorization: `Bearer ${await town.as(who)}` } } : {}) })
  expect((await get(undefined)).statusCode).toBe(401)
  const file = await get('town')
  expect(file.statusCode).toBe(200)
  const { rows } = (await readXlsx(new Uint8Array(file.rawPayload))).sheets[0]!
  expect(rows[1]![0]).toContain('统计时点：2026-03-02 10:00 · 统计范围：在册企业 2 家')
  expect(rows.flat()).toContain('—')
  expect(rows.map(([name]) => name)).toEqual(expect.arrayContaining(['金谷村', '金东村', '合计']))
})
