import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ends, hear, type Heard, listen, liveClient, type LiveClient, until } from '../testing/live.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { wallsOf } from '../testing/walls.js'
import { BoardLink } from './boardLink.entity.js'
import { BoardScene } from './scenes.js'
import type { BoardWall } from './wall.js'

const WALL = 'subscription { boardWall { name scenes pointed place room } }'
let town: Town
let url: string
const clients: LiveClient[] = []
beforeAll(async () => {
  town = await openTown()
  url = await listen(town.app)
})
afterAll(async () => {
  await Promise.all(clients.map((client) => client.dispose()))
  await town.close()
  await removeStores()
})
const { link, code } = wallsOf(() => town)

/** So many screens that are open with one pass. */
async function screens(pass: string, many: number): Promise<Heard<BoardWall>[]> {
  const opened = Array.from({ length: many }, () => liveClient(url, pass))
  clients.push(...opened)
  const heard = opened.map((client) => hear<BoardWall>(client, WALL))
  await Promise.all(heard.map((one) => one.count(1)))
  return heard
}
const pointed = async (heard: Heard<BoardWall>[], scene: BoardScene) => {
  await until(() => heard.every(({ events }) => events.at(-1)?.pointed === scene))
  return heard.map(({ events }) => events.at(-1)?.pointed)
}
/** As the phone of a room does it, but past its request. */
const point = (id: string, scene: BoardScene) =>
  ends(town, async ({ em }) => (await em.findOneOrFail(BoardLink, { id })).point(town.clock.now.toISOString(), { scene }))

/** The statements that looked a link up meanwhile: what it shows, and who holds it. */
async function looks(work: () => Promise<unknown>): Promise<{ shown: number; held: number }> {
  const asked = vi.spyOn(town.store.reader, 'all')
  await work()
  const of = (text: string) => asked.mock.calls.filter(([sql]) => sql.includes(text)).length
  const found = { shown: of('select * from board_link'), held: of('token_hash as hash from board_link') }
  asked.mockRestore()
  return found
}

test('a link that is pointed is looked up once for all of its walls, and so is who holds it', async () => {
  const [one, other] = [await link(), await link()]
  const walls = await screens(one.token, 30)
  const elsewhere = await screens(other.token, 5)
  const seen = await looks(async () => {
    await point(one.id, BoardScene.COLORS)
    expect(new Set(await pointed(walls, BoardScene.COLORS))).toEqual(new Set(['COLORS']))
  })
  expect(seen.shown).toBe(1)
  expect(seen.held).toBeLessThan(15)
  expect(new Set(walls.map(({ events }) => JSON.stringify(events.at(-1)))).size).toBe(1)
  expect(elsewhere.every(({ events }) => events.length === 1)).toBe(true)
  // A wall that comes later stands where the others stand, and follows with them.
  const late = await screens(one.token, 1)
  expect(late[0]!.events).toMatchObject([{ pointed: 'COLORS' }])
  await point(one.id, BoardScene.CAMPAIGN)
  expect(new Set(await pointed([...walls, ...late], BoardScene.CAMPAIGN))).toEqual(new Set(['CAMPAIGN']))
})

test('a link that was left and opened again shows where it was pointed in between', async () => {
  const { token, id } = await link()
  const [first] = await screens(token, 1)
  first!.stop()
  await point(id, BoardScene.STATIONS)
  const [again] = await screens(token, 1)
  expect(again!.events).toMatchObject([{ pointed: 'STATIONS' }])
})

test('of a link that is pointed and withdrawn in one act no wall hears anything more', async () => {
  const { token, id } = await link()
  const heard = await screens(token, 4)
  await ends(town, async ({ em }) => {
    const found = await em.findOneOrFail(BoardLink, { id })
    found.point(town.clock.now.toISOString(), { scene: BoardScene.COLORS })
    found.revokedAt = town.clock.now.toISOString()
  })
  await until(() => clients.slice(-4).every(({ closes }) => closes.length > 0))
  expect(clients.slice(-4).every(({ closes }) => closes.length > 0)).toBe(true)
  expect(heard.map(({ events }) => events.length)).toEqual([1, 1, 1, 1])
  expect(await code(token, '{ boardWall { name } }')).toBe('UNAUTHENTICATED')
})
