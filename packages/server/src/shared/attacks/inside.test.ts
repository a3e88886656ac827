import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeStores } from '../../testing/store.js'
import { median } from '../../bench/measure.js'
import { codeIn, errorsOf, INTERNALS, openTwins, type Twins } from '../../testing/twins.js'

/** Group I of the attack table: what errors, introspection and time tell of the inside. No switch turns these off, so that the twin without limits keeps them too. */
let twins: Twins
beforeAll(async () => {
  twins = await openTwins()
})
afterAll(async () => {
  await twins.close()
  await removeStores()
})
const apps = () => [twins.strong, twins.weak]

test('I1 who has not signed in asks in vain how the graph is made', async () => {
  const asked = [
    '{ __schema { types { name } } }',
    '{ __type(name: "Hazard") { name } }',
    '{ x: __schema { queryType { name } } }',
    'query { ...A } fragment A on Query { ...B } fragment B on Query { y: __type(name: "Person") { fields { name } } }',
    '{ ... on Query { ... on Query { __schema { directives { name } } } } }',
  ]
  for (const app of apps())
    for (const query of asked) {
      const answer = await twins.post(app, { query })
      expect(answer.statusCode).toBe(400)
      expect(codeIn(answer)).toBe('FORBIDDEN')
      expect(answer.body).not.toContain('Hazard')
    }
  const known = await twins.post(twins.strong, { query: asked[1] }, { who: 'county' })
  expect(known.json<{ data: { __type: { name: string } } }>().data.__type.name).toBe('Hazard')
})

test('I2 a slip of the pen teaches nobody the names of things', async () => {
  const slips = [
    '{ hazardz { nodes { id } } }',
    '{ hazards(wher: {}) { nodes { id } } }',
    '{ hazards(where: { stag: { eq: CLOSED } }) { nodes { id } } }',
    '{ hazards(where: { stage: { eq: CLOSD } }) { nodes { id } } }',
    'query ($w: HazardWher) { hazards(where: $w) { nodes { id } } }',
    'mutation { signIn(usrname: "a", password: "b") { token } }',
    '{ hazards { nodes { descripton } } }',
    '{ ... on Querry { viewer { id } } }',
  ]
  for (const app of apps())
    for (const query of slips) {
      const answer = await twins.post(app, { query })
      for (const { message } of errorsOf(answer)) expect(message).toBe('查询写法有误')
      expect(answer.body).not.toMatch(/did you mean|hazards"|HazardWhere|username/i)
    }
})

const WORDS = [
  '{',
  '}',
  '(',
  ')',
  '$',
  ':',
  '"',
  '...',
  '@',
  '!',
  '#',
  '\\',
  'hazards',
  'hazard',
  'enterprises',
  'viewer',
  'nodes',
  'id',
  'where',
  'first',
  'orderBy',
  'eq',
  '1e99',
  'null',
  '__typename',
  'fragment',
  'on',
  'Query',
  'mutation',
  'subscription',
  '\u0000',
  '；',
  "'",
  '--',
  'NaN',
]
const value: fc.Arbitrary<unknown> = fc.anything({ maxDepth: 3, withNullPrototype: false })

test('I3 whatever is sent, no error shows the inside', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...WORDS), { maxLength: 25 }),
      fc.dictionary(fc.constantFrom('w', 'n', 'id', 'o'), value, { maxKeys: 3 }),
      async (words, variables) => {
        for (const body of [
          { query: words.join(' '), variables },
          {
            query: 'query ($w: HazardWhere, $n: Int, $o: [HazardOrder!]) { hazards(where: $w, first: $n, orderBy: $o) { nodes { id } totalCount } }',
            variables,
          },
          { query: 'query ($id: ID!) { hazard(id: $id) { id } }', variables },
          { query: 'query ($n: String) { hazards(after: $n, search: $n) { nodes { id } } }', variables },
          variables,
        ]) {
          const answer = await twins.post(
            twins.strong,
            JSON.stringify(body, (_, one: unknown) => (typeof one === 'bigint' ? Number(one) : one)),
            { who: 'county' },
          )
          expect(answer.statusCode).toBeLessThan(500)
          for (const { message, extensions } of answer.body.includes('"errors"') ? errorsOf(answer) : []) {
            expect(message).not.toMatch(INTERNALS)
            expect(extensions?.code).not.toBe('INTERNAL')
          }
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('I4 a sign-in takes as long for a name that exists as for one that does not', async () => {
  const attempt = async (username: string, i: number) => {
    const began = performance.now()
    const answer = await twins.post(
      twins.strong,
      { query: `mutation { signIn(username: "${username}", password: "wrong-${i}") { token } }` },
      { from: `10.9.${i}.1` },
    )
    expect(codeIn(answer)).toBe('BAD_CREDENTIALS')
    return performance.now() - began
  }
  const known: number[] = []
  const unknown: number[] = []
  for (const [i, name] of ['town', 'county', 'market', 'village', 'industry', 'town.far', 'admin'].entries())
    for (const [list, who] of i % 2
      ? ([
          [known, name],
          [unknown, `nobody${i}`],
        ] as const)
      : ([
          [unknown, `nobody${i}`],
          [known, name],
        ] as const))
      list.push(await attempt(who, i))
  // The quickest of each: what is slower was held up by something else.
  const ratio = Math.min(...known) / Math.min(...unknown)
  expect(ratio).toBeGreaterThan(0.6)
  expect(ratio).toBeLessThan(1.6)
})

test('I4 a record of another town and one that does not exist are one answer, in the same time', async () => {
  const took: Record<string, number[]> = { foreign: [], missing: [] }
  const ids = { foreign: twins.town.hazards['far']!, missing: '01900000-0000-7000-8000-000000000000' }
  const answers = new Set<string>()
  for (let i = 0; i < 80; i++)
    for (const which of i % 2 ? (['foreign', 'missing'] as const) : (['missing', 'foreign'] as const)) {
      const began = performance.now()
      const answer = await twins.post(twins.strong, { query: 'query ($id: ID!) { hazard(id: $id) { id } }', variables: { id: ids[which] } }, { who: 'town' })
      took[which]!.push(performance.now() - began)
      answers.add(JSON.stringify(answer.json<{ errors: unknown }>().errors))
    }
  expect(answers.size).toBe(1)
  const ratio = median(took['foreign']!) / median(took['missing']!)
  expect(ratio).toBeGreaterThan(0.6)
  expect(ratio).toBeLessThan(1.6)
})
