import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTown, type Town } from '../../testing/town.js'
import { removeStores } from '../../testing/store.js'
import { ref } from '@mikro-orm/core'
import { Enterprise } from '../../enterprise/enterprise.entity.js'
import { Hazard } from '../../hazard/hazard.entity.js'
import { HazardFactor, HazardSeverity, HazardSource, HazardStage, ManageType } from '../../hazard/terms.js'
import { act } from '../act.js'

let town: Town
beforeAll(async () => {
  town = await openTown()
  await act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'pages' }, 'settle', async ({ em }) => {
    const enterprises = await em.find(Enterprise, {})
    for (let i = 0; i < 60; i++) {
      const enterprise = enterprises[i % enterprises.length]!
      em.persist(
        Object.assign(new Hazard(), {
          ...{
            number: `P-${i}`,
            stage: HazardStage.NOTIFIED,
            enterprise: ref(enterprise),
            division: enterprise.division,
            description: i % 7 ? `描述 ${i % 5}` : '100%_\\的',
            place: `部位${i % 3}`,
            foundOn: `2026-02-0${1 + (i % 4)}`,
          },
          ...(enterprise.station ? { station: enterprise.station } : {}),
          ...(i % 3 ? { dueOn: `2026-03-0${1 + (i % 5)}` } : {}),
          ...{
            severity: HazardSeverity.GENERAL,
            factor: HazardFactor.OBJECT,
            source: HazardSource.SELF_CHECK,
            manageType: ManageType.DEADLINE,
            foundByRole: 'ENTERPRISE',
            createdAt: '2026-02-01T00:00:00.000Z',
          },
        }),
      )
    }
  })
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Node {
  id: string
  [field: string]: string | number | null
}
const QUERY = `query ($where: HazardWhere, $orderBy: [HazardOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  hazards(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    nodes { id foundOn dueOn place number returns } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`
interface Page {
  nodes: Node[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
  totalCount: number
}
const page = async (variables: object) => (await town.get<{ hazards: Page }>('town', QUERY, variables as Record<string, unknown>)).hazards

const FIELDS = ['foundOn', 'dueOn', 'place', 'returns'] as const
const order = fc.uniqueArray(
  fc.record({
    field: fc.constantFrom(...FIELDS),
    dir: fc.constantFrom('ASC' as const, 'DESC' as const),
    nulls: fc.constantFrom('FIRST' as const, 'LAST' as const),
  }),
  { maxLength: 3, minLength: 1, selector: (one) => one.field },
)
type Orders = { field: (typeof FIELDS)[number]; dir: 'ASC' | 'DESC'; nulls: 'FIRST' | 'LAST' }[]

function compare(orderBy: Orders) {
  const plain = (a: unknown, b: unknown) => (a === b ? 0 : (a as string) < (b as string) ? -1 : 1)
  return (a: Node, b: Node): number => {
    for (const { field, dir, nulls } of orderBy) {
      const [x, y] = [a[field], b[field]]
      if (x === y) continue
      if (x === null || y === null) return (x === null) === (nulls === 'FIRST') ? -1 : 1
      return plain(x, y) * (dir === 'DESC' ? -1 : 1)
    }
    return plain(a.id, b.id) * (orderBy[0]!.dir === 'DESC' ? -1 : 1)
  }
}

test('every walk of random pages, forwards and backwards, meets every row once and in order', async () => {
  const all = (await page({ first: 500 })).nodes
  await fc.assert(
    fc.asyncProperty(order, fc.integer({ min: 1, max: 25 }), fc.boolean(), async (orderBy, size, backwards) => {
      const wanted = [...all].sort(compare(orderBy)).map((node) => node.id)
      const met: string[] = []
      let cursor: string | undefined
      for (;;) {
        const { nodes, pageInfo } = await page(backwards ? { orderBy, last: size, before: cursor } : { orderBy, first: size, after: cursor })
        if (backwards) met.unshift(...nodes.map((node) => node.id))
        else met.push(...nodes.map((node) => node.id))
        if (!(backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) break
        cursor = backwards ? pageInfo.startCursor : pageInfo.endCursor
      }
      expect(met).toEqual(wanted)
    }),
    { numRuns: 40, seed: 11 },
  )
})

test('a cursor fits only the list, order and filter it was made for, and cannot be forged', async () => {
  const { pageInfo } = await page({ first: 3, orderBy: [{ field: 'foundOn', dir: 'ASC' }] })
  const refused = (variables: object) => town.code('town', QUERY, variables as Record<string, unknown>)
  expect(await refused({ first: 3, after: pageInfo.endCursor, orderBy: [{ field: 'dueOn', dir: 'ASC' }] })).toBe('BAD_CURSOR')
  expect(await refused({ first: 3, after: pageInfo.endCursor, orderBy: [{ field: 'foundOn', dir: 'ASC' }], where: { place: { eq: '部位1' } } })).toBe(
    'BAD_CURSOR',
  )
  for (const forged of ['WzFd.x', '', 'a.b', Buffer.from('{"a":1}').toString('base64url')])
    expect(await refused({ first: 3, after: forged, orderBy: [{ field: 'foundOn', dir: 'ASC' }] })).toBe('BAD_CURSOR')
})

test('a page has a size that can be, and counts only what may be seen', async () => {
  for (const variables of [{ first: 501 }, { first: -1 }, { first: 5, last: 5 }]) expect(await town.code('town', QUERY, variables)).toBe('BAD_PAGE')
  const { totalCount, nodes } = await page({ first: 500 })
  expect(totalCount).toBe(nodes.length)
  expect((await town.get<{ hazards: Page }>('town.far', QUERY, { first: 500 })).hazards.nodes.some((node) => nodes.some((mine) => mine.id === node.id))).toBe(
    false,
  )
})

test('wildcards in a search are the characters themselves, and quotes stay in the value', async () => {
  const found = async (contains: string) => (await page({ first: 500, where: { description: { contains } } })).nodes.length
  expect(await found('100%_\\的')).toBe(await found('%_'))
  expect(await found('%_')).toBeGreaterThan(0)
  expect(await found('%描')).toBe(0)
  expect(await found(`' or 1=1 --`)).toBe(0)
})

test('a filter nests only so deep and so wide, and says which part to cut', async () => {
  const deep = Array.from({ length: 8 }).reduce<object>((inner) => ({ not: inner }), { place: { eq: 'x' } })
  expect(await town.code('town', QUERY, { where: deep })).toBe('QUERY_TOO_DEEP')
  expect(await town.code('town', QUERY, { where: { or: Array.from({ length: 120 }, (_, i) => ({ place: { eq: String(i) } })) } })).toBe('QUERY_TOO_WIDE')
  expect(await town.code('town', QUERY, { where: { place: { in: Array.from({ length: 501 }, String) } } })).toBe('QUERY_TOO_WIDE')
})
