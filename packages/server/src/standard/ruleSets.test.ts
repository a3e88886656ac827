import { afterAll, beforeAll, expect, test } from 'vitest'
import { Months } from '../testing/months.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Rule {
  set: string
  setLabel: string
  key: string
  id: string | null
  value: number
  standard: number
  low: number
  high: number
  version: number
}
const rules = async (who: string) =>
  (await town.get<{ ruleSets: Rule[] }>(who, '{ ruleSets { set setLabel key id value standard low high version } }')).ruleSets
const CHANGE =
  'mutation ($set: String!, $key: String!, $version: Int!, $value: Int!, $reason: String!) { ruleOfSetChange(set: $set, key: $key, version: $version, value: $value, reason: $reason) { id value version } }'
const change = (who: string, more: Partial<Record<'set' | 'key' | 'reason', string> & Record<'version' | 'value', number>> = {}) =>
  town.code(who, CHANGE, { set: 'report', key: 'townDays', version: 0, value: 5, reason: '县里放宽到五天', ...more })

test('the numbers of checks and of summaries stand among the 规则参数, with what they ship with and within their bounds', async () => {
  const all = await rules('town')
  expect(all.filter(({ set }) => set === 'report').map(({ key, value }) => [key, value])).toEqual([
    ['townDays', 3],
    ['yearOpensMonth', 11],
    ['remindDays', 5],
  ])
  expect(all.filter(({ set }) => set === 'inspection').map(({ key, value }) => [key, value])).toEqual([
    ['checkHolidayAhead', 3],
    ['checkUploadDays', 30],
    ['checkLateDays', 7],
    ['cardPinDays', 90],
    ['checkOfficers', 2],
  ])
  for (const { key, value, standard, low, high, version } of all)
    expect([low <= standard && standard <= high, value, version], key).toEqual([true, standard, 0])
})

test('a number is changed by who keeps the settings, within its bounds, with a reason that the log keeps; then it works', async () => {
  for (const who of ['industry', 'village', 'county', 'ent.tea', 'workshop.tea']) expect(await change(who), who).toBe('FORBIDDEN')
  expect(await change('town', { value: 32 })).toBe('SETTING_RANGE')
  expect(await change('town', { value: -1 })).toBe('SETTING_RANGE')
  expect(await change('town', { reason: ' ' })).toBe('MISSING')
  expect(await change('town', { key: 'constructor' })).toBe('NOT_FOUND')
  expect(await change('town', { set: 'nothing' })).toBe('NOT_FOUND')
  expect(await change('town', { set: 'inspection', key: 'checkOfficers', value: 1 })).toBe('SETTING_RANGE')
  expect(await change('town', { set: 'inspection', key: 'cardPinDays', value: 30, reason: '换岗频繁' })).toBeUndefined()
  expect(await change('town')).toBeUndefined()
  expect(await change('town')).toBe('CONFLICT')
  const changed = (await rules('county')).filter(({ version }) => version).sort((a, b) => (a.set < b.set ? -1 : 1))
  expect(changed.map(({ set, key, value, standard }) => [set, key, value, standard])).toEqual([
    ['inspection', 'cardPinDays', 30, 90],
    ['report', 'townDays', 5, 3],
  ])
  const { changes } = await town.get<{ changes: { nodes: { act: string; reason: string }[] } }>(
    'town',
    'query ($id: ID!) { changes(thing: "Setting", record: $id) { nodes { act reason } } }',
    { id: changed[1]!.id },
  )
  expect(changes.nodes).toEqual([{ act: 'settingChange', reason: '县里放宽到五天' }])

  const months = new Months(town)
  await months.open('2026-03-02')
  expect((await months.list('town')).find(({ level }) => level === 'TOWN')).toMatchObject({ dueOn: '2026-04-05' })
})
