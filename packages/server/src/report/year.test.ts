import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { Months, type SummaryRow } from '../testing/months.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
let months: Months
beforeEach(async () => {
  town = await openTown()
  months = new Months(town)
})
afterEach(() => town.close())
afterAll(() => removeStores())

const choose = 'mutation ($summary: ID!, $source: ID!) { practiceChoose(summary: $summary, source: $source) { id practice } }'
const drop = 'mutation ($id: ID!) { practiceDrop(id: $id) { id } }'
const target = 'mutation ($year: Int!, $line: String!, $value: Float) { targetSet(year: $year, line: $line, value: $value) { tenths } }'
const ANNUAL_WORDS = {
  mechanism: '班前五分钟固化为制度',
  upgrade: '十家企业试点 2.0',
  practice: '全年逐家上门',
  nextPlan: '全面推开',
  problems: '小微企业人手少',
}

/** March with the words of those who write one, and the year, which opens in November. */
async function yearEnd(): Promise<{ of: (who: string) => Promise<SummaryRow>; march: Record<string, SummaryRow> }> {
  await months.open('2026-03-02')
  const march: Record<string, SummaryRow> = {}
  for (const who of ['industry', 'market', 'village'] as const) {
    const [row] = await months.list(who)
    march[who] = await months.submit(who, await months.write(who, row!, { practice: `${who} 的做法` }))
  }
  town.clock.now = new Date('2026-11-05T02:00:00.000Z')
  town.forget()
  await months.open('2026-11-05')
  return { of: async (who) => (await months.list(who)).find(({ period, level }) => period === '2026' && (who !== 'town' || level === 'TOWN'))!, march }
}
async function line(who: string, row: SummaryRow, key: string) {
  interface Line {
    key: string
    value: number | null
    target: number | null
    atMost: boolean
    reached: boolean | null
  }
  const { summarySheet } = await town.get<{ summarySheet: { lines: Line[] } }>(
    who,
    'query ($id: ID!) { summarySheet(id: $id) { lines { key value target atMost reached } } }',
    { id: row.id },
  )
  return summarySheet.lines.find((one) => one.key === key)
}
const named = (rows: readonly SummaryRow[]) => rows.map(({ id }) => ({ summary: id, reason: '未按要求报送' }))

test('the year opens for every unit in its month, is due with the year, and is cumulative', async () => {
  await months.open('2026-10-31')
  expect((await months.list('town')).filter(({ period }) => period === '2026')).toEqual([])
  const { of } = await yearEnd()
  const own = await of('industry')
  expect(own).toMatchObject({ level: 'STATION', dueOn: '2026-12-31', state: 'DRAFT', standing: 'COMING' })
  expect(await of('town')).toMatchObject({ dueOn: '2027-01-03' })
  await months.closeDown('tea', '2026-03-20')
  const november = (await months.list('town')).find(({ period, level }) => period === '2026-11' && level === 'TOWN')!
  expect(await line('town', await of('town'), 'firmsClosed')).toMatchObject({ value: 1 })
  expect(await line('town', november, 'firmsClosed')).toMatchObject({ value: 0, target: null })
})

test('长效机制 and 2.0 are written by the unit itself, stand signed, and go back and forth with the summary', async () => {
  const { of } = await yearEnd()
  const own = await of('industry')
  for (const who of ['market', 'village', 'town', 'county', 'town.far', 'ent.tea'])
    expect(await months.code(who, 'write', own, ANNUAL_WORDS), who).toMatch(/FORBIDDEN|NOT_FOUND/)
  const sent = await months.submit('industry', await months.write('industry', own, ANNUAL_WORDS))
  const query = 'query ($id: ID!) { summary(id: $id) { mechanism upgrade practice nextPlan problems } }'
  expect(await town.get('county', query, { id: own.id })).toEqual({ summary: ANNUAL_WORDS })
  expect(await months.code('industry', 'write', sent, { mechanism: '改' })).toBe('WRONG_STAGE')
  const again = await months.write('industry', await months.giveBack('town', sent, '请补 2.0 试点名单'), { upgrade: '' })
  expect(await town.get('industry', query, { id: again.id })).toEqual({ summary: { ...ANNUAL_WORDS, upgrade: null } })
  expect(await months.code('industry', 'write', again, { upgrade: '长'.repeat(5_001) })).toBe('TOO_LONG')
})

