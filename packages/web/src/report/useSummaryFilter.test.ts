import { expect, test } from 'vitest'
import type { SummaryCellFragment } from '../gql/report/graphql'
import { fits, readSummaryFilter } from './useSummaryFilter'

const row = (of: Partial<SummaryCellFragment>) =>
  ({ level: 'STATION', kind: 'MONTH', period: '2026-07', state: 'DRAFT', standing: 'MISSING', acts: ['CHASE'], ...of }) as SummaryCellFragment

test('a to-do opens the part that it counts', () => {
  const mine = readSummaryFilter({ level: 'STATION', open: '1' })
  expect(fits(row({ acts: ['WRITE', 'SUBMIT'] }), mine)).toBe(true)
  expect(fits(row({ acts: ['WRITE', 'SUBMIT'], level: 'VILLAGE' }), mine)).toBe(false)
  const toAccept = readSummaryFilter({ state: 'SUBMITTED' })
  expect(fits(row({ state: 'SUBMITTED', acts: ['ACCEPT', 'RETURN'] }), toAccept)).toBe(true)
  // Handed in by oneself: for somebody else to accept.
  expect(fits(row({ state: 'SUBMITTED', acts: [] }), toAccept)).toBe(false)
  const missing = readSummaryFilter({ chase: '1', period: '2026-07' })
  expect(fits(row({}), missing)).toBe(true)
  expect(fits(row({ period: '2026-06' }), missing)).toBe(false)
  expect(fits(row({ standing: 'RETURNED' }), missing)).toBe(false)
})

test('the campaign opens the months or the years; nonsense in the address narrows nothing', () => {
  expect(fits(row({}), readSummaryFilter({ kind: 'YEAR' }))).toBe(false)
  expect(fits(row({ state: 'ACCEPTED' }), readSummaryFilter({ state: 'ACCEPTED' }))).toBe(true)
  const nothing = readSummaryFilter({ level: 'CITY', kind: 'WEEK', period: '2026-13', state: 'LOST' })
  expect(Object.values(nothing)).toEqual([undefined, undefined, undefined, undefined, undefined])
})
