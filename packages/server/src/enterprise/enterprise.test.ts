import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Row {
  id: string
  version: number
  name: string
  division: string
  station: string | null
}
const FIELDS = 'id version name uscc division divisionName station stationName address phoneMasked legalRep trade scaleClass staffCount closedOn'
const CREATE = `mutation ($facts: EnterpriseInput!, $phone: String) { enterpriseCreate(facts: $facts, phone: $phone) { ${FIELDS} } }`
const EDIT = `mutation ($id: ID!, $version: Int!, $facts: EnterpriseInput!, $phone: String) { enterpriseEdit(id: $id, version: $version, facts: $facts, phone: $phone) { ${FIELDS} } }`
const facts = (more: object = {}) => ({ name: '样本竹器厂', division: '350524106201', noUsccReason: '家庭作坊', ...more })
const create = (who: string, more?: object, phone?: string) => town.ask(who, CREATE, { facts: facts(more), phone })
const created = async (who: string, more?: object, phone?: string) => {
  const { data, errors } = await create(who, more, phone)
  if (!data) throw new Error(errors?.[0]?.message)
  return data['enterpriseCreate'] as Row
}
const edit = (who: string, { id, version }: Row, more: object, phone?: string | null) =>
  town.ask(who, EDIT, { id, version, facts: more, ...(phone === undefined ? {} : { phone }) })
const fault = async (answer: ReturnType<typeof create>) => (await answer).errors?.[0]?.extensions
const row = async (who: string, id: string) =>
  (await town.get<{ enterprise: Row }>(who, `query ($id: ID!) { enterprise(id: $id) { ${FIELDS} } }`, { id })).enterprise
const found = async (search: string, more = '') =>
  (
    await town.get<{ enterprises: { totalCount: number; nodes: Row[] } }>(
      'town',
      `query ($s: String!) { enterprises(search: $s ${more}) { totalCount nodes { name } } }`,
      { s: search },
    )
  ).enterprises

