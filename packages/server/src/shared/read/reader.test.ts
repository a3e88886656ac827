import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyStore, engine, removeStores } from '../../testing/store.js'
import { openStore, type Store } from '../../store.js'

let store: Store
beforeAll(async () => {
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = await emptyStore()
  store = await openStore({ dataDir, databaseUrl })
})
afterAll(async () => {
  await store.close()
  await removeStores()
})

const series = (most: number) => `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${most})`
const SLOW = `${series(2_000_000_000)} select count(*) as n from n`

test('light, heavy and streamed, a statement gives the same rows', async () => {
  const sql = `${series(1_200)} select i as number, case when i % 3 = 0 then null else 'x' end as text, i / 4.0 as part from n where i > ? order by i`
  const light = await store.reader.all(sql, [3])
  expect(light).toHaveLength(1_197)
  expect(light[0]).toEqual({ number: 4, text: 'x', part: 1 })
  expect(await store.reader.heavy.all(sql, [3])).toEqual(light)
  expect(await store.reader.run({ sql, params: [3] }, 1e6)).toEqual(light)
  const streamed = []
  for await (const row of store.reader.stream(sql, [3])) streamed.push(row)
  expect(streamed).toEqual(light)
})

test('a deadline and a reader who leaves end a statement, and what comes after runs', async () => {
  await expect(store.reader.heavy.all(SLOW, [], { deadlineMs: 300 })).rejects.toMatchObject({ code: 'QUERY_TOO_SLOW' })
  const leaving = new AbortController()
  const asked = store.reader.heavy.all(SLOW, [], { signal: leaving.signal })
  setTimeout(() => leaving.abort(), 150)
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  await expect(store.reader.heavy.chunks(SLOW, [], { deadlineMs: 300 }).next()).rejects.toMatchObject({ code: 'QUERY_TOO_SLOW' })
  expect(await store.reader.heavy.all('select 1 as one')).toEqual([{ one: 1 }])
})

test('many long statements of one account leave the way free for short ones and for others', async () => {
  const leaving = new AbortController()
  const slots = engine() === 'sqlite' ? 2 : 4
  const own = Array.from({ length: slots + 2 }, () =>
    store.reader.heavy.all(SLOW, [], { account: 'a', operation: 'a1', signal: leaving.signal }).catch(() => 'left'),
  )
  const began = Date.now()
  expect(await store.reader.all('select 1 as one')).toEqual([{ one: 1 }])
  expect(Date.now() - began).toBeLessThan(500)
  const other = store.reader.heavy.all('select 1 as one', [], { account: 'b' })
  leaving.abort()
  expect(await other).toEqual([{ one: 1 }])
  expect(new Set(await Promise.all(own))).toEqual(new Set(['left']))
})

test('a stream that is left half way frees what it held', async () => {
  for (let i = 0; i < 12; i++) {
    for await (const row of store.reader.stream(`${series(5_000)} select i from n`)) {
      expect(row).toEqual({ i: 1 })
      break
    }
  }
})

test.skipIf(engine() === 'sqlite')('a connection that breaks under a reader who waits ends his statement alone, in words', async () => {
  const OTHERS = 'datname = current_database() and pid <> pg_backend_pid()'
  const cut = () => store.reader.all(`select pg_terminate_backend(pid) from pg_stat_activity where ${OTHERS}`)
  const rows = store.reader.stream(`${series(50_000)} select i from n`)
  await rows.next()
  const counting = store.reader.heavy.all(SLOW).catch((error: unknown) => error)
  await expect
    .poll(
      async () => (await store.reader.all(`select 1 as one from pg_stat_activity where query like '%2000000000%' and state = 'active' and ${OTHERS}`)).length,
      {
        timeout: 20_000,
      },
    )
    .toBe(1)
  await cut()
  expect(await counting).toMatchObject({ code: 'DATABASE_AWAY' })
  // Nobody asks this connection for anything while it breaks: an error that nobody takes would end the process.
  await pause(200)
  const rest = async () => {
    for await (const row of rows) expect(row).toBeDefined()
  }
  await expect(rest()).rejects.toMatchObject({ code: 'DATABASE_AWAY' })
  expect(await store.reader.heavy.all('select 1 as one')).toEqual([{ one: 1 }])
})
