import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Division, DivisionLevel } from '../division/division.entity.js'
import { openStore, type Store } from '../store.js'
import { emptyStore, engine, removeStores } from '../testing/store.js'
import { act } from './act.js'
import { Refusal } from './refusal.js'
import { verifyLog } from './verify.js'

const WRITERS = 200
/** Every seventh act is refused at its end, after it wrote: its rows and numbers must leave no trace. */
const refused = (n: number) => n % 7 === 0
/** One to three rows an act. */
const rowsOf = (n: number) => 1 + (n % 3)
const COMMITTED = Array.from({ length: WRITERS }, (_, n) => n).filter((n) => !refused(n))
const ROWS = COMMITTED.reduce((sum, n) => sum + rowsOf(n), 0)

/** On PostgreSQL three stores on one database, as three processes would have; SQLite has one writer at a time anyway. */
const stores: Store[] = []
beforeAll(async () => {
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = await emptyStore()
  for (let i = 0; i < (databaseUrl ? 3 : 1); i++) stores.push(await openStore({ dataDir, databaseUrl }))
  if (engine() === 'sqlite') return
  // A commit that takes its time, after the log was written: a reader would run past a number that is given out but not yet seen.
  const execute = (sql: string) => stores[0]!.em(undefined).getConnection().execute(sql)
  await execute('create function slow_commit() returns trigger language plpgsql as $$ begin perform pg_sleep(random() * 0.012); return null; end $$')
  await execute('create constraint trigger slow_commit after insert on change deferrable initially deferred for each row execute function slow_commit()')
})
afterAll(async () => {
  for (const store of stores) await store.close()
  await removeStores()
})

async function write(n: number): Promise<void> {
  const store = stores[n % stores.length]!
  await pause(Math.random() * 300)
  await act({ em: store.em(undefined), actor: undefined, now: new Date(), request: `r${n}` }, `act${n}`, async ({ em }) => {
    for (let i = 0; i < rowsOf(n); i++) {
      em.persist(Object.assign(new Division(), { code: `${n}-${i}`, name: `样本${n}`, level: DivisionLevel.VILLAGE, createdAt: '2026-01-05T01:00:00.000Z' }))
      if (Math.random() < 0.5) await em.flush()
      await pause(Math.random() * 20)
    }
    if (!refused(n)) return
    await em.flush()
    throw new Refusal('CHANGED_MY_MIND', '不办了')
  })
}

test('a reader that goes on from the last seq it saw misses no row and meets none twice, however many write at once', async () => {
  let writing = true
  const follow = async (reader: Store['reader'], every: number): Promise<{ seqs: number[]; looks: number }> => {
    const seqs: number[] = []
    let looks = 0
    for (;;) {
      const last = !writing
      const rows = await reader.all('select seq from change where seq > ? order by seq limit 40', [seqs[seqs.length - 1] ?? 0])
      seqs.push(...rows.map((row) => Number(row['seq'])))
      looks++
      if (last && !rows.length) return { seqs, looks }
      await pause(every)
    }
  }
  const followers = stores.flatMap(({ reader }) => [follow(reader, 0), follow(reader, 25)])
  const done = await Promise.allSettled(Array.from({ length: WRITERS }, (_, n) => write(n)))
  writing = false
  expect(done.flatMap((one, n) => (one.status === 'rejected' ? [n] : []))).toEqual(Array.from({ length: WRITERS }, (_, n) => n).filter(refused))

  const all = Array.from({ length: ROWS }, (_, i) => i + 1)
  for (const { seqs } of await Promise.all(followers)) expect(seqs).toEqual(all)
  expect(await verifyLog(stores[0]!.reader)).toMatchObject({ rows: ROWS })
  expect((await verifyLog(stores[0]!.reader)).broken).toBeUndefined()
  const acts = await stores[0]!.reader.all('select act, count(*) as n, max(seq) - min(seq) as span from change group by act')
  // The rows of one act stand together: no other act came between them.
  for (const row of acts) expect(Number(row['span'])).toBe(Number(row['n']) - 1)
  expect(acts.map((row) => Number(String(row['act']).slice(3))).sort((a, b) => a - b)).toEqual(COMMITTED)
}, 60_000)
