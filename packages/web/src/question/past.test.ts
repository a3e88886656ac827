import { expect, test } from 'vitest'
import { MOST_PAST, type Past, withNewest } from './past'

const run = (query: string): Past => ({ query, variables: '', at: '' })

test('the newest query stands on top, and the same one not twice', () => {
  const past = ['a', 'b', 'a'].reduce<Past[]>((all, query) => withNewest(all, run(query)), [])
  expect(past.map(({ query }) => query)).toEqual(['a', 'b'])
})

test('the history ends at its length', () => {
  const past = Array.from({ length: MOST_PAST + 9 }, (_, at) => run(String(at))).reduce<Past[]>(withNewest, [])
  expect(past).toHaveLength(MOST_PAST)
})
