import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Kept {
  id: string
  code: string
  name: string
  version: number
  validTo: string | null
  trades: string | null
}
const divisions = async (who: string, ended = false) =>
  (await town.get<{ divisions: Kept[] }>(who, 'query ($e: Boolean!) { divisions(ended: $e) { id code name version validTo } }', { e: ended })).divisions
const stations = async (ended = false) =>
  (await town.get<{ stations: Kept[] }>('village', 'query ($e: Boolean!) { stations(ended: $e) { id code name version validTo trades } }', { e: ended }))
    .stations
const village = async (code: string) => (await divisions('admin', true)).find((one) => one.code === code)!
const CREATE = 'mutation ($code: String!, $name: String!) { divisionCreate(code: $code, name: $name) { id code name level parent version validFrom } }'
const RENAME = 'mutation ($id: ID!, $version: Int!, $name: String!) { divisionRename(id: $id, version: $version, name: $name) { id version name } }'
const END =
  'mutation ($id: ID!, $version: Int!, $validTo: Day!) { divisionEnd(id: $id, version: $version, validTo: $validTo, reason: "并村") { id version validTo } }'

test('everybody sees the divisions below his own and the names above it, nobody else’s', async () => {
  const codes = async (who: string) => (await divisions(who)).map(({ code }) => code)
  expect(await codes('village')).toEqual(['350524', '350524106', '350524106201'])
  expect(await codes('town')).toEqual(['350524', '350524106', '350524106201', '350524106202'])
  expect(await codes('county')).toHaveLength(6)
  expect(await codes('admin')).toHaveLength(6)
})

describe('a town office keeps the villages of its town', () => {
  test('it adds one below its town, with level and parent from the code', async () => {
    const { divisionCreate } = await town.get<{ divisionCreate: object }>('town', CREATE, { code: '350524106203', name: '金山村' })
    expect(divisionCreate).toMatchObject({ level: 'VILLAGE', parent: '350524106', validFrom: '2026-03-02' })
  })

  test('a code that is taken, malformed, foreign or without parent is refused at the field', async () => {
    const refused = async (who: string, code: string) => (await town.ask(who, CREATE, { code, name: '新村' })).errors?.[0]?.extensions
    expect(await refused('town', '350524106201')).toMatchObject({ code: 'DIVISION_TAKEN', field: 'code' })
    expect(await refused('town', '35052410620')).toMatchObject({ code: 'DIVISION_CODE', field: 'code' })
    expect(await refused('town', '350524106401')).toMatchObject({ code: 'DIVISION_CODE' })
    expect(await refused('town', '35052410620A')).toMatchObject({ code: 'DIVISION_CODE' })
    expect(await refused('town', '350524107202')).toMatchObject({ code: 'DIVISION_FOREIGN' })
    expect(await refused('town', '350524')).toMatchObject({ code: 'DIVISION_FOREIGN' })
    expect(await refused('admin', '350524108201')).toMatchObject({ code: 'DIVISION_PARENT' })
    expect(await refused('village', '350524106204')).toMatchObject({ code: 'FORBIDDEN' })
  })

  test('it renames its own, not its own town and not a neighbour’s; a stale version is refused', async () => {
    const { id, version } = await village('350524106203')
    await town.get('town', RENAME, { id, version, name: '金山新村' })
    expect(await town.code('town', RENAME, { id, version, name: '再改' })).toBe('CONFLICT')
    const foreign = await village('350524107201')
    expect(await town.code('town', RENAME, { id: foreign.id, version: foreign.version, name: '改名' })).toBe('NOT_FOUND')
    const self = await village('350524106')
    expect(await town.code('town', RENAME, { id: self.id, version: self.version, name: '改名' })).toBe('DIVISION_FOREIGN')
    expect(await town.code('village', RENAME, { id, version: version + 1, name: '改名' })).toBe('FORBIDDEN')
  })

  test('a village is ended only when no enterprise stands there, and can be reopened', async () => {
    const standing = await village('350524106202')
    const { errors } = await town.ask('town', END, { id: standing.id, version: standing.version, validTo: '2026-03-01' })
    expect(errors?.[0]).toMatchObject({ message: '“金东村”还有 1 家在营企业，请先调整它们的所属村', extensions: { code: 'IN_USE' } })
    const empty = await village('350524106203')
    expect(await town.code('town', END, { id: empty.id, version: empty.version, validTo: '2027-01-01' })).toBe('DAY_FUTURE')
    await town.get('admin', END, { id: empty.id, version: empty.version, validTo: '2026-03-02' })
    expect((await divisions('town')).map(({ code }) => code)).not.toContain('350524106203')
    const ended = await village('350524106203')
    expect(ended.validTo).toBe('2026-03-02')
    await town.get('town', 'mutation ($id: ID!, $version: Int!) { divisionReopen(id: $id, version: $version) { id } }', {
      id: ended.id,
      version: ended.version,
    })
    expect((await divisions('town')).map(({ code }) => code)).toContain('350524106203')
  })
})

