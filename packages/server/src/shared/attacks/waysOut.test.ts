import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { alter, hear, listen, liveClient } from '../../testing/live.js'
import { removeStores } from '../../testing/store.js'
import { openTown, type Town } from '../../testing/town.js'
import { without } from '../../testing/weaken.js'
import { readWorkbook } from '../excel.js'

vi.mock(import('../read/reading.js'), async (load) => (await import('../../testing/weaken.js')).weakReading(await load()))
vi.mock(import('../scope.js'), async (load) => (await import('../../testing/weaken.js')).weakScope(await load()))

/** Files, tokens, saved questions and live events: whichever way an answer goes out, it holds what lies in the scope. */
let town: Town
let url: string
beforeAll(async () => {
  town = await openTown()
  url = await listen(town.app)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})
const FOREIGN = /龙门|YH-202601-far/
const QUERY = '{ hazards(orderBy: [{ field: number }]) { nodes { number enterprise { name } } } }'
const bearer = async (who: string) => ({ authorization: `Bearer ${who.startsWith('anb_') ? who : await town.as(who)}` })
const words = async (bytes: Buffer) =>
  (await readWorkbook(bytes)).flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map((cell) => cell?.text ?? ''))).join('\n')

async function fetched(who: string, address: string, payload?: object): Promise<string> {
  const headers = await bearer(who)
  const answer = await town.app.fastify.inject(payload ? { method: 'POST', url: address, headers, payload } : { url: address, headers })
  expect(answer.statusCode).toBe(200)
  return address.includes('.xlsx') ? words(answer.rawPayload) : answer.body
}
async function tokenOf(who: string): Promise<string> {
  const CREATE = 'mutation { tokenCreate(name: "报表", expiresOn: "2026-12-31") { secret } }'
  return (await town.get<{ tokenCreate: { secret: string } }>(who, CREATE)).tokenCreate.secret
}
async function savedBy(who: string, slug: string): Promise<string> {
  const SAVE = 'mutation ($facts: QuestionInput!) { questionSave(facts: $facts) { id version } }'
  const { questionSave } = await town.get<{ questionSave: object }>(who, SAVE, { facts: { name: slug, slug, query: QUERY } })
  await town.get(who, 'mutation ($id: ID!, $version: Int!) { questionShare(id: $id, version: $version, sharing: SHARED) { id } }', { ...questionSave })
  return `/q/${slug}`
}

const WAYS: Record<string, () => Promise<string>> = {
  'a query': () => fetched('town', '/graphql', { query: QUERY }),
  'a query by a token': async () => fetched(await tokenOf('town'), '/graphql', { query: QUERY }),
  'a CSV': () => fetched('town', '/q.csv', { query: QUERY }),
  'a JSON': () => fetched('town', '/q.json', { query: QUERY }),
  'a workbook': () => fetched('town', '/q.xlsx', { query: QUERY }),
  'a CSV by a token': async () => fetched(await tokenOf('town'), '/q.csv', { query: QUERY }),
  'groups as a CSV': () => fetched('town', '/q.csv', { query: '{ hazards { groups { nodes { key { enterprise { name } } count } } } }' }),
  "the county's question": async () => fetched('town', `${await savedBy('county', `county${Date.now()}`)}.csv`),
  'the list of hazards': () => fetched('town', '/export/hazards.xlsx'),
  'the list of enterprises': () => fetched('town', '/export/enterprises.xlsx'),
  'figures by village': () => fetched('town', '/graphql', { query: '{ hazardStatistics(by: VILLAGE) { groups { name found } } }' }),
}

describe.each(Object.entries(WAYS))('%s', (_way, answer) => {
  test('holds what lies in the scope', async () => {
    expect(await answer()).not.toMatch(FOREIGN)
    expect(await answer()).toMatch(/金谷/)
  })
  test('would hold the rest, too, were there no scope', async () => {
    expect(await without(['rows', 'hops'], answer)).toMatch(FOREIGN)
  })
})

test('a live change is brought to those in whose scope it lies', async () => {
  const client = liveClient(url, await town.as('town'))
  const heard = hear<{ seq: string; hazard: { number: string } | null }>(client, 'subscription { hazardChanges { seq hazard { number } } }')
  await pause(1_000)
  await alter(town.store, town.hazards['far']!, { place: '一' })
  await alter(town.store, town.hazards['tea']!, { place: '二' })
  await heard.count(1)
  await pause(200)
  expect(heard.events.map(({ hazard }) => hazard?.number)).toEqual(['YH-202601-tea'])
  await without(['rows'], async () => {
    await alter(town.store, town.hazards['far']!, { place: '三' })
    await heard.count(2)
  })
  expect(heard.events[1]!.hazard?.number).toBe('YH-202601-far')
  heard.stop()
  await client.dispose()
})
