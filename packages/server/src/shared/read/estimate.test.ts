import '../../entities.js'
import { expect, test } from 'vitest'
import { Enterprise } from '../../enterprise/enterprise.entity.js'
import { Hazard } from '../../hazard/hazard.entity.js'
import type { Context } from '../context.js'
import { charge, costOf } from './ask.js'
import type { Prepared } from '../door.js'
import type { Scope } from '../scope.js'
import { type Estimated, estimate } from './estimate.js'
import type { ColumnFacts, Facts } from './facts.js'

const column = (perValue?: number, unique = false): ColumnFacts => ({ unique, ...(perValue === undefined ? {} : { perValue }) })
const FACTS: Facts = new Map([
  [
    'hazard',
    {
      rows: 1_000_000,
      columns: new Map([
        ['id', column(1, true)],
        ['number', column(1, true)],
        ['stage', column()],
        ['found_on', column(1_000)],
        ['division', column(20_000)],
        ['enterprise_id', column(20)],
      ]),
    },
  ],
  [
    'enterprise',
    {
      rows: 50_000,
      columns: new Map([
        ['id', column(1, true)],
        ['name', column(1)],
        ['division', column(1_000)],
      ]),
    },
  ],
  ['change', { rows: 8_000_000, columns: new Map() }],
])
const county = { division: '350524' }
const rows = (asked: Partial<Estimated>) => estimate(FACTS, { target: Hazard, scope: county, ...asked }).rows
const page = { size: 50, offset: 0 }

test('what one finds by a unique value or by ids is as many rows', () => {
  expect(rows({ where: { id: { eq: 'x' } } })).toBe(1)
  expect(rows({ where: { number: { eq: 'YH-1' }, place: { contains: 'x' } } })).toBe(1)
  expect(rows({ where: { id: { in: Array.from({ length: 300 }, String) } } })).toBe(300)
  expect(rows({ where: { and: [{ stage: { eq: 'CLOSED' } }, { or: [{ id: { eq: 'a' } }, { id: { eq: 'b' } }] }] } })).toBe(2)
})

test('a choice is its share, a range a third, a few days a tenth', () => {
  expect(rows({ where: { stage: { eq: 'CLOSED' } } })).toBe(125_000)
  expect(rows({ where: { foundOn: { gte: '2026-01-01' } } })).toBe(333_334)
  expect(rows({ where: { foundOn: { between: ['2026-01-01', '2026-01-31'] } } })).toBe(100_000)
  expect(rows({ where: { foundOn: { eq: '2026-01-01' } } })).toBe(1_000)
})

test('texts searched in, negations and what has no index look at the whole', () => {
  for (const where of [
    { description: { contains: 'x' } },
    { not: { id: { eq: 'x' } } },
    { stage: { ne: 'CLOSED' } },
    { costFen: { eq: 5 } },
    { id: { notIn: ['x'] } },
  ])
    expect(rows({ where })).toBe(1_000_000)
  expect(rows({ where: { or: [{ id: { eq: 'x' } }, { description: { contains: 'x' } }] } })).toBe(1_000_000)
})

test('a page in the order of an index looks at a page; with something unknown beside, at the whole', () => {
  expect(rows({ page })).toBe(51)
  expect(rows({ page: { ...page, offset: 10_000 } })).toBe(10_051)
  expect(rows({ page, where: { costFen: { gt: 1 } } })).toBe(153)
  expect(rows({})).toBe(1_000_000)
  expect(rows({ page, also: true })).toBe(1_000_000)
  expect(rows({ page, where: { description: { contains: 'x' } } })).toBe(1_000_000)
  expect(rows({ page, where: { number: { eq: 'x' } } })).toBe(1)
})

test('the place of the reader narrows what is looked at', () => {
  expect(rows({ scope: { division: '350524106201' } })).toBe(20_000)
  expect(rows({ scope: { ...county, enterprise: 'x' } })).toBe(20)
  expect(rows({ scope: { division: '350524106' } })).toBe(1_000_000)
})

test('a relation looks over there first and then at what points to it; a to-many one asks for every row', () => {
  expect(rows({ where: { enterprise: { id: { eq: 'x' } } } })).toBe(21)
  expect(rows({ where: { enterprise: { name: { contains: '茶' } } } })).toBe(150_000)
  const some = estimate(FACTS, { target: Enterprise, scope: county, where: { hazards: { some: { stage: { eq: 'CLOSED' } } } } })
  expect(some).toEqual({ rows: 1_100_000, part: '筛选.hazards' })
  expect(rows({ below: { keys: 50, table: 'enterprise' } })).toBe(1_000)
  expect(rows({ asOf: true })).toBe(10_000_000)
})

test('a store of which nothing is known yet costs nothing', () => {
  expect(estimate(new Map(), { target: Hazard, scope: county, where: { stage: { eq: 'CLOSED' } }, page }).rows).toBe(0)
})

test('one operation may look at so many rows, in however many statements; the refusal says which part to narrow', () => {
  const context = { actor: { scope: county } } as Context
  const once = { rows: 8_000_000, part: '筛选.hazards' }
  charge(context, once)
  charge(context, once)
  expect(() => charge(context, once)).toThrow('要翻看约 2400 万行（上限 2000 万行），请缩小筛选.hazards')
  expect(() => charge(context, { rows: 1, part: '' }, Infinity)).not.toThrow()
})

test('how many rows there are in all is told to who sees them all; to others only of what order it is', () => {
  const prepared = { cost: 3 } as Prepared
  const cost = (scope: Scope | undefined, rows: number) => {
    const context = { actor: scope && { scope } } as Context
    if (rows) charge(context, { rows, part: '' }, Infinity)
    return costOf(prepared, context).estimatedRows
  }
  for (const rows of [0, 1, 87_163]) expect(cost(county, rows)).toBe(rows)
  for (const scope of [undefined, { division: '350524106' }, { ...county, station: 'x' }, { ...county, enterprise: 'x' }])
    expect([0, 1, 2, 10, 11, 87_163, 99_999, 100_000].map((rows) => cost(scope, rows))).toEqual([0, 1, 10, 10, 100, 100_000, 100_000, 100_000])
  const town = { actor: { scope: { division: '350524106' } } } as Context
  expect(() => charge(town, { rows: 24_000_001, part: '筛选' })).toThrow('要翻看约 10000 万行（上限 2000 万行），请缩小筛选')
})
