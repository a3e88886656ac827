import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { RiskColor } from '../risk/terms.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { wallsOf } from '../testing/walls.js'

interface Firm {
  id: string
  color: RiskColor | null
  plans: number
}
const FIRMS = 'query ($place: String) { boardFirms(place: $place) { id color plans } }'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})
const { link, ask, room, plan, colored } = wallsOf(() => town)
const firms = async (token: string, place?: string) => (await ask<{ boardFirms: Firm[] }>(token, FIRMS, { place })).data!.boardFirms
const keys = (shown: Firm[]) => shown.map(({ id }) => Object.entries(town.enterprises).find(([, one]) => one === id)![0]).sort()

/** How often the enterprises of a map were looked for meanwhile. */
async function looks(work: () => Promise<unknown>): Promise<number> {
  const asked = vi.spyOn(town.store.reader, 'all')
  await work()
  const found = asked.mock.calls.filter(([sql]) => sql.includes('as plans'))
  asked.mockRestore()
  return found.length
}

test('of the enterprises of one place ten walls ask the store once, and nobody again until something of it has changed', async () => {
  const walls: { token: string }[] = []
  for (let n = 0; n < 10; n++) walls.push(await link())
  expect(await looks(() => Promise.all(walls.map(({ token }) => firms(token))))).toBe(1)
  expect(await looks(() => firms(walls[0]!.token))).toBe(0)
  // Another place, another territory and the phones of a room have their own.
  expect(await looks(() => Promise.all(walls.map(({ token }) => firms(token, '350524106201'))))).toBe(1)
  expect(keys(await firms(walls[0]!.token, '350524106201'))).toEqual(['tea'])
  expect(keys(await firms(walls[0]!.token))).toEqual(['inn', 'tea'])
  expect(keys(await firms((await link({}, 'industry')).token))).toEqual(['tea'])
  expect(await firms(await room(walls[0]!.token))).toEqual([])
  // What is no place is the whole territory, and not kept by itself.
  expect(await looks(() => firms(walls[0]!.token, "x' or 1"))).toBe(0)
})

test('a new plan, one that is out of use, and a changed colour show at once', async () => {
  const { token } = await link()
  const of = async (key: string) => (await firms(token)).find(({ id }) => id === town.enterprises[key])
  expect(await of('tea')).toMatchObject({ color: null, plans: 0 })
  await colored('tea', RiskColor.YELLOW)
  expect(await of('tea')).toMatchObject({ color: 'YELLOW' })
  await colored('tea', RiskColor.RED)
  expect(await of('tea')).toMatchObject({ color: 'RED' })
  await plan('tea')
  expect(await of('tea')).toMatchObject({ plans: 1 })
  const phone = await room(token)
  expect(keys(await firms(phone))).toEqual(['tea'])
  await plan('inn')
  expect(keys(await firms(phone))).toEqual(['inn', 'tea'])
  const [sheet] = await town.store.reader.all('select id, version from floor_plan where enterprise_id = ?', [town.enterprises['tea']!])
  await town.get('ent.tea', 'mutation ($id: ID!, $version: Int!) { floorPlanEnd(id: $id, version: $version) { id } }', {
    ...{ id: sheet!['id'], version: Number(sheet!['version']) },
  })
  expect(await of('tea')).toMatchObject({ color: 'RED', plans: 0 })
  expect(keys(await firms(phone))).toEqual(['inn'])
})

test('what is drawn on a plan moves the boards of its territory, and no others', async () => {
  const seqOf = async (token: string) => Number((await ask<{ board: { seq: string } }>(token, '{ board { seq } }')).data!.board.seq)
  const [whole, other] = [await link(), await link({ division: '350524106202' })]
  await plan('tea')
  const before = [await seqOf(whole.token), await seqOf(other.token)]
  const [sheet] = await town.store.reader.all('select id from floor_plan where enterprise_id = ? and ended_on is null', [town.enterprises['tea']!])
  const SPOTS = [
    { x: 500, y: 500 },
    { x: 700, y: 500 },
    { x: 700, y: 700 },
  ]
  await town.get('ent.tea', 'mutation ($p: ID!, $o: [SpotInput!]!) { floorAreaDraw(plan: $p, name: "杀青区", outline: $o) { id } }', {
    p: sheet!['id'],
    o: SPOTS,
  })
  expect(await seqOf(whole.token)).toBeGreaterThan(before[0]!)
  expect(await seqOf(other.token)).toBe(before[1])
})
