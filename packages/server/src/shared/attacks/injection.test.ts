import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeStores } from '../../testing/store.js'
import { codeIn, errorsOf, INTERNALS, openTwins, type Twins } from '../../testing/twins.js'

/** Group Q of the attack table: what is typed never becomes a part of a statement. The twin without limits keeps this too: it is how values travel, not a bound. */
let twins: Twins
beforeAll(async () => {
  twins = await openTwins()
})
afterAll(async () => {
  await twins.close()
  await removeStores()
})
const ask = (query: string, variables: Record<string, unknown> = {}, app = twins.strong) => twins.post(app, { query, variables }, { who: 'town' })
const EVIL = [
  "x'; drop table hazard; --",
  "' or 1 = 1 --",
  '"; select 1',
  ') union select password_hash from person --',
  "Asia/Shanghai'); --",
  '\\',
  '$1',
  '?',
  ':x',
  '{{7*7}}',
]

test('Q1 fields, directions, zones and buckets come from a list, whoever writes them', async () => {
  for (const evil of EVIL) {
    const written = JSON.stringify(evil)
    const refused = [
      await ask(`{ hazards(orderBy: [{ field: ${written} }]) { nodes { id } } }`),
      await ask('query ($o: [HazardOrder!]) { hazards(orderBy: $o) { nodes { id } } }', { o: [{ field: evil }] }),
      await ask('query ($o: [HazardOrder!]) { hazards(orderBy: $o) { nodes { id } } }', { o: [{ field: 'foundOn', dir: evil }] }),
      await ask('query ($o: [HazardOrder!]) { hazards(orderBy: $o) { nodes { id } } }', { o: [{ field: 'foundOn', nulls: evil }] }),
      await ask('query ($z: Zone!) { hazards { groups { nodes { key { registeredAt(by: DAY, zone: $z) } } } } }', { z: evil }),
      await ask('query ($b: Bucket) { hazards { groups { nodes { key { foundOn(by: $b) } } } } }', { b: evil }),
      await ask('query ($f: HazardField!) { hazards { distinctValues(field: $f) { truncated } } }', { f: evil }),
      await ask('query ($o: [GroupOrder!]) { hazards { groups(orderBy: $o) { nodes { count } } } }', { o: [{ by: evil }] }),
    ]
    for (const answer of refused) {
      expect(errorsOf(answer)).not.toEqual([])
      expect(codeIn(answer)).toMatch(/BAD_/)
      // An error may say back what one wrote.
      for (const { message } of errorsOf(answer)) expect(message.replace(evil, '').replace(written.slice(1, -1), '')).not.toMatch(INTERNALS)
    }
  }
  expect((await ask('{ hazards { totalCount } }')).json()).toMatchObject({ data: { hazards: { totalCount: 2 } } })
})

test('Q1 what is searched for is searched for as it is written', async () => {
  const count = async (variables: Record<string, unknown>) =>
    (await ask('query ($w: HazardWhere, $s: String) { hazards(where: $w, search: $s) { totalCount } }', variables)).json<{
      data: { hazards: { totalCount: number } }
    }>().data.hazards.totalCount
  expect(await count({ s: '配电箱' })).toBe(2)
  for (const evil of [...EVIL, '%', '_', '%_%', '\\%', '配电箱%', '配_箱']) {
    expect(await count({ s: evil })).toBe(0)
    expect(await count({ w: { description: { contains: evil } } })).toBe(0)
    for (const is of [{ contains: evil }, { startsWith: evil }, { eq: evil }, { in: [evil] }]) expect(await count({ w: { place: is } })).toBe(0)
    expect(await count({ w: { id: { eq: evil } } })).toBe(0)
  }
})

test('Q2 an operator where a value belongs is no value', async () => {
  const objects: unknown[] = [{ $ne: '' }, { eq: '' }, ['x'], [['x']], { toString: 'x' }, true]
  for (const given of objects) {
    for (const answer of [
      await ask('query ($id: ID!) { hazard(id: $id) { id } }', { id: given }),
      await ask('query ($c: String) { hazards(after: $c) { nodes { id } } }', { c: given }),
      await ask('query ($w: HazardWhere) { hazards(where: $w) { nodes { id } } }', { w: { place: { eq: given } } }),
      await ask('query ($w: HazardWhere) { hazards(where: $w) { nodes { id } } }', { w: { foundOn: { gt: given } } }),
    ]) {
      expect(codeIn(answer)).toMatch(/BAD_|NOT_FOUND/)
      expect(answer.body).not.toContain('"nodes":[{')
    }
  }
  expect(codeIn(await ask('query ($w: HazardWhere) { hazards(where: $w) { nodes { id } } }', { w: { place: { $ne: '' } } }))).toBe('BAD_QUERY')
})

test('Q3 a cursor that was made up, changed, or cut for another question is refused', async () => {
  const first = '(first: 1, orderBy: [{ field: number }]'
  const answer = await ask(`{ hazards${first}) { pageInfo { endCursor } } other: enterprises(first: 1) { pageInfo { endCursor } } }`)
  const { hazards, other } = answer.json<{ data: Record<'hazards' | 'other', { pageInfo: { endCursor: string } }> }>().data
  const [body, mac] = hazards.pageInfo.endCursor.split('.')
  const coded = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url')
  const forged = [
    '',
    '1',
    coded([1]),
    coded({ a: 1 }),
    `${coded([1, 'x'])}.${mac}`,
    `${body}.`,
    `${body}.${'A'.repeat(22)}`,
    `.${mac}`,
    `${body}.${mac}x`,
    other.pageInfo.endCursor,
    'é.é',
  ]
  for (const app of [twins.strong, twins.weak])
    for (const after of forged) {
      const refused = await ask(`query ($a: String) { hazards${first}, after: $a) { nodes { id } } }`, { a: after }, app)
      expect(codeIn(refused), after).toBe('BAD_CURSOR')
    }
  for (const changed of [
    '(first: 1, orderBy: [{ field: number, dir: DESC }]',
    '(first: 1, orderBy: [{ field: foundOn }]',
    '(first: 1, where: { place: { ne: "x" } }, orderBy: [{ field: number }]',
  ])
    expect(codeIn(await ask(`query ($a: String) { hazards${changed}, after: $a) { nodes { id } } }`, { a: hazards.pageInfo.endCursor }))).toBe('BAD_CURSOR')
  expect(codeIn(await ask(`query ($a: String) { hazards${first}, after: $a) { nodes { id } } }`, { a: hazards.pageInfo.endCursor }))).toBeUndefined()
})
