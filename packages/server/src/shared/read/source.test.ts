import '../../entities.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openStore, type Store } from '../../store.js'
import { emptyStore, removeStores } from '../../testing/store.js'
import { allThings } from '../datum.js'
import type { Reading } from './reading.js'
import { changedSince, readOnce } from './source.js'
import { sql, type Sql } from './sql.js'
import { readUntouched } from './untouched.js'

let store: Store
let reading: Reading
beforeAll(async () => {
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = await emptyStore()
  store = await openStore({ dataDir, databaseUrl })
  reading = { engine: store.engine, scope: { division: '350524' }, today: '2026-11-01', asOf: '2026-11-01T01:00:00.000Z' }
})
afterAll(async () => {
  await store.close()
  await removeStores()
})

/** How SQLite would go about it, which never counts what is in a table; PostgreSQL, which does, is only to take the statement. */
async function plan({ sql: text, params }: Sql): Promise<string[]> {
  const rows = await store.reader.all(`explain ${store.engine === 'sqlite' ? 'query plan ' : ''}${text}`, params)
  return rows.map((row) => String(row['detail']))
}
const LATER = /change\b.* USING (COVERING )?INDEX change_is_later \(thing=\? AND at>\?\)/

test('what has changed of each thing since an instant is found by the index of later entries, what has begun since by when it began', async () => {
  for (const { target, table } of allThings()) {
    const steps = await plan(readOnce(reading, (at) => sql`select c.record from ${changedSince(target, at)} c`))
    if (store.engine === 'postgres') continue
    expect(steps, table).toContainEqual(expect.stringMatching(LATER))
    expect(steps, table).toContainEqual(expect.stringMatching(new RegExp(`${table}_created_at_index \\(created_at>\\?\\)`)))
  }
})

test('of which thing nothing has changed is found by the index of later entries', async () => {
  const asked = vi.spyOn(store.reader, 'all')
  expect([...(await readUntouched(store.reader, reading))]).toEqual(allThings().map(({ name }) => name))
  const [text, params] = asked.mock.calls[0]!
  asked.mockRestore()
  const steps = await plan({ sql: text, params: [...params!] })
  if (store.engine === 'sqlite') expect(steps).toContainEqual(expect.stringMatching(LATER))
})
