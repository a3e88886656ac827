import { expect, test } from 'vitest'
import { readLook } from './look'

test('a look is read as it was saved', () => {
  const look = { kind: 'PIVOT' as const, rows: 'key.a', columns: 'key.b', measures: ['count'] }
  expect(readLook(JSON.stringify(look))).toEqual(look)
})

test('the examples say x and y of a chart, rows, columns and value of a pivot', () => {
  expect(readLook('{"kind":"BAR","x":"key.a","y":["count","sum.b"]}')).toEqual({ kind: 'BAR', rows: 'key.a', measures: ['count', 'sum.b'] })
  expect(readLook('{"kind":"PIVOT","rows":["key.a"],"columns":["key.b"],"value":"count"}')).toEqual({
    kind: 'PIVOT',
    rows: 'key.a',
    columns: 'key.b',
    measures: ['count'],
  })
})

test('what is no look of ours is shown as a table', () => {
  for (const text of [null, '', '{', '[]', '{"kind":"RADAR"}']) expect(readLook(text)).toEqual({ kind: 'TABLE' })
})
