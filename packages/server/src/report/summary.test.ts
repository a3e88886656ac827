import { afterAll, beforeEach, afterEach, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { Months } from '../testing/months.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
let months: Months
beforeEach(async () => {
  town = await openTown()
  months = new Months(town)
})
afterEach(() => town.close())
afterAll(() => removeStores())

test('the daily job opens what each station, village and town owes, once', async () => {
  expect(await months.open('2026-03-02')).toBe(8)
  expect(await months.open('2026-03-02')).toBe(0)
  const mine = await months.list('town')
  expect(mine.map(({ level, unitName, dueOn, standing }) => [level, unitName, dueOn, standing])).toEqual([
    ['STATION', '经济发展办公室', '2026-03-31', 'COMING'],
    ['STATION', '市场监督管理所', '2026-03-31', 'COMING'],
    ['TOWN', '金谷镇', '2026-04-03', 'COMING'],
    ['VILLAGE', '金谷村', '2026-03-31', 'COMING'],
    ['VILLAGE', '金东村', '2026-03-31', 'COMING'],
  ])
  // Several months without the program running: none is forgotten.
  expect(await months.open('2026-05-01')).toBe(16)
})

test('a summary goes up the line: written, reported, given back with a reason, reported again, accepted', async () => {
  await months.open('2026-03-02')
  const [one] = await months.list('industry')
  const written = await months.write('industry', one!, { practice: ' 逐家上门 ', fillerName: '样本一' })
  expect(written).toMatchObject({ practice: '逐家上门', fillerName: '样本一', state: 'DRAFT', acts: ['WRITE', 'SUBMIT'] })
  const sent = await months.submit('industry', written)
  expect(sent).toMatchObject({ state: 'SUBMITTED', late: false, standing: 'ON_TIME', asOf: '2026-03-02T02:00:00.000Z', acts: [] })
  expect(await months.code('industry', 'write', sent, { practice: '改' })).toBe('WRONG_STAGE')
  expect(await months.code('industry', 'accept', sent)).toBe('FORBIDDEN')
  expect(await months.code('town', 'return', sent, '')).toBe('MISSING')
  const back = await months.giveBack('town', sent, '检查次数不对')
  expect(back).toMatchObject({ state: 'RETURNED', returnReason: '检查次数不对', returns: 1, standing: 'RETURNED' })
  const again = await months.submit('industry', back)
  expect(await months.accept('town', again)).toMatchObject({ state: 'ACCEPTED', acts: ['REOPEN'] })
})

test.each([
  ['23:59:59.999 of the last day is in time', '2026-03-31T15:59:59.999Z', false],
  ['midnight is late', '2026-03-31T16:00:00.000Z', true],
])('%s in Shanghai', async (_when, at, late) => {
  await months.open('2026-03-02')
  town.clock.now = new Date('2026-03-28T02:00:00.000Z')
  const [one] = await months.list('industry')
  town.clock.now = new Date(at)
  expect(await months.submit('industry', one!)).toMatchObject({ late, standing: late ? 'LATE' : 'ON_TIME' })
})

test('figures are frozen with the signature: what happens afterwards changes neither them nor a recount as of that instant', async () => {
  await months.open('2026-03-02')
  town.clock.now = new Date('2026-03-30T02:00:00.000Z')
  const [one] = await months.list('industry')
  const live = await months.sheet('industry', one!)
  expect(live).toMatchObject({ frozen: false, asOf: '2026-03-30T02:00:00.000Z' })
  expect(live.lines.find(({ key }) => key === 'firms')).toMatchObject({ label: '企业总数', unit: '家', value: 1 })
  const sent = await months.submit('industry', one!)
  const frozen = await months.sheet('industry', sent)
  expect(frozen.lines.map(({ key, value }) => [key, value])).toEqual(live.lines.map(({ key, value }) => [key, value]))

  town.clock.now = new Date('2026-12-05T02:00:00.000Z')
  await months.closeDown('tea', '2026-03-20')
  expect(await months.sheet('town', sent)).toEqual(frozen)
  const recounted = await months.sheet('town', sent, sent.asOf)
  expect(recounted.lines).toEqual(frozen.lines)
  expect((await months.sheet('town', sent, '2026-12-05T01:00:00.000Z')).lines).toEqual(frozen.lines)
  // The same month counted today knows better, and says that it is another instant.
  const today = await months.sheet('town', sent, '2026-12-06T00:00:00.000Z')
  expect(today.asOf).toBe('2026-12-05T02:00:00.000Z')
  expect(today.lines.find(({ key }) => key === 'firms')!.value).toBe(0)
  expect(today.lines.find(({ key }) => key === 'firmsClosed')!.value).toBe(1)
})

test('the town signs when everybody below has been accepted, or is named with a reason', async () => {
  await months.open('2026-03-02')
  const all = await months.list('town')
  const [industry, market, own, village, east] = all as [(typeof all)[0], (typeof all)[0], (typeof all)[0], (typeof all)[0], (typeof all)[0]]
  expect(await months.code('town', 'submit', own)).toBe('BELOW_MISSING')
  await months.accept('town', await months.submit('industry', industry))
  const waiting = await months.submit('market', market)
  const reasons = (...some: { id: string }[]) => some.map(({ id }) => ({ summary: id, reason: '未按要求报送' }))
  expect(await months.code('town', 'submit', own, reasons(village, east))).toBe('BELOW_MISSING')
  expect(await months.code('town', 'submit', own, reasons(industry, market, village, east))).toBe('NOT_MISSING')
  const signed = await months.submit('town', own, reasons(market, village, east))
  const { below } = await months.sheet('county', signed)
  expect(below.map(({ unitName, state, reason }) => [unitName, state, reason])).toEqual([
    ['经济发展办公室', 'ACCEPTED', null],
    ['市场监督管理所', 'SUBMITTED', '未按要求报送'],
    ['金谷村', 'DRAFT', '未按要求报送'],
    ['金东村', 'DRAFT', '未按要求报送'],
  ])
  // What it signed over stays; what it named as missing may still come.
  expect(await months.code('town', 'reopen', await months.look('town', industry), '数字有误')).toBe('TOWN_SIGNED')
  await months.accept('town', waiting)
  expect(await months.code('town', 'reopen', await months.look('town', waiting), '数字有误')).toBeUndefined()
  // The county gives the town's back first.
  const back = await months.giveBack('county', signed, '汇总数不符')
  expect(back).toMatchObject({ state: 'RETURNED' })
  expect(await months.code('town', 'reopen', await months.look('town', industry), '数字有误')).toBeUndefined()
  expect(await months.code('town', 'submit', await months.look('town', own), reasons(village, east))).toBe('BELOW_MISSING')
})

test('reopening needs the level above and leaves what the figures were, why and by whom, and what they are since', async () => {
  await months.open('2026-03-02')
  town.clock.now = new Date('2026-03-30T02:00:00.000Z')
  const [one] = await months.list('industry')
  const accepted = await months.accept('town', await months.submit('industry', one!))
  for (const who of ['industry', 'county', 'town.far']) expect(await months.code(who, 'reopen', accepted, '数字有误')).toMatch(/FORBIDDEN|NOT_FOUND/)
  town.clock.now = new Date('2026-04-04T02:00:00.000Z')
  await months.closeDown('tea', '2026-03-20')
  const open = await months.reopen('town', accepted, '停业企业漏计')
  expect(open).toMatchObject({ state: 'RETURNED', corrections: 1, late: false })
  town.clock.now = new Date('2026-04-05T02:00:00.000Z')
  await months.submit('industry', open)
  const [correction] = await months.corrections('town')
  expect(correction).toMatchObject({
    reason: '停业企业漏计',
    reopenedByName: 'town',
    asOfBefore: '2026-03-30T02:00:00.000Z',
    asOfAfter: '2026-04-05T02:00:00.000Z',
  })
  expect(correction!.changed.filter(({ key }) => key.startsWith('firms'))).toEqual([
    { key: 'firms', label: '企业总数', unit: '家', before: 1, after: 0 },
    { key: 'firmsClosed', label: '停业或迁出企业', unit: '家', before: 0, after: 1 },
  ])
})

test('a station sees and writes its own, a village too; the county what is signed, enterprises nothing, by whatever path', async () => {
  await months.open('2026-03-02')
  expect((await months.list('industry')).map(({ unitName }) => unitName)).toEqual(['经济发展办公室'])
  expect((await months.list('village')).map(({ unitName }) => unitName)).toEqual(['金谷村'])
  expect(await months.list('county')).toEqual([])
  const [own] = await months.list('industry')
  for (const who of ['market', 'village', 'town.far', 'county', 'ent.tea', 'workshop.tea']) {
    expect(await months.code(who, 'write', own!, { practice: '别人' }), who).toMatch(/NOT_FOUND|FORBIDDEN/)
    expect(await months.paths(who, own!.id), who).toEqual([])
  }
  expect(await months.code('town', 'write', own!, { practice: '镇' })).toBe('FORBIDDEN')
  await months.submit('industry', own!)
  expect((await months.list('county')).map(({ unitName }) => unitName)).toEqual(['经济发展办公室'])
  expect(await months.paths('town', own!.id)).not.toEqual([])
  expect(await months.paths('ent.tea', own!.id)).toEqual([])
})

test('who has not come is chased once a day, with a record; the rate counts those in time over those whose day is over', async () => {
  await months.open('2026-03-02')
  town.clock.now = new Date('2026-03-31T02:00:00.000Z')
  const industry = (await months.list('industry'))[0]!
  await months.submit('industry', industry)
  town.clock.now = new Date('2026-04-02T02:00:00.000Z')
  const market = (await months.list('market'))[0]!
  expect(market.standing).toBe('MISSING')
  expect(await months.code('industry', 'chase', await months.look('industry', industry))).toBe('FORBIDDEN')
  expect(await months.code('town', 'chase', await months.look('town', industry))).toBe('WRONG_STAGE')
  const chased = await months.chase('town', market)
  expect(chased.chases).toBe(1)
  expect(await months.code('town', 'chase', chased)).toBe('ALREADY')
  const late = await months.submit('market', await months.look('market', market))
  expect(late.standing).toBe('LATE')
  const { summaries } = await town.get<{ summaries: { aggregate: { figures: object } } }>(
    'town',
    '{ summaries { aggregate { figures { onTimeRate monthsDue missing } } } }',
  )
  expect(summaries.aggregate.figures).toEqual({ onTimeRate: 25, monthsDue: 4, missing: 2 })
})
