import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTown, type Town } from '../testing/town.js'
import { removeStores } from '../testing/store.js'
import { readWorkbook } from './excel.js'
import { needWritable } from './plainText.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

const REPORT = 'mutation ($enterprise: ID!, $facts: HazardInput!) { hazardReport(enterprise: $enterprise, facts: $facts) { id place } }'
const report = (place: string) =>
  town.ask('industry', REPORT, {
    enterprise: town.enterprises['tea'],
    facts: {
      place,
      description: '配电箱敞开',
      factor: 'OBJECT',
      severity: 'GENERAL',
      source: 'STATION_GUIDANCE',
      manageType: 'DEADLINE',
      foundOn: '2026-03-01',
    },
  })

test.each(['车间\u0000', '\u001b[2J', '车\u0085间', '半个字 \ud83d'])(
  'a text with what cannot be written down is refused beside its field: %j',
  async (place) => {
    const { errors } = await report(place)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNWRITABLE', field: 'place' })
  },
)

test('line breaks, tabs and pictures in a text are kept', async () => {
  const { data } = await report('一层\n二层\t东侧 🔥')
  expect(data?.['hazardReport']).toMatchObject({ place: '一层\n二层\t东侧 🔥' })
})

test('a search and a text inside the query itself are refused alike, on either engine', async () => {
  expect(await town.code('industry', 'query ($s: String) { hazards(search: $s) { totalCount } }', { s: 'a\u0000' })).toBe('UNWRITABLE')
  expect(await town.code('industry', '{ hazards(search: "a\\u0000") { totalCount } }')).toBe('UNWRITABLE')
  expect(await town.code(undefined, 'mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }', { u: 'to\u0000wn', p: 'x' })).toBe(
    'UNWRITABLE',
  )
})

test('nesting without end is looked through to its end', () => {
  const deep = JSON.parse(`${'['.repeat(50_000)}"\\u0000"${']'.repeat(50_000)}`) as unknown
  expect(() => needWritable(deep)).toThrow('控制字符')
})

test('a cell of a workbook loses them: the ledger was not typed by whoever imports it', async () => {
  const [sheet] = await readWorkbook(await writeXlsx({ sheets: [{ name: '台账', rows: [['茶\u0001厂', '_x0000_仓库', '一层\n二层']] }] }))
  expect(sheet?.rows[0]?.cells.map((cell) => cell?.text)).toEqual(['茶厂', '仓库', '一层\n二层'])
})

test('an export refuses such a search, too', async () => {
  const answer = await town.app.fastify.inject({
    url: `/export/hazards.xlsx?search=${encodeURIComponent('a\u0000')}`,
    headers: { authorization: `Bearer ${await town.as('industry')}` },
  })
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'UNWRITABLE'])
})
