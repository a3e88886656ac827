import { buildSchema, getOperationAST, parse } from 'graphql'
import { expect, test } from 'vitest'
import { LIMITS, measure } from './limits.js'
import { spend } from './rate.js'

const schema = buildSchema(`
  input HazardWhere { and: [HazardWhere!] or: [HazardWhere!] not: HazardWhere place: TextIs enterprise: HazardWhere }
  input TextIs { eq: String in: [String!] contains: String }
  type Query { hazards(where: HazardWhere, first: Int, last: Int, offset: Int): Hazards!  viewer: Viewer }
  type Viewer { id: ID! windows: [Viewer!]! }
  type Hazards { nodes: [Hazard!]! edges: [Edge!]! totalCount: Int! pageInfo: Info! groups(limit: Int = 100, where: HazardWhere): Groups! }
  type Groups { nodes: [Group!]! truncated: Boolean! }
  type Group { count: Int! nodes(first: Int = 3): [Hazard!]! }
  type Edge { cursor: String! node: Hazard! }
  type Info { hasNextPage: Boolean! }
  type Hazard { id: ID! place: String photos: [Photo!]! acts: [String!]! enterprise: Enterprise }
  type Photo { id: ID! }
  type Enterprise { id: ID! hazards(where: HazardWhere, first: Int, last: Int): Hazards! }
  type Mutation { signIn(username: String): String }
`)
function cost(query: string, variables?: Record<string, unknown>): number {
  const document = parse(query)
  return measure(schema, document, getOperationAST(document)!, variables).cost
}
const code = (query: string, variables?: Record<string, unknown>) => {
  try {
    return cost(query, variables)
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('a list costs its fields times its page, what stands beside the list costs once', () => {
  expect(cost('{ hazards(first: 10) { totalCount pageInfo { hasNextPage } nodes { id place } } }')).toBe(1 + 1 + 2 + 1 + 20)
  expect(cost('{ hazards(first: 10) { edges { cursor node { id } } } }')).toBe(2 + 10 * 3)
  expect(cost('{ hazards(first: 0) { totalCount nodes { id } } }')).toBe(4)
  expect(cost('{ hazards(first: 10) { nodes { photos { id } acts } } }')).toBe(2 + 10 * (1 + 5 + 1))
})

test('groups cost their limit, records of a group their number, and lists in lists multiply', () => {
  expect(cost('{ hazards { groups(limit: 20) { truncated nodes { count } } } }')).toBe(4 + 20)
  expect(cost('{ hazards { groups { nodes { count } } } }')).toBe(3 + 100)
  expect(cost('{ hazards { groups(limit: 10) { nodes { nodes { id } } } } }')).toBe(3 + 10 * (1 + 3 + 3 * 4))
  expect(cost('{ hazards(first: 10) { nodes { enterprise { hazards(first: 5) { nodes { id } } } } } }')).toBe(2 + 10 * (3 + 5 + 5 * 4))
})

test('literal, variable, default and absent weigh the same', () => {
  const page = '{ hazards(first: 50) { nodes { id } } }'
  expect(cost('{ hazards { nodes { id } } }')).toBe(cost(page))
  expect(cost('query ($n: Int) { hazards(first: $n) { nodes { id } } }', { n: 50 })).toBe(cost(page))
  expect(cost('query ($n: Int = 50) { hazards(first: $n) { nodes { id } } }')).toBe(cost(page))
  expect(cost('query ($n: Int = 3) { hazards(first: $n) { nodes { id } } }', { n: null })).toBe(cost(page))
  expect(cost('query ($n: Int) { hazards(last: $n) { nodes { id } } }', { n: 50 })).toBe(cost(page))
  const groups = 'query ($n: Int) { hazards { groups(limit: $n) { nodes { count } } } }'
  expect(cost(groups)).toBe(cost(groups, { n: 100 }))
})

test('a page out of bounds is refused, whoever says it', () => {
  for (const n of [-1, 501, 1_000_000_000]) {
    expect(code(`{ hazards(first: ${n}) { nodes { id } } }`)).toBe('BAD_PAGE')
    expect(code('query ($n: Int) { hazards(last: $n) { nodes { id } } }', { n })).toBe('BAD_PAGE')
    expect(code(`query ($n: Int = ${n}) { hazards(first: $n) { totalCount } }`)).toBe('BAD_PAGE')
  }
  expect(code('{ hazards { groups(limit: 1001) { nodes { count } } } }')).toBe('BAD_PAGE')
  expect(code('{ hazards(first: 1, last: 1) { totalCount } }')).toBe('BAD_PAGE')
  expect(() => cost('{ late: hazards(first: 501) { totalCount } }')).toThrow('late 的 first 应在 0 到 500 之间')
})

test('what is skipped costs nothing, when a literal or the variables say so', () => {
  const query = 'query ($on: Boolean = false) { viewer { id } hazards(first: 10) @include(if: $on) { nodes { id } } }'
  expect(cost(query)).toBe(2)
  expect(cost(query, { on: true })).toBe(14)
  expect(cost('{ viewer { id } ... @skip(if: true) { hazards { nodes { id } } } }')).toBe(2)
  expect(cost('query ($on: Boolean) { hazards(first: 10) @skip(if: $on) { nodes { id } } }')).toBe(12)
})

test('filters keep within their bounds in a literal and in a variable', () => {
  const both = (filter: object) => {
    const literal = JSON.stringify(filter).replace(/"(\w+)":/g, '$1:')
    return [code(`{ hazards(where: ${literal}) { totalCount } }`), code('query ($w: HazardWhere) { hazards(where: $w) { totalCount } }', { w: filter })]
  }
  const leaves = (n: number) => ({ or: Array.from({ length: n }, () => ({ place: { eq: 'x' } })) })
  const deep = (n: number) => Array.from({ length: n }).reduce<object>((inner) => ({ not: inner }), { place: { eq: 'x' } })
  expect(both(leaves(100))).toEqual([2, 2])
  expect(both(leaves(101))).toEqual(['QUERY_TOO_WIDE', 'QUERY_TOO_WIDE'])
  expect(both({ place: { in: Array.from({ length: 500 }, String) } })).toEqual([2, 2])
  expect(both({ place: { in: Array.from({ length: 501 }, String) } })).toEqual(['QUERY_TOO_WIDE', 'QUERY_TOO_WIDE'])
  expect(both(deep(6))).toEqual([2, 2])
  expect(both(deep(20))).toEqual(['QUERY_TOO_DEEP', 'QUERY_TOO_DEEP'])
  expect(code('query ($v: String) { hazards(where: { or: [{ place: { eq: $v } }] }) { totalCount } }', { v: 'x' })).toBe(2)
  expect(() => cost(`{ hazards(where: { place: { in: [${'"a",'.repeat(600)}] } }) { totalCount } }`)).toThrow('hazards.where.place.in：一次最多 500 个值')
})

test('aliases, directives, depth and steps are bounded; fragments hide nothing', () => {
  expect(code(`{ viewer { ${Array.from({ length: 61 }, (_, i) => `a${i}: id`).join(' ')} } }`)).toBe('QUERY_TOO_WIDE')
  expect(code(`{ viewer { id ${'@skip(if: false) '.repeat(5)} } }`)).toBe('QUERY_TOO_WIDE')
  expect(code(`{ viewer { ${'id @skip(if: false) '.repeat(51)} } }`)).toBe('QUERY_TOO_WIDE')
  expect(code(`{ viewer { ${'windows { '.repeat(14)} id ${'}'.repeat(14)} } }`)).toMatch(/QUERY_TOO_(DEEP|COSTLY)/)
  const doubling = Array.from({ length: 18 }, (_, i) => `fragment F${i} on Viewer { ...F${i + 1} ...F${i + 1} }`).join(' ')
  expect(code(`{ viewer { ...F0 } } ${doubling} fragment F18 on Viewer { id }`)).toBe('QUERY_TOO_COSTLY')
  expect(cost('{ ...Q } fragment Q on Query { hazards(first: 10) { ...H } } fragment H on Hazards { nodes { id } }')).toBe(12)
  expect(code('mutation { a: signIn b: signIn }')).toBe('QUERY_TOO_WIDE')
  expect(code(`{ ${Array.from({ length: 16 }, (_, i) => `a${i}: hazards(first: 500) { nodes { id place enterprise { id } } }`).join(' ')} }`)).toBe(
    'QUERY_TOO_COSTLY',
  )
  expect(LIMITS.points).toBe(30_000)
})

test('points come back evenly; who has spent them is told when to come again', () => {
  const key = 'account test'
  spend(key, 600, 1_000, 0)
  expect(() => spend(key, 600, 1_000, 1)).toThrow('查询得太多了，请 12 秒后再试')
  expect(() => spend(key, 600, 1_000, 6_000)).toThrow('请 6 秒后再试')
  spend(key, 600, 1_000, 12_010)
  spend('account other', 600, 1_000, 12_010)
  // What costs more than a whole minute waits for a full bucket, and then runs.
  expect(() => spend(key, 5_000, 1_000, 12_020)).toThrow('请 60 秒后再试')
  spend(key, 5_000, 1_000, 80_000)
  expect(() => spend(key, 1, 1_000, 100_000)).toThrow('秒后再试')
})
