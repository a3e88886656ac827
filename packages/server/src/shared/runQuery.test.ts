import { randomUUID } from 'node:crypto'
import { execute } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contextFor } from '../app.js'
import { authenticate } from '../person/authenticate.js'
import { buildGraph } from '../schema.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import type { SignedIn } from './context.js'
import { Door, type Prepared } from './door.js'
import { runQuery } from './runQuery.js'

let town: Town
const door = new Door(buildGraph(), { introspection: false, report: () => undefined })
const reply = { sessionDays: 0, setSession: () => undefined, clearSession: () => undefined }
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

async function contextOf(who: string, signal?: AbortSignal): Promise<SignedIn> {
  const now = town.clock.now
  const known = (await authenticate(town.store.reader, await town.as(who), now))!
  const context = contextFor(town.store, { actor: known.actor, session: known.session, now, request: randomUUID(), address: '', device: '', reply })
  return (signal ? { ...context, signal } : context) as SignedIn
}

/** Both ways, and the compiled one often enough to be compiled. */
async function both(query: string, variables: Record<string, unknown> = {}, who = 'town') {
  const prepare = async (context: SignedIn): Promise<Prepared> => {
    const prepared = door.prepare({ query, variables }, context.actor)
    if (!('document' in prepared)) throw new Error(JSON.stringify(prepared))
    return prepared
  }
  const context = await contextOf(who)
  const { document } = await prepare(context)
  const plain = await execute({ schema: door.schema, document, variableValues: variables, contextValue: context })
  let compiled: unknown
  for (let i = 0; i < 6; i++) {
    const again = await contextOf(who)
    compiled = await runQuery(door.schema, await prepare(again), again)
  }
  return { plain: JSON.parse(JSON.stringify(plain)) as { data: unknown; errors?: object[] }, compiled: JSON.parse(JSON.stringify(compiled)) as object }
}

const LIST = `query ($where: HazardWhere, $orderBy: [HazardOrder!], $first: Int = 2, $with: Boolean = true) {
  hazards(where: $where, orderBy: $orderBy, first: $first) { totalCount nodes { id stage dueOn enterprise @include(if: $with) { name hazards(first: $first) { nodes { number } } } } } }`

describe('a compiled query answers as a plain one', () => {
  test.each([
    ['no variables, defaults apply', LIST, {}],
    [
      'a filter as a variable',
      LIST,
      { where: { stage: { in: ['CLOSED', 'RECTIFYING'] }, or: [{ severity: { eq: 'MAJOR' } }, { enterprise: { name: { contains: '茶' } } }] } },
    ],
    ['an order as a variable', LIST, { orderBy: [{ field: 'foundOn', dir: 'DESC', nulls: 'FIRST' }], first: 5 }],
    ['one that is told as nothing', LIST, { where: null, with: false }],
    [
      'a variable inside a literal',
      'query ($from: Day, $n: Int) { hazards(where: { foundOn: { gte: $from } }, first: $n) { nodes { number foundOn } } }',
      { from: '2026-01-01', n: 3 },
    ],
    ['left out inside a literal', 'query ($from: Day) { hazards(where: { foundOn: { gte: $from } }) { totalCount } }', {}],
    [
      'groups by a variable',
      'query ($h: HazardHaving) { hazards { groups(having: $h) { nodes { key { stage } count figures { onTimeRate } } truncated } } }',
      { h: { count: { gte: 1 } } },
    ],
    ['nulls', '{ hazards { nodes { closedAt transferredTo criterion { code } station } } }', {}],
    ['a list of none', '{ hazards(where: { number: { eq: "x" } }) { nodes { id } } }', {}],
    [
      'fragments and aliases',
      '{ a: hazards(first: 1) { ...P } b: hazards(first: 2) { ...P } } fragment P on HazardConnection { nodes { id __typename } pageInfo { endCursor } }',
      {},
    ],
  ])('%s', async (_name, query, variables) => {
    const { plain, compiled } = await both(query, variables)
    expect(plain.errors).toBeUndefined()
    expect(compiled).toEqual(plain)
  })

  test('an error stands at the same place and the rest is answered', async () => {
    const { plain, compiled } = await both('{ hazards { totalCount } enterprise(id: "none") { name } }')
    expect(plain.errors).toHaveLength(1)
    expect(compiled).toMatchObject({ data: plain.data })
    expect((compiled as { errors: { path: string[]; message: string }[] }).errors.map(({ path }) => path)).toEqual([['enterprise']])
  })

  test('a wrong variable is refused in the same words', async () => {
    const { plain, compiled } = await both(LIST, { where: { stage: { eq: 'NO_SUCH' } } }).catch((error: unknown) => ({ plain: error, compiled: error }))
    expect(String(JSON.stringify(compiled))).toBe(String(JSON.stringify(plain)))
  })

  test('each asker gets his own, from one compiled document', async () => {
    const own = async (who: string) => (await both('query ($w: HazardWhere) { hazards(where: $w) { totalCount nodes { number } } }', { w: {} }, who)).compiled
    expect(await own('town')).not.toEqual(await own('town.far'))
    expect(await own('town.far')).toEqual(
      (await both('query ($w: HazardWhere) { hazards(where: $w) { totalCount nodes { number } } }', { w: {} }, 'town.far')).plain,
    )
  })

  test('whoever is gone is answered nothing more', async () => {
    for (let i = 0; i < 5; i++) await both(LIST)
    const gone = new AbortController()
    gone.abort()
    const context = await contextOf('town', gone.signal)
    const prepared = door.prepare({ query: LIST }, context.actor) as Prepared
    const result = await Promise.resolve(runQuery(door.schema, prepared, context)).catch((error: unknown) => ({ errors: [error] }))
    expect(JSON.stringify(result).length).toBeLessThan(5_000)
  })
})
