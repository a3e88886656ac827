import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})
const SAVE = 'mutation ($facts: QuestionInput!) { questionSave(facts: $facts) { id version } }'
const SHARE = `mutation ($id: ID!, $version: Int!, $sharing: QuestionSharing!) { questionShare(id: $id, version: $version, sharing: $sharing) { id version } }`
interface Saved {
  id: string
  version: number
}
const save = async (name: string) =>
  (await town.get<{ questionSave: Saved }>('town', SAVE, { facts: { name, slug: name, query: '{ hazards { nodes { number } } }' } })).questionSave
const share = async (one: Saved, sharing: string) =>
  (await town.get<{ questionShare: Saved }>('town', SHARE, { id: one.id, version: one.version, sharing })).questionShare
const run = async (who: string, name: string) =>
  (await town.app.fastify.inject({ url: `/q/${name}.csv`, headers: { authorization: `Bearer ${await town.as(who)}` } })).body

test('a question that was taken back is not to be had as of the day on which it was shared', async () => {
  const shared = await share(await save('once'), 'SHARED')
  expect(await run('industry', 'once')).toContain('YH-202601-tea')
  await share(shared, 'PRIVATE')
  for (const list of ['questions', 'tokens', 'accounts'])
    expect((await town.ask('industry', `{ ${list}(asOf: "2026-03-02T01:00:00.000Z") { totalCount } }`)).errors![0]!.message).toContain(
      'Unknown argument "asOf"',
    )
  expect(await town.get('industry', '{ questions { totalCount } }')).toEqual({ questions: { totalCount: 0 } })
  expect(await run('industry', 'once')).not.toContain('YH-')
})

test('how many rows somebody found is told to nobody else', async () => {
  const { id } = await share(await save('counted'), 'SHARED')
  const told = async (who: string) =>
    (await town.get<{ question: object }>(who, 'query ($id: ID!) { question(id: $id) { runs ranRows ranError } }', { id })).question
  await run('town', 'counted')
  await expect.poll(() => told('town'), { timeout: 10_000 }).toEqual({ runs: 1, ranRows: 2, ranError: null })
  expect(await told('industry')).toEqual({ runs: 1, ranRows: null, ranError: null })
  await run('industry', 'counted')
  await expect.poll(() => told('town'), { timeout: 10_000 }).toEqual({ runs: 2, ranRows: 2, ranError: null })
})
