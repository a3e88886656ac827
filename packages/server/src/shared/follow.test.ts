import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { alter } from '../testing/live.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { type Following, follow, headOf, type LogRow, type Reset } from './follow.js'
import { writeLog } from './log.js'
import { watchOf } from './wake.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

/** Follows until `n` rows came or `ms` passed. */
async function take(following: Following, n: number, ms = 3_000): Promise<(LogRow | Reset)[]> {
  const rows: (LogRow | Reset)[] = []
  const signal = AbortSignal.timeout(ms)
  for await (const row of follow(town.store.reader, { ...following, signal })) if (rows.push(row) === n) break
  return rows
}
const seqs = (rows: (LogRow | Reset)[]) => rows.map((row) => row.seq)
const place = (i: number) => alter(town.store, town.hazards['tea']!, { place: `车间 ${i}` })
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + 1 + i)

test('every row is given once and in order, those committed meanwhile too', async () => {
  const begin = await headOf(town.store.reader)
  const heard = take({ after: String(begin), thing: 'Hazard' }, 300, 60_000)
  for (let i = 0; i < 150; i++) await place(i)
  const late = take({ after: String(begin), thing: 'Hazard' }, 300, 60_000)
  for (let i = 150; i < 300; i++) await place(i)
  expect(seqs(await heard)).toEqual(range(begin, begin + 300))
  expect(seqs(await late)).toEqual(range(begin, begin + 300))
})

test('who resumes gets exactly what was missed, also past many batches', async () => {
  const head = await headOf(town.store.reader)
  expect(seqs(await take({ after: String(head - 299), thing: 'Hazard' }, 299))).toEqual(range(head - 299, head))
  expect(await take({ after: String(head), thing: 'Hazard' }, 1, 300)).toEqual([])
})

test('a place that is not in the log is answered with a reset, and followed from the end', async () => {
  const head = await headOf(town.store.reader)
  const heard = take({ after: String(head + 5), thing: 'Hazard' }, 2)
  await pause(50)
  await place(1_000)
  expect(await heard).toEqual([
    { reset: true, seq: head, cursor: expect.stringMatching(new RegExp(`^${head}\\.[0-9a-f]{12}$`)) as string },
    expect.objectContaining({ seq: head + 1 }),
  ])
  await expect(take({ after: 'yesterday' }, 1)).rejects.toThrow('after 应为收到的最后一个 cursor 或 seq')
})

test('only what concerns the scope is given; a record that leaves it is told a last time', async () => {
  const after = String(await headOf(town.store.reader))
  await alter(town.store, town.hazards['far']!, { place: '别的镇' })
  await alter(town.store, town.hazards['tea']!, { station: 'MARKET_STATION' })
  await alter(town.store, town.hazards['tea']!, { place: '已经移走' })
  const industry = { division: '350524106', station: 'INDUSTRY_STATION' }
  const market = { division: '350524106', station: 'MARKET_STATION' }
  expect(await take({ after, thing: 'Hazard', scope: industry }, 2, 1_500)).toMatchObject([{ diff: { station: ['INDUSTRY_STATION', 'MARKET_STATION'] } }])
  expect(await take({ after, thing: 'Hazard', scope: market }, 3, 1_500)).toHaveLength(2)
  expect(await take({ after, thing: 'Hazard', scope: { division: '350524107' } }, 2, 1_500)).toHaveLength(1)
  await alter(town.store, town.hazards['tea']!, { station: 'INDUSTRY_STATION' })
})

test('what another process commits is noticed by looking, or by its notice', async () => {
  const heard = take({ thing: 'Hazard', scope: { division: '350524106' } }, 1)
  await pause(100)
  // As another process writes it: into the store, without a word to this one.
  const entry = {
    thing: 'Hazard',
    record: town.hazards['tea']!,
    act: 'elsewhere',
    diff: {},
    division: '350524106201',
    station: null,
    enterprise: null,
    workshop: null,
  }
  await town.store
    .em(undefined)
    .transactional((em) => writeLog(em as never, { at: new Date().toISOString(), request: 'other', actor: 'other', reason: null }, [entry]))
  expect(await heard).toMatchObject([{ act: 'elsewhere' }])
})

test('who leaves is forgotten at once, though nothing happens', async () => {
  const stop = new AbortController()
  const rows = follow(town.store.reader, { signal: stop.signal })
  const next = rows.next()
  await pause(50)
  const before = watchOf(town.store.reader).waiting
  stop.abort()
  expect(await next).toEqual({ done: true, value: undefined })
  expect(watchOf(town.store.reader).waiting).toBe(before - 1)
})
