import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RiskColor } from '../risk/terms.js'
import { HazardStage } from '../hazard/terms.js'
import { dayOf } from '../shared/days.js'
import { alter, hear, listen, liveClient, until } from '../testing/live.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { wallsOf } from '../testing/walls.js'
import type { Board } from './snapshot.js'
import type { BoardWall } from './wall.js'

const WALL = 'name scenes look pointed place firm thenAt replayAt meetingAt since room'
let town: Town
let url: string
beforeAll(async () => {
  town = await openTown()
  url = await listen(town.app)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const { link, ask, code, room: roomOf, plan, colored } = wallsOf(() => town)

test('a link carries its scenes and its look; a wall without any turns through all', async () => {
  expect(await link({ scenes: ['COLORS', 'CAMPAIGN'], look: 'LIGHT' })).toMatchObject({ scenes: 'CAMPAIGN COLORS', look: 'LIGHT' })
  const all = await link()
  expect(await ask(all.token, `{ boardWall { ${WALL} } }`)).toMatchObject({
    data: { boardWall: { name: '三楼会议室', look: 'DARK', pointed: null, scenes: ['CLOSURE', 'CAMPAIGN', 'COLORS', 'STATIONS', 'MEETING'] } },
  })
})

test('a phone with the code on the wall points it, the wall hears it at once; of the town the phone sees its map', async () => {
  await colored('tea', RiskColor.ORANGE)
  const { token } = await link({ scenes: ['CLOSURE', 'COLORS', 'MEETING'] })
  const heard = hear<BoardWall>(liveClient(url, token), `subscription { boardWall { ${WALL} } }`)
  const [wall] = await heard.count(1)
  const room = wall!.room!
  expect(room).not.toContain(token)
  expect(await code(room, 'mutation { boardPoint(scene: COLORS, place: "350524106201") { pointed } }')).toBeUndefined()
  await until(() => heard.events.at(-1)?.pointed === 'COLORS')
  expect(heard.events.at(-1)).toMatchObject({ pointed: 'COLORS', place: '350524106201' })
  expect(await ask(room, 'mutation { boardMeet(on: true) { meetingAt } }')).toMatchObject({ data: { boardMeet: { meetingAt: town.clock.now.toISOString() } } })
  expect(await ask(room, 'mutation { boardTurnBack(at: "2026-02-01T00:00:00.000Z", replay: true) { thenAt replayAt } }')).toMatchObject({
    data: { boardTurnBack: { thenAt: '2026-02-01T00:00:00.000Z', replayAt: town.clock.now.toISOString() } },
  })
  await until(() => heard.events.at(-1)?.thenAt === '2026-02-01T00:00:00.000Z')
  expect(await code(room, 'mutation { boardPoint(scene: STATIONS) { pointed } }')).toBe('SCENE_CLOSED')
  expect(await code(room, 'mutation { boardTurnBack(at: "2027-02-01T00:00:00.000Z") { thenAt } }')).toBe('DAY_AHEAD')
  expect(await ask(room, 'mutation { boardPoint { pointed } }')).toMatchObject({ data: { boardPoint: { pointed: null } } })
  for (const query of [
    '{ board { total } }',
    '{ boardThen(at: "2026-02-01T00:00:00.000Z") { total } }',
    '{ boardMeeting(since: "2026-02-01T00:00:00.000Z") { closed } }',
    '{ viewer { id } }',
  ])
    expect(await code(room, query)).toBe('FORBIDDEN')
  expect(await ask(room, '{ boardMap { width } boardPlaces { code name } }')).toMatchObject({
    data: { boardMap: { width: 0 }, boardPlaces: expect.arrayContaining([{ code: '350524106201', name: '金谷村' }]) as unknown },
  })
  // Of a village only what is written on the map.
  const { boardPlaces } = (await ask<{ boardPlaces: { code: string }[] }>(room, '{ boardPlaces { code color count } }')).data!
  expect(boardPlaces).toContainEqual({ code: '350524106201', color: 'ORANGE', count: 1 })
  expect(await code(room, '{ boardPlaces { coverageRate } }')).toBe('BAD_QUERY')
  expect(await ask(room, `{ boardWall { room } }`)).toMatchObject({ data: { boardWall: { room: null } } })
  heard.stop()
})

test('the code on the wall runs out after a morning, is of one link only, and ends with it', async () => {
  const [first, other] = [await link(), await link()]
  const room = await roomOf(first.token)
  const swapped = room.replace(first.id, other.id)
  expect(await code(swapped, '{ boardWall { name } }')).toBe('UNAUTHENTICATED')
  expect(await code(room, '{ boardWall { name } }')).toBeUndefined()
  const { now } = town.clock
  town.clock.now = new Date(now.getTime() + 7 * 3_600_000)
  expect(await code(room, '{ boardWall { name } }')).toBe('UNAUTHENTICATED')
  town.clock.now = now
  await town.get('town', 'mutation ($id: ID!) { boardLinkRevoke(id: $id) { id } }', { id: first.id })
  expect(await code(room, '{ boardWall { name } }')).toBe('UNAUTHENTICATED')
})

test('who has signed in looks at every scene, and points no wall of others', async () => {
  const { boardWall } = await town.get<{ boardWall: BoardWall }>('town', `{ boardWall { ${WALL} } }`)
  expect(boardWall).toMatchObject({ room: null, pointed: null })
  expect(await town.code('town', 'mutation { boardPoint(scene: COLORS) { pointed } }')).toBe('FORBIDDEN')
  expect(await town.code('ent.tea', '{ boardWall { name } }')).toBe('FORBIDDEN')
  expect(await town.code('ent.tea', '{ boardThen(at: "2026-02-01T00:00:00.000Z") { total } }')).toBe('FORBIDDEN')
})

test('a link that hangs on a wall was last seen just now', async () => {
  const { token, id } = await link()
  const heard = hear<BoardWall>(liveClient(url, token), 'subscription { boardWall { name } }')
  await heard.count(1)
  const seen = async () =>
    (
      await town.get<{ boardLinks: { nodes: { id: string; lastSeenAt: string | null }[] } }>('town', '{ boardLinks { nodes { id lastSeenAt } } }')
    ).boardLinks.nodes.find((one) => one.id === id)
  for (let looks = 0; looks < 50 && !(await seen())?.lastSeenAt; looks++) await pause(50)
  expect(dayOf((await seen())!.lastSeenAt!)).toBe(dayOf(town.clock.now))
  heard.stop()
})

test('the board of a past instant is what the board was then', async () => {
  const { token } = await link()
  const FIGURES =
    'total open closed overdue majorOpen closedToday onTimeRate funnel { stage count } villages { code found closed } latestClosures { number } colors { firmsNone places { code color } } byDay { day found closed }'
  const before = (await ask<{ board: Board }>(token, `{ board { ${FIGURES} } }`)).data!.board
  const { now } = town.clock
  town.clock.now = new Date(now.getTime() + 3_600_000)
  await alter(town.store, town.hazards['tea']!, { stage: HazardStage.CLOSED, closedAt: town.clock.now.toISOString() }, town.clock.now)
  const then = await ask<{ boardThen: Board }>(token, `query ($at: Instant!) { boardThen(at: $at) { ${FIGURES} } }`, {
    at: new Date(now.getTime() + 60_000).toISOString(),
  })
  expect(then.data!.boardThen).toEqual(before)
  expect(
    (await ask<{ boardThen: Board }>(token, `query ($at: Instant!) { boardThen(at: $at) { closed } }`, { at: '2099-01-01T00:00:00.000Z' })).data!.boardThen
      .closed,
  ).toBe(before.closed + 1)
  const meeting = await ask(token, 'query ($at: Instant!) { boardMeeting(since: $at) { closed registered closures { number } } }', { at: now.toISOString() })
  expect(meeting.data).toMatchObject({ boardMeeting: { closed: 1, closures: [{ number: 'YH-202601-tea' }] } })
  await alter(town.store, town.hazards['tea']!, { stage: HazardStage.PENDING_REVIEW, closedAt: null } as never, town.clock.now)
  town.clock.now = now
})

test('the office replaces the map by a GeoJSON; a wall draws its own villages and nobody else’s', async () => {
  const square = (x: number, y: number) => ({
    type: 'Polygon',
    coordinates: [
      [
        [x, y],
        [x + 1, y],
        [x + 1, y + 1],
        [x, y + 1],
        [x, y],
      ],
    ],
  })
  const feature = (properties: object, x: number) => ({ type: 'Feature', properties: { ...properties, 负责人: '王某某 13800000001' }, geometry: square(x, 25) })
  const geojson = JSON.stringify({ type: 'FeatureCollection', features: [feature({ code: '350524106201' }, 118), feature({ name: '县城村' }, 119)] })
  const REPLACE =
    'mutation ($division: String!, $geojson: String!) { boardMapReplace(division: $division, geojson: $geojson, source: "金谷镇.geojson") { map { id places spots } missing } }'
  for (const who of ['village', 'ent.tea', 'industry', 'county']) expect(await town.code(who, REPLACE, { division: '350524106', geojson })).toBe('FORBIDDEN')
  expect(await town.code('town', REPLACE, { division: '350524107', geojson })).toBe('DIVISION_UNKNOWN')
  const point = { type: 'Feature', properties: { name: '金谷村' }, geometry: { type: 'Point', coordinates: [118, 25] } }
  const collection = (...features: object[]) => JSON.stringify({ type: 'FeatureCollection', features })
  // 金谷镇 is no 金谷村; a point draws nothing.
  for (const bad of ['x', '{}', collection(feature({ name: '别处' }, 1)), collection(feature({ name: '金谷镇' }, 1)), collection(point)])
    expect(await town.code('town', REPLACE, { division: '350524106', geojson: bad })).toBe('MAP_BAD')
  // A territory has one map, however many replace it at the same moment: what is taken down does not bring back another.
  const replace = () => town.get<{ boardMapReplace: { map: { id: string; places: number } } }>('town', REPLACE, { division: '350524106', geojson })
  const [{ boardMapReplace }] = (await Promise.all(Array.from({ length: 4 }, replace))) as [Awaited<ReturnType<typeof replace>>]
  expect(await town.get('town', '{ boardMaps { totalCount } }')).toEqual({ boardMaps: { totalCount: 1 } })
  expect(boardMapReplace.map.places).toBeGreaterThan(0)
  const map = await ask<{ boardMap: { shapes: { code: string; outlines: string[] }[] } }>(
    (await link()).token,
    '{ boardMap { width height shapes { code outlines } } }',
  )
  expect(map.data!.boardMap.shapes.map((one) => one.code)).toContain('350524106201')
  expect(JSON.stringify(map)).not.toContain('13800000001')
  const far = await ask<{ boardMap: { shapes: unknown[] } }>((await link({ division: '350524107' }, 'town.far')).token, '{ boardMap { shapes { code } } }')
  expect(far.data!.boardMap.shapes).toEqual([])
  expect(await town.code('town.far', 'mutation ($id: ID!) { boardMapRemove(id: $id) }', { id: boardMapReplace.map.id })).toBe('NOT_FOUND')
  await town.get('town', 'mutation ($id: ID!) { boardMapRemove(id: $id) }', { id: boardMapReplace.map.id })
  expect((await ask<{ boardMap: { shapes: unknown[] } }>((await link()).token, '{ boardMap { shapes { code } } }')).data!.boardMap.shapes).toEqual([])
})

test('whatever a link asks, it is shown its own territory and trade, and never a person', async () => {
  await plan('tea')
  await plan('far')
  const walls = {
    town: await link(),
    trade: await link({}, 'industry'),
    far: await link({ division: '350524107' }, 'town.far'),
    village: await link({ division: '350524106201' }),
  }
  const at = new Date(town.clock.now.getTime() + 1_000).toISOString()
  town.clock.now = new Date(town.clock.now.getTime() + 2_000)
  const query = `query ($at: Instant!, $firm: ID!) {
    boardThen(at: $at) { total villages { code name found } overdueMajors { enterprise } latestClosures { enterprise } colors { places { code name } stations { code name } } campaign { title } }
    boardFirms { id name shortName place color plans } boardPlaces { code name } boardPlan(firm: $firm) { enterprise name areas { name } marks { x y color } }
    boardMeeting(since: "2020-01-01T00:00:00.000Z") { closed registered closures { enterprise } } boardWall { ${WALL} } boardMap { shapes { code } } }`
  const [tea, inn, far] = ['tea', 'inn', 'far'].map((key) => town.enterprises[key]!)
  for (const [name, { token }] of Object.entries(walls))
    for (const firm of [tea, inn, far]) {
      const answer = await ask(token, query, { at, firm })
      expect(answer.errors, name).toBeUndefined()
      const text = JSON.stringify(answer)
      for (const secret of ['tea甲', 'tea乙', 'tea丙', '甲', '13800000001', '13900000002', '配电箱']) expect(text).not.toContain(secret)
      if (name === 'far') expect(text).not.toMatch(/金谷样本茶厂|350524106/)
      else expect(text).not.toContain('350524107')
      if (name === 'trade' || name === 'village') expect(text).not.toContain(inn)
    }
  const drawn = async (token: string, firm: string) =>
    (
      await ask<{ boardPlan: { areas: { name: string }[] }[] }>(token, 'query ($f: ID!) { boardPlan(firm: $f) { areas { name } } }', { f: firm })
    ).data!.boardPlan.flatMap(({ areas }) => areas.map(({ name }) => name))
  for (const name of ['town', 'trade', 'village'] as const) {
    expect(await drawn(walls[name].token, tea!), name).toEqual(['tea仓库'])
    expect(await drawn(walls[name].token, far!), name).toEqual([])
  }
  expect(await drawn(walls.far.token, tea!)).toEqual([])
  expect(await drawn(walls.far.token, far!)).toEqual(['far仓库'])
  const seen = await ask<{ boardFirms: { id: string }[] }>(await roomOf(walls.town.token), '{ boardFirms { id plans } }')
  expect(seen.data!.boardFirms).toMatchObject([{ id: tea }]) // the inn has no plan to point at
  expect((await ask<{ boardFirms: { id: string }[] }>(walls.town.token, '{ boardFirms { id } }')).data!.boardFirms.map(({ id }) => id).sort()).toEqual(
    [tea, inn].sort(),
  )
  const plain = await link({ scenes: ['CLOSURE'] })
  for (const query of ['{ boardFirms { id } }', '{ boardPlaces { code } }', '{ boardMap { width } }'])
    expect(await code(await roomOf(plain.token), query)).toBe('FORBIDDEN')
  const firms = await ask<{ boardFirms: { id: string; color: RiskColor | null }[] }>(walls.far.token, '{ boardFirms(place: "350524106") { id color } }')
  expect(firms.data!.boardFirms).toEqual([])
})
