import { expect, test } from 'vitest'
import { EMPTY, whereOf } from './where'

const TODAY = '2026-03-10'

test('an empty search bar asks for every hazard', () => {
  expect(whereOf(EMPTY, TODAY)).toEqual({})
})

test('one text is looked for in the number, the description, the place and the enterprise', () => {
  const { and } = whereOf({ ...EMPTY, text: ' 插座 ' }, TODAY)
  expect(and?.[0]?.or).toHaveLength(4)
  expect(and?.[0]?.or?.[1]).toEqual({ description: { contains: '插座' } })
})

test('overdue means open and past the deadline, and does not take away the chosen stages', () => {
  const where = whereOf({ ...EMPTY, overdue: '1', stage: ['NOTIFIED'] }, TODAY)
  expect(where.stage).toEqual({ in: ['NOTIFIED'] })
  expect(where.and?.[0]?.dueOn).toEqual({ lt: TODAY })
  expect(where.and?.[0]?.stage?.in).not.toContain('CLOSED')
})

test('a town is searched with all its villages', () => {
  expect(whereOf({ ...EMPTY, village: '350524106' }, TODAY).division).toEqual({ startsWith: '350524106' })
})

test('half a range of days is no condition', () => {
  expect(whereOf({ ...EMPTY, found: ['2026-01-01'] }, TODAY)).toEqual({})
})