describe('the register', () => {
  test('is searched by name, credit code and address, without wildcards of its own', async () => {
    expect((await found('样本')).totalCount).toBe(2)
    expect((await found('91350524dem000014y')).nodes).toEqual([{ name: '金谷样本茶厂' }])
    expect((await found('金东 客栈')).nodes).toEqual([{ name: '金东样本客栈' }])
    expect((await found('客栈路')).totalCount).toBe(1)
    for (const wild of ['%', '_', '\\', "' or 1=1 --"]) expect((await found(wild)).totalCount).toBe(0)
  })

  test('is filtered, ordered and paged; names of its place come with the row', async () => {
    const page = await town.get<{ enterprises: { nodes: object[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }>(
      'county',
      '{ enterprises(first: 2, orderBy: [{ field: name, dir: DESC }]) { nodes { name divisionName stationName phoneMasked } pageInfo { hasNextPage endCursor } } }',
    )
    expect(page.enterprises.nodes[0]).toEqual({ name: '龙门样本石材厂', divisionName: '龙门村', stationName: '经济发展办公室', phoneMasked: null })
    const { enterprises } = await town.get<{ enterprises: { nodes: object[] } }>('town.far', '{ enterprises { nodes { name phoneMasked } } }')
    expect(enterprises.nodes).toEqual([{ name: '龙门样本石材厂', phoneMasked: '138****0001' }])
    expect(page.enterprises.pageInfo.hasNextPage).toBe(true)
    const next = await town.get<{ enterprises: { nodes: object[] } }>(
      'county',
      'query ($a: String!) { enterprises(first: 2, after: $a, orderBy: [{ field: name, dir: DESC }]) { nodes { name } } }',
      { a: page.enterprises.pageInfo.endCursor },
    )
    expect(next.enterprises.nodes).toHaveLength(1)
    const where = await town.get<{ enterprises: { totalCount: number } }>('county', '{ enterprises(where: { uscc: { isNull: true } }) { totalCount } }')
    expect(where.enterprises.totalCount).toBe(1)
  })
})

describe('a new enterprise', () => {
  test('is entered by the town office and by its station, with what was typed', async () => {
    const tidy = await created(
      'town',
      { name: ' 样本竹器一厂 ', uscc: ' 91350524 dem000137 0 ', noUsccReason: null, station: 'INDUSTRY_STATION', staffCount: 12, scaleClass: 'SMALL_MICRO' },
      '0595-23456789，138 0000 0002',
    )
    expect(tidy).toMatchObject({
      name: '样本竹器一厂',
      uscc: '91350524DEM0001370',
      divisionName: '金谷村',
      stationName: '经济发展办公室',
      phoneMasked: '0595****89、138****0002',
      staffCount: 12,
    })
    expect(await created('market', { name: '样本食杂店' })).toMatchObject({ station: 'MARKET_STATION' })
    expect(await created('town', { name: '样本空白厂' })).toMatchObject({ station: null })
  })

  test('is refused at the field that is wrong', async () => {
    expect(await fault(create('town', { name: '  ' }))).toMatchObject({ code: 'NAME_MISSING', field: 'name' })
    expect(await fault(create('town', { name: '样'.repeat(121) }))).toMatchObject({ code: 'TOO_LONG', field: 'name' })
    expect(await fault(create('town', { uscc: '91350524DEM000015Y' }))).toMatchObject({ code: 'USCC', field: 'uscc' })
    expect((await create('town', { uscc: '91350524DEM000014Y' })).errors?.[0]).toMatchObject({
      message: '这个信用代码已登记为“金谷样本茶厂”',
      extensions: { field: 'uscc' },
    })
    expect((await create('town', { uscc: '91350524DEM0001295' })).errors?.[0]).toMatchObject({
      message: '这个信用代码已登记在别的企业名下，请核对营业执照',
      extensions: { field: 'uscc' },
    })
    expect(await fault(create('town', { noUsccReason: null }))).toMatchObject({ code: 'USCC_MISSING', field: 'uscc' })
    expect(await fault(create('town', { division: '350524106' }))).toMatchObject({ code: 'DIVISION', field: 'division' })
    expect(await fault(create('town', { division: '350524106999' }))).toMatchObject({ code: 'DIVISION', field: 'division' })
    expect(await fault(create('town', { division: '350524107201' }))).toMatchObject({ code: 'DIVISION_FOREIGN', field: 'division' })
    expect(await fault(create('town', { station: 'NO_SUCH' }))).toMatchObject({ code: 'STATION', field: 'station' })
    expect(await fault(create('town', { staffCount: -1 }))).toMatchObject({ code: 'STAFF_COUNT', field: 'staffCount' })
    expect(await fault(create('town', {}, '12345'))).toMatchObject({ code: 'PHONE', field: 'phone' })
    expect(await fault(create('market', { station: 'INDUSTRY_STATION' }))).toMatchObject({ code: 'STATION_FOREIGN', field: 'station' })
  })

  test('is not for everybody: a village is told whom to tell', async () => {
    expect((await create('village')).errors?.[0]).toMatchObject({
      message: '企业资料由镇安办或行业站所登记和修改，请把情况告知他们',
      extensions: { code: 'FORBIDDEN' },
    })
    for (const who of ['admin', 'ent.tea', 'workshop.tea', 'county']) expect(await fault(create(who))).toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('an edit', () => {
  test('changes what was typed, keeps what was left out and clears what is null', async () => {
    const one = await created('town', { name: '样本修改厂', address: '老路 1 号', trade: '竹器' }, '13800000005')
    const { data } = await edit('town', one, { name: '样本修改厂', division: one.division, address: '新路 2 号', trade: null })
    expect(data!['enterpriseEdit']).toMatchObject({ address: '新路 2 号', trade: null, phoneMasked: '138****0005', version: one.version + 1 })
    expect(await fault(edit('town', one, facts()))).toMatchObject({ code: 'CONFLICT' })
    expect(await row('town', one.id)).toMatchObject({ address: '新路 2 号', trade: null })
  })

  test('by the enterprise itself leaves name, code, village and station alone', async () => {
    const own = await row('ent.tea', town.enterprises['tea']!)
    const same = { name: own.name, division: own.division }
    expect(await fault(edit('ent.tea', own, { ...same, name: '改名厂' }))).toMatchObject({ code: 'LOCKED', field: 'name' })
    expect(await fault(edit('ent.tea', own, { ...same, division: '350524106202' }))).toMatchObject({ code: 'LOCKED', field: 'division' })
    expect(await fault(edit('ent.tea', own, { ...same, uscc: '91350524DEM0001370' }))).toMatchObject({ code: 'LOCKED', field: 'uscc' })
    expect(await fault(edit('ent.tea', own, { ...same, station: null }))).toMatchObject({ code: 'LOCKED', field: 'station' })
    const { data, errors } = await edit(
      'ent.tea',
      own,
      { ...same, uscc: ' 91350524dem000014y', station: 'INDUSTRY_STATION', address: '茶厂路 2 号', legalRep: '样本丁' },
      '13800000006',
    )
    expect(errors).toBeUndefined()
    expect(data!['enterpriseEdit']).toMatchObject({ address: '茶厂路 2 号', legalRep: '样本丁', phoneMasked: '138****0006', station: 'INDUSTRY_STATION' })
  })

  test('by a station stays with the station', async () => {
    const inn = await row('market', town.enterprises['inn']!)
    const same = { name: inn.name, division: inn.division }
    for (const station of ['INDUSTRY_STATION', null])
      expect(await fault(edit('market', inn, { ...same, station }))).toMatchObject({ code: 'STATION_FOREIGN', field: 'station' })
    expect(await fault(edit('market', inn, { ...same, trade: '住宿' }))).toBeUndefined()
    expect(await fault(edit('industry', inn, same))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await fault(edit('village', inn, same))).toMatchObject({ code: 'FORBIDDEN' })
  })
})

test('an enterprise that moves takes its hazards, and its people still see it', async () => {
  const tea = await row('town', town.enterprises['tea']!)
  const hazard = async (who: string) =>
    (await town.ask(who, 'query ($id: ID!) { hazard(id: $id) { division station version } }', { id: town.hazards['tea'] })).data?.['hazard']
  expect(await hazard('village')).toMatchObject({ division: '350524106201' })
  const { errors } = await edit('town', tea, { name: tea.name, division: '350524106202', station: 'MARKET_STATION' })
  expect(errors).toBeUndefined()
  expect(await hazard('village')).toBeUndefined()
  expect(await hazard('industry')).toBeUndefined()
  expect(await hazard('market')).toEqual({ division: '350524106202', station: 'MARKET_STATION', version: 2 })
  expect(await hazard('ent.tea')).toMatchObject({ division: '350524106202' })
  expect(await hazard('workshop.tea')).toMatchObject({ division: '350524106202' })
  const logged = await town.store.reader.all(
    'select thing, diff, division, station, workshop from change where act = ? and record in (?, ?) order by seq desc limit 2',
    ['enterpriseEdit', tea.id, town.hazards['tea']],
  )
  expect(logged.map(({ thing }) => thing).sort()).toEqual(['Enterprise', 'Hazard'])
  expect(logged.find(({ thing }) => thing === 'Hazard')).toMatchObject({
    ...{ diff: JSON.stringify({ division: ['350524106201', '350524106202'], station: ['INDUSTRY_STATION', 'MARKET_STATION'] }) },
    ...{ division: '350524106202', station: 'MARKET_STATION', workshop: '一车间' },
  })
})

describe('closing down', () => {
  const CLOSE =
    'mutation ($id: ID!, $version: Int!, $on: Day!, $reason: String!) { enterpriseCloseDown(id: $id, version: $version, closedOn: $on, reason: $reason) { version closedOn } }'
  test('waits until the hazards are done with, keeps the reason, and can be taken back', async () => {
    const inn = await row('town', town.enterprises['inn']!)
    const close = (one: Row, on: string, reason = '歇业', who = 'town') => town.ask(who, CLOSE, { id: one.id, version: one.version, on, reason })
    expect((await close(inn, '2026-03-01')).errors?.[0]).toMatchObject({ message: '这家企业还有 1 条隐患没有办结，请先销号、移送或作废' })
    const shop = await created('town', { name: '样本歇业店' })
    expect(await fault(close(shop, '2026-03-03'))).toMatchObject({ code: 'DAY_FUTURE', field: 'closedOn' })
    expect(await fault(close(shop, '2026-03-01'))).toMatchObject({ code: 'DAY_ORDER', field: 'closedOn' })
    expect(await fault(close(shop, '2026-03-02', ' '))).toMatchObject({ code: 'MISSING', field: 'reason' })
    expect(await fault(close(shop, '2026-03-02', '歇业', 'ent.tea'))).toMatchObject({ code: 'FORBIDDEN' })
    const { data } = await close(shop, '2026-03-02')
    expect(data!['enterpriseCloseDown']).toEqual({ version: 2, closedOn: '2026-03-02' })
    const [logged] = await town.store.reader.all('select reason from change where record = ? and act = ?', [shop.id, 'enterpriseCloseDown'])
    expect(logged).toEqual({ reason: '歇业' })
    expect(
      await town.code('town', 'mutation ($id: ID!) { enterpriseReopen(id: $id, version: 2, reason: "复业") { closedOn } }', { id: shop.id }),
    ).toBeUndefined()
    expect(await row('town', shop.id)).toMatchObject({ closedOn: null })
  })
})
