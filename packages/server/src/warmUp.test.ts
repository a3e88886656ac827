import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openStore } from './store.js'
import { emptyStore, removeStores } from './testing/store.js'
import { openTown, type Town } from './testing/town.js'
import { warmUp } from './warmUp.js'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterEach(() => vi.restoreAllMocks())
afterAll(async () => {
  await town.close()
  await removeStores()
})

test('before anybody asks, a board of a town has been worked out, two minutes and a month back, and nothing has been written', async () => {
  const { reader } = town.store
  const [head] = await reader.all('select max(seq) as seq from change')
  const heavy = vi.spyOn(reader.heavy, 'all')
  await warmUp(town.store, town.app.door, new Date(town.clock.now.getTime() + 3_600_000))
  const boards = heavy.mock.calls.filter(([, params]) => params?.includes('350524106'))
  expect(boards.length).toBeGreaterThan(5)
  for (const ago of [120_000, 30 * 86_400_000])
    expect(boards.flatMap(([, params]) => params)).toContain(new Date(town.clock.now.getTime() + 3_600_000 - ago).toISOString())
  expect((await reader.all('select max(seq) as seq from change'))[0]).toEqual(head)
})

test('a store that knows of no town yet is warm with its tables alone', async () => {
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = await emptyStore()
  const store = await openStore({ dataDir, databaseUrl })
  try {
    await expect(warmUp(store, town.app.door, new Date())).resolves.toBeUndefined()
  } finally {
    await store.close()
  }
})
