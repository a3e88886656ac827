import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { removeStores } from '../../testing/store.js'
import { openTown, type Town } from '../../testing/town.js'
import type { Reader } from './reader.js'

let town: Town
let statements: string[] = []
beforeAll(async () => {
  town = await openTown()
  const { reader } = town.store
  for (const one of [reader, reader.heavy] as Pick<Reader, 'all'>[]) {
    const all = one.all.bind(one)
    one.all = (sql, params) => (statements.push(sql), all(sql, params))
  }
})
afterAll(async () => {
  await town.close()
  await removeStores()
})
beforeEach(async () => {
  // What is looked up once and kept: the token, the size of the tables.
  await town.get('town', '{ hazards { nodes { number } } enterprises { totalCount } }')
  statements = []
})

/** Finding out who asks, the sizes of the tables, and the end of the log that sockets look at twice a second: none of it is the operation's. */
const BESIDE = /from session|from person p|sqlite_schema|sqlite_stat|max\(rowid\)|pg_class|reltuples|pragma|from chain_head|from change where seq/i

/** The statements of an operation on rows of the graph. */
async function asked(query: string, variables: object = {}): Promise<number> {
  statements = []
  await town.get('town', query, variables as Record<string, unknown>)
  return statements.filter((sql) => !BESIDE.test(sql)).length
}

const ONE = { where: { number: { eq: 'none' } } }
test.each([
  ['a list', 'query ($where: HazardWhere) { hazards(where: $where) { nodes { number stage } } }', 1],
  [
    'its to-one relations join',
    'query ($where: HazardWhere) { hazards(where: $where) { nodes { number enterprise { name village { name } tradeStation { name } } village { name } town { name } criterion { code } } } }',
    1,
  ],
  ['a to-many relation', '{ enterprises { nodes { name hazards { nodes { number } } } } }', 2],
  [
    'two to-many levels',
    '{ divisionsConnection(first: 20) { nodes { name enterprises(first: 10) { nodes { name hazards(first: 5) { nodes { number enterprise { name } } } } } } } }',
    3,
  ],
  [
    'two to-many relations beside each other',
    '{ enterprises { nodes { name open: hazards(where: { stage: { ne: CLOSED } }) { nodes { number } } closed: hazards(where: { stage: { eq: CLOSED } }) { nodes { number } } } } }',
    3,
  ],
  ['a total is one more', 'query ($where: HazardWhere) { hazards(where: $where) { totalCount nodes { number } } }', 2],
  ['groups alone', '{ hazards { groups { nodes { key { stage enterprise { trade } } count sum { costFen } figures { onTimeRate } } } } }', 1],
  ['an aggregate alone', '{ hazards { aggregate { count sum { costFen } figures { found closed overdue onTimeRate rectificationRate } } } }', 1],
  [
    'filters over relations stay inside',
    '{ enterprises(where: { hazards: { some: { stage: { ne: VOID } }, aggregate: { count: { gte: 1 } } } }, orderBy: [{ hazards: { count: true }, dir: DESC }]) { nodes { name } } }',
    1,
  ],
] as const)('%s: one statement for the root, one for each to-many level, whatever the number of rows', async (_name, query, expected) => {
  expect(await asked(query)).toBe(expected)
  // As many for no row as for all of them, but for levels that nothing leads to.
  expect(await asked(query, ONE)).toBeLessThanOrEqual(expected)
})

test('ten times the rows need no further statement', async () => {
  const query = (first: number) => `{ hazards(first: ${first}) { nodes { number enterprise { name hazards(first: 5) { nodes { number } } } } } }`
  const few = await asked(query(1))
  expect(await asked(query(500))).toBe(few)
  expect(few).toBe(2)
})
