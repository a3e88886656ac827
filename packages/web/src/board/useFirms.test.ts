import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, reactive } from 'vue'
import { useFirms } from './useFirms'

const SECOND = 1000
interface Question {
  place: string | undefined
  answer: (firms: string[]) => Promise<void>
  fail: () => Promise<void>
}
/** What was asked of the server, to be answered in any order. */
function opened(place?: string) {
  const asked: Question[] = []
  const stand = reactive({ place, past: false, seq: '1' })
  const scope = effectScope()
  const read = (of: string | undefined) =>
    new Promise<string[]>((resolve, reject) => {
      const settled = (settle: () => void) => (settle(), vi.advanceTimersByTimeAsync(0)).then(() => undefined)
      asked.push({ place: of, answer: (firms) => settled(() => resolve(firms)), fail: () => settled(() => reject(new Error('away'))) })
    })
  const firms = scope.run(() => useFirms(read, () => ({ ...stand })))!
  const set = (to: Partial<typeof stand>) => (Object.assign(stand, to), nextTick())
  return { asked, firms, set, end: () => scope.stop() }
}
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the answer about a village that is no longer shown is not taken for the one that is', async () => {
  const { asked, firms, set } = opened('A')
  await set({ place: 'B' })
  expect(asked.map(({ place }) => place)).toEqual(['A', 'B'])
  await asked[1]!.answer(['of B'])
  await asked[0]!.answer(['of A'])
  expect(firms.value).toEqual(['of B'])
})

test('what cannot be had is unknown, not what stood there before, and is asked for again', async () => {
  const { asked, firms, set } = opened('A')
  await asked[0]!.answer(['of A'])
  await set({ place: 'B' })
  expect(firms.value).toBeUndefined()
  await asked[1]!.fail()
  expect(firms.value).toBeUndefined()
  await vi.advanceTimersByTimeAsync(5 * SECOND)
  expect(asked[2]!.place).toBe('B')
  await asked[2]!.answer(['of B'])
  expect(firms.value).toEqual(['of B'])
})

test('nothing is read in the past; whoever returns from it reads, though every total is as before', async () => {
  const { asked, firms, set } = opened()
  await asked[0]!.answer(['now'])
  await set({ past: true })
  await set({ seq: '0' })
  expect(asked).toHaveLength(1)
  await set({ past: false, seq: '1' })
  expect(firms.value).toBeUndefined()
  await asked[1]!.answer(['now'])
  expect(firms.value).toEqual(['now'])
})

test('each move of the board is followed, many at once by one question, and a late failure leaves the list', async () => {
  const { asked, firms, set } = opened()
  await set({ seq: '2' })
  await set({ seq: '3' })
  expect(asked).toHaveLength(1)
  await asked[0]!.answer(['first'])
  await vi.advanceTimersByTimeAsync(SECOND)
  expect(asked).toHaveLength(2)
  await asked[1]!.fail()
  expect(firms.value).toEqual(['first'])
  await vi.advanceTimersByTimeAsync(5 * SECOND)
  await asked[2]!.answer(['last'])
  await vi.advanceTimersByTimeAsync(60 * SECOND)
  expect(asked).toHaveLength(3)
  expect(firms.value).toEqual(['last'])
})

test('a scene that is left asks no more', async () => {
  const { asked, end } = opened()
  await asked[0]!.fail()
  end()
  await vi.advanceTimersByTimeAsync(60 * SECOND)
  expect(asked).toHaveLength(1)
})
