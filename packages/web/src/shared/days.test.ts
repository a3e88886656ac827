import { expect, test } from 'vitest'
import { addDays, daysBetween, instantText } from './days'

test('an instant just before midnight in UTC is already the next day in the town', () => {
  expect(instantText('2026-11-22T16:30:00.000Z')).toBe('2026-11-23 00:30')
})

test('days are counted on the calendar, across months and years', () => {
  expect(addDays('2026-12-30', 3)).toBe('2027-01-02')
  expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3)
  expect(daysBetween('2026-03-02', '2026-02-27')).toBe(-3)
})
