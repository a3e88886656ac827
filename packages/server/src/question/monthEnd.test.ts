import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contextFor } from '../app.js'
import { LISTS } from '../lists.js'
import { Person } from '../person/person.entity.js'
import { act } from '../shared/act.js'
import type { SignedIn } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { readWorkbook } from '../shared/excel.js'
import { run } from '../shared/run.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { monthBefore, monthsBack } from './month.js'
import { type MonthEnd, runMonthEnd } from './monthEnd.js'

let town: Town
beforeAll(async () => {
  town = await openTown()
  // These tests walk through years: nobody is to be signed out on the way.
  for (const who of ['town', 'town.far', 'industry', 'village', 'county']) await town.as(who)
  await run(town.store.em(undefined), 'update session set expires_at = ?', ['2099-01-01T00:00:00.000Z'])
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const job = (): MonthEnd => ({
  acting: () => ({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: randomUUID() }),
  contextOf: (actor) => {
    const reply = { sessionDays: 0, setSession: () => undefined, clearSession: () => undefined }
    return contextFor(town.store, { actor, session: undefined, now: town.clock.now, request: randomUUID(), address: '', device: '', reply }) as SignedIn
  },
  graph: { door: town.app.door, lists: LISTS },
})
const runOn = async (day: string) => {
  town.clock.now = new Date(`${day}T02:00:00.000Z`)
  await runMonthEnd(job(), dayOf(town.clock.now))
}
interface Result {
  id: string
  month: string
  rows: number | null
  error: string | null
  url: string | null
}
const results = async (who: string, id: string) =>
  (await town.get<{ questionResults: Result[] }>(who, 'query ($id: ID!) { questionResults(id: $id) { id month rows error url } }', { id })).questionResults
const scheduled = async (who: string, facts: object, at = '2026-03-02') => {
  town.clock.now = new Date(`${at}T02:00:00.000Z`)
  const { questionSave } = await town.get<{ questionSave: { id: string; version: number } }>(
    who,
    'mutation ($facts: QuestionInput!) { questionSave(facts: $facts) { id version } }',
    { facts },
  )
  await town.get(who, 'mutation ($id: ID!, $version: Int!) { questionSchedule(id: $id, version: $version, monthly: true) { monthly } }', questionSave)
  return questionSave
}
const download = async (who: string, url: string) => town.app.fastify.inject({ url, headers: { authorization: `Bearer ${await town.as(who)}` } })
const change = (username: string, facts: Partial<Person>) =>
  act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'test' }, 'accountEdit', async ({ em }) => {
    Object.assign(await em.findOneOrFail(Person, { username }), facts)
  })

describe('a scheduled question is answered at the end of each month', () => {
  test('once, on the first day after it, with what its owner sees', async () => {
    const { id } = await scheduled('industry', { name: '月末清单', query: '{ hazards { nodes { number } } }' })
    await runOn('2026-03-31')
    expect(await results('industry', id)).toEqual([])
    await runOn('2026-04-01')
    await runOn('2026-04-01')
    await runOn('2026-04-02')
    const found = await results('industry', id)
    expect(found).toMatchObject([{ month: '2026-03', rows: 1, error: null }])
    const { rawPayload, headers } = await download('industry', found[0]!.url!)
    expect((await readWorkbook(rawPayload))[0]!.rows.map(({ cells }) => cells[0]!.text).slice(2)).toEqual(['编号', 'YH-202601-tea'])
    expect(headers['content-disposition']).toContain(encodeURIComponent('月末清单 2026-03.xlsx'))
  })

  test('of which the calendar fills the variables of the month', async () => {
    const query =
      'query ($from: Day!, $to: Day!, $word: String) { hazards(where: { foundOn: { between: [$from, $to] }, place: { contains: $word } }) { nodes { number } } }'
    const { id } = await scheduled('town', { name: '当月发现', query, variables: '{"word":"车间","from":"2026-01-01","to":"2026-01-02"}' }, '2026-01-20')
    await runOn('2026-02-01')
    expect(await results('town', id)).toMatchObject([{ month: '2026-01', rows: 2 }])
    await runOn('2026-03-01')
    expect(await results('town', id)).toMatchObject([
      { month: '2026-02', rows: 0 },
      { month: '2026-01', rows: 2 },
    ])
  })

  test('by one runner when several have the same day', async () => {
    const { id } = await scheduled('town', { name: '两个进程', query: '{ enterprises { nodes { name } } }' })
    town.clock.now = new Date('2026-04-03T02:00:00.000Z')
    await Promise.all([runMonthEnd(job(), '2026-04-03'), runMonthEnd(job(), '2026-04-03')])
    expect(await results('town', id)).toMatchObject([{ month: '2026-03', rows: 2 }])
  })
})

describe('a run that fails', () => {
  test('says why and is tried again on the next day', async () => {
    const { id } = await scheduled('county', { name: '所有人停用', query: '{ enterprises { nodes { name } } }' })
    await change('county', { disabledAt: '2026-04-01T00:00:00.000Z' })
    await runOn('2026-04-04')
    await change('county', { disabledAt: undefined as never })
    expect(await results('county', id)).toMatchObject([{ month: '2026-03', error: '问题的所有人已停用', url: null }])
    await runOn('2026-04-04')
    expect(await results('county', id)).toMatchObject([{ url: null }])
    await runOn('2026-04-05')
    expect(await results('county', id)).toMatchObject([{ month: '2026-03', rows: 3, error: null }])
  })
})

describe('a result', () => {
  test('is seen by those the question is shared with who oversee all that it shows', async () => {
    const { id } = await scheduled('town', { name: '全镇月末', query: '{ enterprises { nodes { name } } }' })
    const { question } = await town.get<{ question: { version: number } }>('town', 'query ($id: ID!) { question(id: $id) { version } }', { id })
    const variables = { id, version: question.version }
    await town.get('town', 'mutation ($id: ID!, $version: Int!) { questionShare(id: $id, version: $version, sharing: SHARED) { id } }', variables)
    await runOn('2026-04-06')
    const [result] = await results('town', id)
    expect((await results('county', id)).map(({ month }) => month)).toEqual(['2026-03'])
    expect(await results('village', id)).toEqual([])
    expect((await download('village', result!.url!)).statusCode).toBe(404)
    expect((await download('county', result!.url!)).statusCode).toBe(200)
    expect((await download('town.far', result!.url!)).statusCode).toBe(404)
  })

  test('is kept for 24 months', async () => {
    const { id } = await scheduled('town', { name: '很久以前', query: '{ enterprises { nodes { name } } }' }, '2026-04-10')
    await runOn('2026-05-01')
    const [first] = await results('town', id)
    await runOn('2028-04-01')
    expect((await results('town', id)).map(({ month }) => month)).toEqual(['2028-03', '2026-04'])
    await runOn('2028-05-01')
    expect((await results('town', id)).map(({ month }) => month)).toEqual(['2028-04', '2028-03'])
    expect(await town.store.reader.all('select * from question_part where result = ?', [first!.id])).toEqual([])
  })
})

test('months are counted across years', () => {
  expect(monthBefore('2026-01-01')).toEqual({ month: '2025-12', from: '2025-12-01', to: '2025-12-31' })
  expect(monthBefore('2024-03-15')).toEqual({ month: '2024-02', from: '2024-02-01', to: '2024-02-29' })
  expect(monthsBack('2026-11', 24)).toBe('2024-11')
  expect(monthsBack('2026-01', 1)).toBe('2025-12')
})