test('the town sets what a year is to reach; results stand against it, few where few are good; signed, the targets stand', async () => {
  const { of } = await yearEnd()
  const own = await of('town')
  const set = (who: string, key: string, value: number | null, year = 2026) => town.code(who, target, { year, line: key, value })
  for (const who of ['industry', 'village', 'county', 'admin', 'ent.tea']) expect(await set(who, 'firms', 1), who).toBe('FORBIDDEN')
  expect(await set('town', 'nothing', 1)).toBe('NOT_FOUND')
  expect(await set('town', 'firms', 1, 1999)).toBe('YEAR')
  for (const value of [-1, 95.55, 100_001]) expect(await set('town', 'firms', value), String(value)).toBe('SETTING_RANGE')
  const { value: firms } = (await line('town', own, 'firms'))!
  expect(firms).toBeGreaterThan(0)
  expect(await line('town', own, 'firms')).toMatchObject({ target: null, reached: null })
  await set('town', 'firms', firms! + 0.5)
  expect(await line('town', own, 'firms')).toMatchObject({ target: firms! + 0.5, atMost: false, reached: false })
  await set('town', 'firms', firms)
  expect(await line('town', own, 'firms')).toMatchObject({ reached: true })
  const { value: open } = (await line('town', own, 'openGeneral'))!
  await set('town', 'openGeneral', open)
  expect(await line('town', own, 'openGeneral')).toMatchObject({ atMost: true, reached: true })
  if (open) await set('town', 'openGeneral', open - 1)
  expect(await line('town', own, 'openGeneral')).toMatchObject({ reached: !open })
  // Another town's targets are its own.
  await town.get('town.far', target, { year: 2026, line: 'firms', value: 77 })
  expect(await line('town', own, 'firms')).toMatchObject({ target: firms })
  await set('town', 'openGeneral', null)
  expect(await line('town', own, 'openGeneral')).toMatchObject({ target: null, reached: null })

  const below = (await months.list('town')).filter(({ period, level }) => period === '2026' && level !== 'TOWN')
  const signed = await months.submit('town', own, named(below))
  expect(await set('town', 'firms', 1)).toBe('WRONG_STAGE')
  expect(await set('town', 'firms', null)).toBe('WRONG_STAGE')
  expect(await line('county', signed, 'firms')).toMatchObject({ target: firms, reached: true })
  await months.giveBack('county', signed, '目标与下达的不符')
  expect(await set('town', 'firms', 2)).toBeUndefined()
})

test('practice for the year is chosen from signed months in the words that stood there, by the unit, until it is signed', async () => {
  const { of, march } = await yearEnd()
  const own = await of('town')
  const pick = (who: string, summary: SummaryRow, source: SummaryRow) => town.code(who, choose, { summary: summary.id, source: source.id })
  const november = (await months.list('industry')).find(({ period }) => period === '2026-11')!
  expect(await pick('town', own, november)).toBe('NO_PRACTICE')
  expect(await pick('town', own, await of('industry'))).toBe('NO_PRACTICE')
  expect(await pick('town', march['industry']!, march['market']!)).toBe('FORBIDDEN')
  const { practiceChoose: chosen } = await town.get<{ practiceChoose: { id: string; practice: string } }>('town', choose, {
    summary: own.id,
    source: march['industry']!.id,
  })
  expect(chosen.practice).toBe('industry 的做法')
  expect(await pick('town', own, march['industry']!)).toBe('ALREADY')
  expect(await pick('town', own, march['village']!)).toBeUndefined()
  // A station picks its own months for its own year and neither sees the others' nor touches the town's.
  expect(await pick('industry', await of('industry'), march['industry']!)).toBeUndefined()
  expect(await pick('industry', await of('industry'), march['market']!)).toBe('NOT_FOUND')
  for (const who of ['industry', 'village', 'town.far', 'county', 'ent.tea', 'admin']) {
    expect(await pick(who, own, march['market']!), who).toMatch(/FORBIDDEN|NOT_FOUND/)
    expect(await town.code(who, drop, { id: chosen.id }), who).toMatch(/FORBIDDEN|NOT_FOUND/)
  }
  // The month is opened again and says something else: what was chosen stays as it was.
  await months.write('industry', await months.giveBack('town', march['industry']!, '重写'), { practice: '另一种做法' })
  expect(await chosenOf('town')).toEqual(expect.arrayContaining(['industry 的做法', 'village 的做法']))
  expect(await chosenOf('village')).toEqual([])
  expect(await chosenOf('county')).toEqual([])

  const below = (await months.list('town')).filter(({ period, level }) => period === '2026' && level !== 'TOWN')
  await months.submit('town', own, named(below))
  expect((await chosenOf('county')).sort()).toEqual(['industry 的做法', 'village 的做法'])
  expect(await pick('town', own, march['market']!)).toBe('WRONG_STAGE')
  expect(await town.code('town', drop, { id: chosen.id })).toBe('WRONG_STAGE')
  expect(await town.code('ent.tea', '{ chosenPractices { totalCount } }')).toBe('FORBIDDEN')
  expect(await town.code('ent.tea', '{ summaryTargets { totalCount } }')).toBe('FORBIDDEN')
})

async function chosenOf(who: string): Promise<string[]> {
  const { chosenPractices } = await town.get<{ chosenPractices: { nodes: { practice: string }[] } }>(who, '{ chosenPractices { nodes { practice } } }')
  return chosenPractices.nodes.map(({ practice }) => practice)
}
