import { expect, test } from 'vitest'
import { townInstant } from './townInstant'

test('a day in the town begins at four in the afternoon of the day before in UTC', () => {
  expect(townInstant('2026-11-24', '00:00:00.000')).toBe('2026-11-23T16:00:00.000Z')
  expect(townInstant('2026-11-24', '23:59:59.999')).toBe('2026-11-24T15:59:59.999Z')
  expect(townInstant(undefined, '00:00:00.000')).toBeNull()
})
