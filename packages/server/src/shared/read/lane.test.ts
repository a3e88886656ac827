import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../testing/live.js'
import { Lane } from './lane.js'
import type { Chunk } from './reader.js'
import { SqliteReader } from './sqliteReader.js'

const ROWS = 20_500
const FOREVER = 'with recursive n (i) as (select 1 union all select i + 1 from n) select max(i) as most from n where i > ?'
let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'anbiao-lane-'))
  file = join(folder, 'store.sqlite')
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.exec('create table thing (id integer primary key, name text, cost real)')
  const add = db.prepare('insert into thing values (?, ?, ?)')
  db.transaction(() => {
    for (let i = 1; i <= ROWS; i++) add.run(i, i % 7 ? `名${i}` : null, i / 4)
  })()
  db.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

const alive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
async function withLane(act: (lane: Lane) => Promise<void>, options?: { idleMs: number }): Promise<void> {
  const lane = new Lane(file, options)
  try {
    await act(lane)
  } finally {
    const { pids } = lane
    await lane.close()
    expect(pids.filter(alive)).toEqual([])
  }
}

test('a heavy statement gives the same rows as a light one', async () => {
  const reader = new SqliteReader(file)
  try {
    const statement = { sql: 'select name is null as unnamed, count(*) as n, sum(cost) as cost from thing where id > ? group by 1 order by 1', params: [5] }
    const light = await reader.run(statement, 10)
    expect(light).toHaveLength(2)
    expect(await reader.run(statement, 1e6)).toEqual(light)
    await expect(reader.run({ sql: 'select absent from thing', params: [] }, 1e6)).rejects.toThrow('no such column: absent')
    await expect(reader.heavy.all('insert into thing values (0, null, 0)')).rejects.toThrow()
  } finally {
    await reader.close()
  }
})

test('while heavy statements run, the thread of the server is free', async () => {
  await withLane(async (lane) => {
    const slow = 'with recursive n (i) as (select 1 union all select i + 1 from n where i < 3000000) select count(*) from n'
    await lane.all('select 1', [])
    const work = Promise.all([lane.all(slow, [], { account: 'a' }), lane.all(slow, [], { account: 'b' })]).then(() => (over = true))
    let over = false
    let longest = 0
    for (let last = performance.now(); !over;) {
      await pause(1)
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }
    await work
    expect(longest).toBeLessThan(1_000)
  })
})

test('a deadline ends a statement that would never end, in words; the next one runs in a new process', async () => {
  await withLane(async (lane) => {
    await lane.all('select 1', [])
    const [pid] = lane.pids
    const began = Date.now()
    await expect(lane.all(FOREVER, [0], { deadlineMs: 400 })).rejects.toMatchObject({
      code: 'QUERY_TOO_SLOW',
      message: '查询超过 1 秒，请缩小时间范围或辖区，或改用导出',
    })
    expect(Date.now() - began).toBeLessThan(2_000)
    await until(() => !alive(pid!))
    expect((await lane.all('select count(*) as n from thing', [])).rows).toEqual([[ROWS]])
  })
})

test('who leaves stops his statement at once, running or waiting', async () => {
  await withLane(async (lane) => {
    const leaving = [new AbortController(), new AbortController(), new AbortController()]
    const asked = leaving.map(({ signal }) => lane.all(FOREVER, [0], { signal }))
    const ended = Promise.all(asked.map((one) => expect(one).rejects.toThrow('the reader has left')))
    await pause(300)
    expect(lane.pids).toHaveLength(2)
    for (const one of leaving.toReversed()) one.abort()
    await ended
    expect((await lane.all('select 1 as one', [])).columns).toEqual(['one'])
  })
})

test('a stream gives every row once, in order, a few chunks ahead of its reader and no more', async () => {
  await withLane(async (lane) => {
    const seen: unknown[] = []
    let columns: string[] = []
    for await (const chunk of lane.chunks('select id, name, cost from thing order by id', [])) {
      columns = chunk.columns
      for (const row of chunk.rows) seen.push(row[0])
      await pause(1)
    }
    expect(columns).toEqual(['id', 'name', 'cost'])
    expect(seen).toEqual(Array.from({ length: ROWS }, (_, i) => i + 1))
    const none: Chunk[] = []
    for await (const chunk of lane.chunks('select id from thing where id < ?', [0])) none.push(chunk)
    expect(none).toEqual([])
    // What nobody takes is not read: of a stream without end a little comes, and then it rests.
    for await (const chunk of lane.chunks('with recursive n (i) as (select 1 union all select i + 1 from n) select i from n', [])) {
      await pause(200)
      expect(chunk.rows.length).toBeLessThan(10_000)
      break
    }
    await expect(lane.chunks('select absent from thing', []).next()).rejects.toThrow('no such column')
  })
})

test('many streams share few processes, and a stalled one holds up none', async () => {
  await withLane(async (lane) => {
    const stalled = Array.from({ length: 6 }, () => lane.chunks('select id from thing', []))
    for (const one of stalled) await one.next()
    let rows = 0
    for await (const chunk of lane.chunks('select id from thing', [])) rows += chunk.rows.length
    expect(rows).toBe(ROWS)
    expect(lane.pids.length).toBeLessThanOrEqual(2)
    for (const one of stalled) await one.return()
  })
})

test('a stream that finds nothing for too long is ended in words', async () => {
  await withLane(async (lane) => {
    await expect(lane.chunks(FOREVER, [0], { deadlineMs: 300 }).next()).rejects.toMatchObject({ code: 'QUERY_TOO_SLOW' })
    const leaving = new AbortController()
    const stream = lane.chunks(FOREVER, [0], { signal: leaving.signal }).next()
    leaving.abort()
    await expect(stream).rejects.toThrow('the reader has left')
  })
})

test('a process without work ends, and a killed one is replaced', async () => {
  await withLane(
    async (lane) => {
      await lane.all('select 1', [])
      const [idle] = lane.pids
      await until(() => !alive(idle!))
      expect(lane.pids).toEqual([])
      const broken = lane.all(FOREVER, [0])
      await pause(200)
      process.kill(lane.pids[0]!, 'SIGKILL')
      await expect(broken).rejects.toThrow('a reading process ended')
      expect((await lane.all('select 1 as one', [])).rows).toEqual([[1]])
    },
    { idleMs: 150 },
  )
})

test('closing the store ends what runs', async () => {
  const lane = new Lane(file)
  const forever = lane.all(FOREVER, [0])
  const stream = lane.chunks('select id from thing', [])
  await stream.next()
  const ended = expect(forever).rejects.toThrow('the store is closed')
  const { pids } = lane
  await lane.close()
  await ended
  expect(pids).toHaveLength(2)
  expect(pids.filter(alive)).toEqual([])
  await expect(lane.all('select 1', [])).rejects.toThrow('the store is closed')
})
