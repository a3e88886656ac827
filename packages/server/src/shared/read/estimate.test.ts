import '../../entities.js'
import { expect, test } from 'vitest'
import { Enterprise } from '../../enterprise/enterprise.entity.js'
import { Hazard } from '../../hazard/hazard.entity.js'
import type { Context, SignedIn } from '../context.js'
import { ask, charge, costOf } from './ask.js'
import type { Prepared } from '../door.js'
import type { Scope } from '../scope.js'
import { type Estimated, estimate } from './estimate.js'
import type { ColumnFacts, Facts } from './facts.js'
import type { Reader } from './reader.js'
import { raw } from './sql.js'

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

test('who does not see every row finds out by no question how many there are', async () => {
  const prepared = { cost: 3 } as Prepared
  /** What an operation of these statements is told that it costs, of a store with so many hazards. */
  const told = async (scope: Scope, hazards: number, asked: Omit<Estimated, 'scope'>) => {
    const answers = [[{ name: 'hazard' }], [], [{ table_name: 'hazard', n: hazards }], []]
    const reader = { engine: 'sqlite', all: () => Promise.resolve(answers.shift()), run: () => Promise.resolve([]) } as unknown as Reader
    const context = { actor: { scope }, reader } as SignedIn
    try {
      for (let i = 0; i < 300; i++) await ask(context, raw(''), asked)
    } catch (error) {
      return (error as Error).message
    }
    return costOf(prepared, context).estimatedRows
  }
  const questions = [
    {},
    { where: { stage: { eq: 'CLOSED' } } },
    { where: { foundOn: { gte: '2026-01-01' } } },
    { page: { size: 1, offset: 77_777 } },
    { where: { stage: { eq: 'CLOSED' } }, page },
    { asOf: true },
  ]
  for (const asked of questions) {
    const question = { target: Hazard, ...asked }
    for (const scope of [{ division: '350524106' }, { division: '350524106201' }, { ...county, station: 'x' }, { ...county, enterprise: 'x' }]) {
      const one = await told(scope, 70_000, question)
      expect(one).toBeTruthy()
      for (const many of [65_537, 87_163, 131_072]) expect(await told(scope, many, question)).toEqual(one)
    }
  }
  expect(await told(county, 20_000, { target: Hazard })).toBe(6_000_000)
  expect(await told(county, 87_163, { target: Hazard })).toBe('要翻看约 2005 万行（上限 2000 万行），请缩小时间范围或辖区')
  expect(await told({ division: '350524106' }, 87_163, { target: Hazard })).toBe('要翻看约 2006 万行（上限 2000 万行），请缩小时间范围或辖区')
})
