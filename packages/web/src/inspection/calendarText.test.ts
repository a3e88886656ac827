import { expect, test } from 'vitest'
import { readCalendar, writeCalendar } from './calendarText'

const words = { rest: 'off', work: 'on', to: 'to' }

test('a calendar is read as it was written, span by span, and what cannot be read is given back', () => {
  const written = readCalendar('2026-2-15 - 2026-02-17 off Spring\n2026-02-14, on, Spring\nnonsense\n2026-03-02 - 2026-03-01 off X', words)
  expect(written.days.map(({ day, mark }) => `${day} ${mark}`)).toEqual(['2026-02-15 REST', '2026-02-16 REST', '2026-02-17 REST', '2026-02-14 WORK'])
  expect(written.wrong).toEqual(['nonsense', '2026-03-02 - 2026-03-01 off X'])
  expect(writeCalendar(written.days, words)).toBe('2026-02-14 on Spring\n2026-02-15 to 2026-02-17 off Spring')
})
