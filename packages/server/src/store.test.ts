import { afterAll, expect, test } from 'vitest'
import { Division } from './division/division.entity.js'
import { allThings } from './shared/datum.js'
import { openStore, type Store } from './store.js'
import { migratedStore, removeStores } from './testing/store.js'

let store: Store | undefined
afterAll(async () => {
  await store?.close()
  await removeStores()
})

test('without a scope not one scoped thing can be read, and what is open to all can', async () => {
  const env = await migratedStore()
  store = await openStore({ dataDir: env.DATA_DIR, databaseUrl: env.DATABASE_URL })
  const { em, orm } = store
  const scoped = allThings().filter(({ scope }) => scope)
  expect(scoped.length).toBeGreaterThan(30)
  for (const { target } of scoped) {
    await expect(em(undefined).find(target, {}), target.name).rejects.toThrow('no scope: this read belongs to nobody')
    await expect(em(undefined).count(target, {}), target.name).rejects.toThrow('no scope')
    await expect(orm.em.fork().find(target, {}), target.name).rejects.toThrow("No arguments provided for filter 'scope'")
    expect(await em({ division: '350524106' }).find(target, {})).toEqual([])
  }
  expect(await em(undefined).count(Division, {})).toBe(0)
})
