import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { Division, DivisionLevel } from '../division/division.entity.js'
import { openStore, sqliteFile, type Store } from '../store.js'
import { emptyStore, removeStores } from '../testing/store.js'
import { act } from './act.js'
import { COLUMNS, FIRST_HASH, hashOf, type Row } from './log.js'
import { verifyLog } from './verify.js'

let store: Store
/** Past the program and past the trigger that keeps the log, as somebody with the file or the database's password could. */
let tamper: (...statements: string[]) => Promise<void>
const ACTS = 12

beforeEach(async () => {
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = await emptyStore()
  store = await openStore({ dataDir, databaseUrl })
  for (let i = 1; i <= ACTS; i++)
    await act({ em: store.em(undefined), actor: undefined, now: new Date(1_760_000_000_000 + i), request: `r${i}` }, 'divisionCreate', ({ em }) => {
      em.persist(
        Object.assign(new Division(), { code: String(100000 + i), name: `样本县${i}`, level: DivisionLevel.COUNTY, createdAt: '2026-01-05T01:00:00.000Z' }),
      )
      return Promise.resolve()
    })
  tamper = async (...statements) => {
    if (databaseUrl) {
      const client = new pg.Client({ connectionString: databaseUrl })
      await client.connect()
      for (const sql of ['alter table change disable trigger all', ...statements]) await client.query(sql)
      await client.end()
    } else {
      const db = new Database(sqliteFile({ dataDir }))
      for (const sql of ['drop trigger if exists change_is_kept', 'drop trigger if exists change_is_not_removed', ...statements]) db.exec(sql)
      db.close()
    }
  }
  return () => store.close()
})
afterAll(removeStores)

const broken = async () => (await verifyLog(store.reader)).broken
const rowsOf = async () =>
  (await store.reader.all(`select ${COLUMNS.join(', ')} from change order by seq`)).map((row) => ({ ...row, seq: Number(row['seq']) }) as Row)

test('a log that nobody touched is whole, and says where it ends', async () => {
  const [head] = await store.reader.all('select hash from chain_head')
  expect(await verifyLog(store.reader)).toEqual({ rows: ACTS, hash: head!['hash'] })
})

test('the log itself refuses to be changed or shortened', async () => {
  const em = store.em(undefined)
  await expect(em.getConnection().execute("update change set reason = 'x' where seq = 1")).rejects.toThrow('append-only')
  await expect(em.getConnection().execute('delete from change where seq = 1')).rejects.toThrow('append-only')
  expect(await broken()).toBeUndefined()
})

describe('is found and named', () => {
  for (const column of COLUMNS.filter((column) => column !== 'seq'))
    test(`one row whose ${column} was changed`, async () => {
      await tamper(`update change set ${column} = 'tampered' where seq = 7`)
      expect(await broken()).toMatchObject({ seq: 7, what: 'HASH' })
    })

  test('a row that was removed from the middle', async () => {
    await tamper('delete from change where seq in (5, 6)')
    expect(await broken()).toEqual({ seq: 5, what: 'GAP', sentence: '缺第 5 至 6 条' })
  })

  test('the first row and the last rows removed', async () => {
    await tamper('delete from change where seq > 10')
    expect(await broken()).toEqual({ seq: 11, what: 'HEAD', sentence: '缺第 11 至 12 条' })
    await tamper('delete from change where seq = 1')
    expect(await broken()).toEqual({ seq: 1, what: 'GAP', sentence: '缺第 1 条' })
  })

  test('a removed row whose gap was closed by renumbering', async () => {
    await tamper(
      'delete from change where seq = 5',
      ...[6, 7, 8, 9, 10, 11, 12].map((seq) => `update change set seq = ${seq - 1} where seq = ${seq}`),
      'update chain_head set seq = 11',
    )
    expect(await broken()).toMatchObject({ seq: 5, what: 'HASH' })
  })

  test('two rows that changed places', async () => {
    await tamper('update change set seq = 999 where seq = 4', 'update change set seq = 4 where seq = 9', 'update change set seq = 9 where seq = 999')
    expect(await broken()).toMatchObject({ seq: 4, what: 'HASH' })
  })

  test('a row that was replaced together with its own hash: the next one does not fit', async () => {
    const rows = await rowsOf()
    const forged = { ...rows[6]!, reason: 'forged' }
    await tamper(`update change set reason = 'forged', hash = '${hashOf(rows[5]!.hash, forged)}' where seq = 7`)
    expect(await broken()).toMatchObject({ seq: 8, what: 'HASH' })
  })

  test('the last row replaced together with its own hash: the head does not fit', async () => {
    const rows = await rowsOf()
    const forged = { ...rows[11]!, reason: 'forged' }
    await tamper(`update change set reason = 'forged', hash = '${hashOf(rows[10]!.hash, forged)}' where seq = 12`)
    expect(await broken()).toMatchObject({ seq: 12, what: 'HEAD' })
  })

  test('rows behind the head, and a log that was emptied', async () => {
    await tamper('update chain_head set seq = 10')
    expect(await broken()).toMatchObject({ what: 'HEAD' })
    await tamper(`update chain_head set seq = 0, hash = '${FIRST_HASH}'`)
    expect(await broken()).toMatchObject({ seq: 1, what: 'HEAD' })
  })
})

test('what is committed while it looks is no fault', async () => {
  let more = 0
  const reader: typeof store.reader = {
    engine: store.reader.engine,
    heavy: store.reader.heavy,
    run: (statement, rows) => store.reader.run(statement, rows),
    all: (sql, params) => store.reader.all(sql, params),
    warm: () => store.reader.warm(),
    listen: (wake) => store.reader.listen(wake),
    close: () => Promise.resolve(),
    async *stream(sql) {
      await act({ em: store.em(undefined), actor: undefined, now: new Date(), request: `late${++more}` }, 'late', ({ em }) => {
        em.persist(
          Object.assign(new Division(), { code: `20000${more}`, name: '后来的县', level: DivisionLevel.COUNTY, createdAt: '2026-01-05T01:00:00.000Z' }),
        )
        return Promise.resolve()
      })
      yield* store.reader.stream(sql)
    },
  }
  expect(await verifyLog(reader)).toMatchObject({ rows: ACTS + 1 })
  expect((await verifyLog(reader)).broken).toBeUndefined()
})
