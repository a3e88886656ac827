import { expect, test } from 'vitest'
import { readFilter, writeFilter } from './listLocation'

const empty = { text: '', stage: [] as string[], foundOn: [] as string[] }

test('a filter survives the way through the address', () => {
  const filter = { text: '配电箱', stage: ['NOTIFIED'], foundOn: ['2026-01-01', '2026-01-31'] }
  expect(readFilter(empty, writeFilter(empty, filter))).toEqual(filter)
})

test('an empty search leaves the address clean, also when a cleared date range is null', () => {
  const cleared = { ...empty, foundOn: null as unknown as string[] }
  expect(writeFilter(empty, cleared)).toEqual({})
})

test('what the list does not know in an address is left alone', () => {
  expect(readFilter(empty, { page: '3', stage: 'CLOSED' })).toEqual({ text: '', stage: ['CLOSED'], foundOn: [] })
})
