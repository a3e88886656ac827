import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { takeTurn } from './job.entity.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

const SILENT_MS = 60_000
const MINUTE = 60_000

test('one process has a job at a time; another takes it over when the first has gone silent, and knows what was done', async () => {
  let time = Date.parse('2026-03-02T02:00:00.000Z')
  const clock = () => new Date(time)
  const take = (holder: string) => takeTurn(town.store.em(undefined), 'test', holder, SILENT_MS, clock)
  const first = (await take('a'))!
  expect(first.doneFor).toBe('')
  expect(await take('b')).toBeUndefined()
  time += MINUTE / 2
  expect(await first.keep()).toBe(true)
  time += MINUTE - 1
  expect(await take('b')).toBeUndefined()
  time += 1
  const second = (await take('b'))!
  expect(await first.keep()).toBe(false)
  await first.end('2026-03-02') // too late: it has the job no more
  expect(second.doneFor).toBe('')
  await second.end('2026-03-02')
  expect((await take('a'))!.doneFor).toBe('2026-03-02')
})

test('of many who ask at once one gets it', async () => {
  const clock = () => new Date('2026-03-02T02:00:00.000Z')
  const turns = await Promise.all(Array.from({ length: 12 }, (_, i) => takeTurn(town.store.em(undefined), 'rush', `p${i}`, SILENT_MS, clock)))
  expect(turns.filter(Boolean)).toHaveLength(1)
})