describe('stations', () => {
  const facts = (more: object = {}) => ({ name: '林业站', authorised: false, trades: '木材加工、森林防火', ...more })
  const STATION = 'mutation ($code: String!, $facts: StationInput!) { stationCreate(code: $code, facts: $facts) { id code name } }'
  const EDIT =
    'mutation ($id: ID!, $version: Int!, $facts: StationInput!) { stationEdit(id: $id, version: $version, facts: $facts) { name trades superior authorised } }'

  test('are added, changed and ended by the town office; a name and a code stand once', async () => {
    await town.get('town', STATION, { code: 'forest_station', facts: facts() })
    expect(await town.code('town', STATION, { code: 'FOREST_STATION', facts: facts({ name: '另一站' }) })).toBe('STATION_TAKEN')
    expect((await town.ask('town', STATION, { code: 'FOREST_TWO', facts: facts() })).errors?.[0]?.extensions).toMatchObject({
      code: 'STATION_TAKEN',
      field: 'name',
    })
    expect((await town.ask('town', STATION, { code: '林业', facts: facts() })).errors?.[0]?.extensions).toMatchObject({ code: 'STATION_CODE', field: 'code' })
    expect((await town.ask('town', STATION, { code: 'LONG', facts: facts({ name: '另站', superior: '局'.repeat(61) }) })).errors?.[0]).toMatchObject({
      message: '县级主管部门最多 60 个字',
      extensions: { field: 'superior' },
    })
    const { id, version } = (await stations()).find(({ code }) => code === 'FOREST_STATION')!
    const { stationEdit } = await town.get<{ stationEdit: object }>('admin', EDIT, {
      id,
      version,
      facts: { name: '林业工作站', authorised: true, trades: null },
    })
    expect(stationEdit).toEqual({ name: '林业工作站', trades: null, superior: null, authorised: true })
    expect(await town.code('town', EDIT, { id, version, facts: facts() })).toBe('CONFLICT')
    expect(await town.code('industry', EDIT, { id, version: version + 1, facts: facts() })).toBe('FORBIDDEN')
    const end = (id: string, version: number) =>
      town.code('town', 'mutation ($id: ID!, $version: Int!) { stationEnd(id: $id, version: $version, validTo: "2026-03-01", reason: "撤并") { id } }', {
        id,
        version,
      })
    expect(await end(id, version + 1)).toBeUndefined()
    expect((await stations()).map(({ code }) => code)).toEqual(['INDUSTRY_STATION', 'MARKET_STATION'])
    const used = (await stations()).find(({ code }) => code === 'MARKET_STATION')!
    expect(await end(used.id, used.version)).toBe('IN_USE')
  })
})

describe('settings', () => {
  interface Rule {
    key: string
    value: number
    version: number
  }
  const CHANGE =
    'mutation ($key: String!, $version: Int!, $value: Int!) { settingChange(key: $key, version: $version, value: $value, reason: "镇安委会研究决定") { key value version } }'
  const settings = async () => (await town.get<{ settings: Rule[] }>('county', '{ settings { key label unit value standard low high version } }')).settings
  const change = (who: string, key: string, version: number, value: number) => town.ask(who, CHANGE, { key, version, value })

  test('show what ships until somebody changes them, each with its Chinese name and its bounds', async () => {
    const rules = await settings()
    expect(rules).toHaveLength(21)
    expect(rules[0]).toEqual({ key: 'generalDays', label: '一般隐患默认整改天数', unit: '天', value: 7, standard: 7, low: 1, high: 90, version: 0 })
    for (const rule of rules as unknown as { value: number; low: number; high: number }[]) expect(rule.value >= rule.low && rule.value <= rule.high).toBe(true)
  })

  test('are changed within their bounds and in their order, by the town office and the admin', async () => {
    expect((await change('town', 'generalDays', 0, 10)).data).toEqual({ settingChange: { key: 'generalDays', value: 10, version: 1 } })
    expect((await change('admin', 'generalDays', 1, 12)).data).toEqual({ settingChange: { key: 'generalDays', value: 12, version: 2 } })
    const code = async (...given: Parameters<typeof change>) => (await change(...given)).errors?.[0]?.extensions.code
    expect(await code('town', 'generalDays', 1, 9)).toBe('CONFLICT')
    expect(await code('town', 'generalDays', 0, 9)).toBe('CONFLICT')
    expect(await code('town', 'generalDays', 2, 91)).toBe('SETTING_RANGE')
    expect(await code('town', 'generalDays', 2, 31)).toBe('SETTING_ORDER')
    expect(await code('town', 'overdueTown', 0, 2)).toBe('SETTING_ORDER')
    expect(await code('town', 'reviewersMajor', 0, 1)).toBe('SETTING_RANGE')
    expect(await code('town', 'noSuch', 0, 1)).toBe('NOT_FOUND')
    expect(await code('industry', 'generalDays', 2, 9)).toBe('FORBIDDEN')
    expect((await settings())[0]).toMatchObject({ value: 12, version: 2 })
  })
})
