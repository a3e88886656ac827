import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { emptyStore, engine, removeStores } from './store.js'

afterAll(removeStores)

test('every test file has a store of its own, on the engine of the run', async () => {
  const store = await emptyStore()
  const other = await emptyStore()
  expect(store.DATA_DIR).not.toBe(other.DATA_DIR)
  expect(engine()).toBe(process.env.ENGINE)
  if (engine() === 'sqlite') return expect(store.DATABASE_URL).toBeUndefined()
  const client = new pg.Client({ connectionString: store.DATABASE_URL })
  await client.connect()
  const { rows } = await client.query<{ name: string; version: string }>("select current_database() as name, current_setting('server_version_num') as version")
  await client.end()
  expect(store.DATABASE_URL).toContain(rows[0]!.name)
  expect(Number(rows[0]!.version)).toBeGreaterThan(180_000)
})
