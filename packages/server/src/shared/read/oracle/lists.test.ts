import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Enterprise } from '../../../enterprise/enterprise.entity.js'
import { Hazard } from '../../../hazard/hazard.entity.js'
import { openRandomTown } from '../../../testing/randomTown.js'
import { removeStores } from '../../../testing/store.js'
import type { Town } from '../../../testing/town.js'
import type { ThingClass } from '../../datum.js'
import type { Scope } from '../../scope.js'
import { shownOf, textOf, toldOf, type Shown } from './asking.js'
import { type Condition, matches } from './matches.js'
import { Random } from './random.js'
import { scopesOf, WHO } from './readers.js'
import { type OrderKey, sorted } from './sorted.js'
import { World } from './world.js'

const LISTS: Record<string, ThingClass> = { hazards: Hazard, enterprises: Enterprise }
const SEED = Number(process.env['ORACLE_SEED'] ?? 20_260_302)
const RUNS = Number(process.env['ORACLE_RUNS'] ?? 1)

let town: Town
let world: World
let random: Random
let scopes: Record<string, Scope>
beforeAll(async () => {
  town = await openRandomTown(SEED)
  world = await World.read(town.store.reader)
  random = new Random(town.app.door.schema, world)
  scopes = await scopesOf(town)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Asked {
  list: string
  who: string
  where?: Condition | undefined
  orderBy: OrderKey[]
  shown: Shown
}
const asked = (): fc.Arbitrary<Asked> =>
  fc.constantFrom(...Object.keys(LISTS)).chain((list) =>
    fc.record({
      list: fc.constant(list),
      who: fc.constantFrom(...WHO),
      where: fc.option(random.where(LISTS[list]!), { nil: undefined, freq: 8 }),
      orderBy: random.orderBy(LISTS[list]!),
      shown: shownOf(LISTS[list]!),
    }),
  )

interface Page {
  nodes: { id: string }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
  totalCount: number
}
async function page({ list, who, shown, where, orderBy }: Asked, paging: Record<string, unknown>): Promise<Page> {
  const thing = LISTS[list]!.name
  const query = `query ($where: ${thing}Where, $orderBy: [${thing}Order!], $first: Int, $after: String, $last: Int, $before: String, $offset: Int) {
    ${list}(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset) {
      totalCount nodes ${textOf(shown)} pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
  return (await town.get<Record<string, Page>>(who, query, { where, orderBy, ...paging }))[list]!
}

function wanted({ list, who, where, orderBy, shown }: Asked) {
  const target = LISTS[list]!
  const scope = scopes[who]!
  const rows = world.seen(target, scope).filter((row) => matches(world, target, row, where, scope))
  return sorted(world, target, rows, orderBy, scope).map((row) => toldOf(world, target, row, shown, scope))
}

describe('a list is what a plain look at every row finds', () => {
  test('for any filter, order, selection and reader', async () => {
    await fc.assert(
      fc.asyncProperty(asked(), fc.integer({ min: 0, max: 60 }), fc.nat(12), async (one, first, offset) => {
        const all = wanted(one)
        const { nodes, totalCount, pageInfo } = await page(one, { first, offset })
        expect(nodes).toEqual(all.slice(offset, offset + first))
        expect(totalCount).toBe(all.length)
        expect(pageInfo.hasNextPage).toBe(all.length > offset + first)
      }),
      { numRuns: 4_000 * RUNS, seed: SEED },
    )
  }, 300_000)

  test('and every walk of random pages meets every row once, in order, from either end', async () => {
    await fc.assert(
      fc.asyncProperty(asked(), fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }), fc.boolean(), async (one, sizes, backwards) => {
        const met: { id: string }[] = []
        let at: string | undefined
        for (let i = 0; ; i++) {
          // A page of one or two rows is met often, but not to the end of three hundred.
          const size = sizes[i % sizes.length]! + (i > 12 ? 40 : 0)
          const { nodes, pageInfo } = await page(one, backwards ? { last: size, before: at } : { first: size, after: at })
          if (backwards) met.unshift(...nodes)
          else met.push(...nodes)
          if (!(backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) break
          at = backwards ? pageInfo.startCursor : pageInfo.endCursor
        }
        expect(met).toEqual(wanted(one))
      }),
      { numRuns: 700 * RUNS, seed: SEED + 1 },
    )
  }, 300_000)
})
