import { setTimeout as pause } from 'node:timers/promises'
import { isInputObjectType, isListType, isNonNullType, isEnumType, type GraphQLInputType, isObjectType, getNamedType } from 'graphql'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { HazardSeverity, HazardStage } from '../hazard/terms.js'
import { alter, hear, type Heard, listen, liveClient, until } from '../testing/live.js'
import { removeStores } from '../testing/store.js'
import { yellowPoint } from '../testing/riskPoints.js'
import { openTown, type Town } from '../testing/town.js'
import { BoardFeed } from './feed.js'
import type { Board } from './snapshot.js'
import { WALL_FIELDS } from './wallPass.js'

const BOARD =
  'subscription ($after: String, $asOf: Instant) { board(after: $after, asOf: $asOf) { seq asOf total open closed closedToday funnel { stage count } latestClosures { number enterprise at } } }'
const CREATE =
  'mutation ($name: String!, $division: String!, $station: String, $expiresOn: Day!) { boardLinkCreate(name: $name, division: $division, station: $station, expiresOn: $expiresOn) { url link { id name division station expiresOn revokedAt } } }'

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

interface Made {
  token: string
  id: string
}
async function link(who = 'town', more: Record<string, unknown> = {}): Promise<Made> {
  const made = await town.get<{ boardLinkCreate: { url: string; link: { id: string } } }>(who, CREATE, {
    name: '三楼会议室',
    division: '350524106',
    expiresOn: '2026-04-01',
    ...more,
  })
  return { token: made.boardLinkCreate.url.replace('/board/', ''), id: made.boardLinkCreate.link.id }
}
const close = (key: string, closedAt = town.clock.now.toISOString()) => alter(town.store, town.hazards[key]!, { stage: HazardStage.CLOSED, closedAt })
const reopen = (key: string) => alter(town.store, town.hazards[key]!, { stage: HazardStage.PENDING_REVIEW, closedAt: null } as never)
const post = async (token: string, query: string, path = '/graphql') =>
  town.app.fastify.inject({ method: 'POST', url: path, headers: { authorization: `Bearer ${token}` }, payload: { query } })

test('a board gets a snapshot first, and another within a second of a closure', async () => {
  const client = liveClient(url, (await link()).token)
  const heard = hear<Board>(client, BOARD)
  const [first] = await heard.count(1)
  expect(first).toMatchObject({ total: 2, open: 2, closed: 0, latestClosures: [] })
  const began = Date.now()
  await close('tea')
  const [, second] = await heard.count(2)
  expect(Date.now() - began).toBeLessThan(30_000)
  expect(second).toMatchObject({ total: 2, open: 1, closed: 1, closedToday: 1, latestClosures: [{ number: 'YH-202601-tea', enterprise: '金谷样本茶厂' }] })
  expect(Number(second!.seq)).toBeGreaterThan(Number(first!.seq))
  await close('far')
  await pause(800)
  expect(heard.events).toHaveLength(2)
  await reopen('tea')
  await client.dispose()
})

test('however many acts commit in a second, a board is told twice, and the last is what a query says', async () => {
  const client = liveClient(url, (await link()).token)
  const heard = hear<Board>(client, BOARD)
  await heard.count(1)
  const began = Date.now()
  for (let acts = 0; acts < 24; acts++) await (acts % 2 ? reopen('inn') : close('inn'))
  await close('inn')
  const seconds = Math.ceil((Date.now() - began) / 1_000)
  await pause(1_200)
  expect(heard.events.length - 1).toBeLessThanOrEqual(2 * seconds + 2)
  const { board } = await town.get<{ board: Board }>('town', '{ board { seq total open closed } }')
  expect(heard.events.at(-1)).toMatchObject(board)
  await reopen('inn')
  await client.dispose()
})

test('fifty boards of one scope share one count, and each hears every one', async () => {
  const { token } = await link()
  const clients = Array.from({ length: 50 }, () => liveClient(url, token))
  const heard: Heard<Board>[] = clients.map((client) => hear<Board>(client, BOARD))
  await Promise.all(heard.map((one) => one.count(1)))
  await pause(700)
  const asked = vi.spyOn(town.store.reader, 'all')
  await close('tea')
  await Promise.all(heard.map((one) => one.count(2)))
  const lists = asked.mock.calls.filter(([sql]) => sql.includes("t.stage = 'CLOSED' and t.closed_at is not null"))
  asked.mockRestore()
  expect(lists).toHaveLength(1)
  expect(new Set(heard.map((one) => JSON.stringify(one.events[1]))).size).toBe(1)
  await Promise.all(clients.map((client) => client.dispose()))
  await reopen('tea')
})

test('a board that comes back with its seq is told only what it missed', async () => {
  const { token } = await link()
  const client = liveClient(url, token)
  const heard = hear<Board>(client, BOARD)
  const [{ seq, asOf } = { seq: '', asOf: '' }] = await heard.count(1)
  heard.stop()
  const nothing = hear<Board>(client, BOARD, { after: seq, asOf })
  await pause(700)
  expect(nothing.events).toEqual([])
  await close('tea')
  await nothing.count(1)
  nothing.stop()
  const missed = hear<Board>(client, BOARD, { after: seq, asOf })
  expect((await missed.count(1))[0]).toMatchObject({ closed: 1 })
  const yesterday = hear<Board>(client, BOARD, { after: missed.events[0]!.seq, asOf: '2026-03-01T02:00:00.000Z' })
  await yesterday.count(1)
  await reopen('tea')
  await client.dispose()
})

test('at midnight the board turns by itself: what was due yesterday is overdue', async () => {
  await alter(town.store, town.hazards['inn']!, { dueOn: '2026-03-02', stage: HazardStage.RECTIFYING, severity: HazardSeverity.MAJOR })
  const clock = { now: new Date('2026-03-02T15:59:58.000Z') }
  const feed = new BoardFeed(town.store.reader, { division: '350524106' }, () => clock.now)
  const stop = new AbortController()
  const boards = feed.watch({}, stop.signal)[Symbol.asyncIterator]()
  expect((await boards.next()).value).toMatchObject({ overdue: 0, overdueMajors: [] })
  const next = boards.next()
  clock.now = new Date('2026-03-02T16:00:01.000Z')
  expect((await next).value).toMatchObject({ overdue: 1, overdueMajors: [{ number: 'YH-202601-inn', village: '金东村', daysOver: 1 }] })
  stop.abort()
  await boards.return(undefined)
})

test('a revoked link goes dark within two seconds and hears nothing that commits after', async () => {
  const { token, id } = await link()
  const client = liveClient(url, token)
  const heard = hear<Board>(client, BOARD)
  await heard.count(1)
  const began = Date.now()
  await town.get('town', 'mutation ($id: ID!) { boardLinkRevoke(id: $id) { revokedAt } }', { id })
  await close('tea')
  await until(() => client.closes.length > 0)
  expect(client.closes[0]).toBe(4403)
  expect(Date.now() - began).toBeLessThan(2_000)
  await pause(500)
  expect(heard.events).toHaveLength(1)
  expect((await post(token, '{ board { total } }')).json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  expect(await town.code('town', 'mutation ($id: ID!) { boardLinkRevoke(id: $id) { id } }', { id })).toBe('LINK_REVOKED')
  await reopen('tea')
  await client.dispose()
})

test('a link that has run out opens nothing', async () => {
  const { token } = await link('town', { expiresOn: '2026-03-02' })
  expect((await post(token, '{ board { total } }')).json()).toMatchObject({ data: { board: { total: 2 } } })
  const { now } = town.clock
  town.clock.now = new Date('2026-03-02T16:00:00.000Z')
  expect((await post(token, '{ board { total } }')).json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  town.clock.now = now
})

test('links are made inside the own territory and trade, for a year at most, by those who may', async () => {
  const facts = { name: '看板', division: '350524106', expiresOn: '2026-04-01' }
  const code = (who: string, more: Record<string, unknown> = {}) => town.code(who, CREATE, { ...facts, ...more })
  expect(await code('town', { division: '350524107' })).toBe('DIVISION_UNKNOWN')
  expect(await code('town', { station: 'NOBODY' })).toBe('STATION_UNKNOWN')
  expect(await code('town', { expiresOn: '2026-03-01' })).toBe('DAY_PAST')
  expect(await code('town', { expiresOn: '2028-01-01' })).toBe('DAY_FAR')
  expect(await code('town', { name: ' ' })).toBe('NAME_MISSING')
  expect(await code('industry', { station: 'MARKET_STATION' })).toBe('STATION_UNKNOWN')
  for (const who of ['village', 'ent.tea']) expect(await code(who)).toBe('FORBIDDEN')
  expect(await town.get('industry', CREATE, facts)).toMatchObject({ boardLinkCreate: { link: { station: 'INDUSTRY_STATION', revokedAt: null } } })
  const seen = async (who: string) =>
    (await town.get<{ boardLinks: { nodes: { station: string | null }[] } }>(who, '{ boardLinks { nodes { name station } } }')).boardLinks.nodes
  expect((await seen('industry')).every(({ station }) => station === 'INDUSTRY_STATION')).toBe(true)
  expect(await seen('town.far')).toEqual([])
  expect(JSON.stringify(await seen('town'))).not.toContain('oken')
})

test('a board shows neither names of persons nor phones', async () => {
  const query = `{ board { ${fieldsOf('Board')} } }`
  await close('tea')
  const text = (await post((await link()).token, query)).body
  for (const secret of ['tea甲', 'tea乙', 'tea丙', '13800000001', '13900000002', '配电箱', '车间', town.hazards['tea']!, town.enterprises['tea']!])
    expect(text).not.toContain(secret)
  expect(text).toContain('金谷样本茶厂')
  await reopen('tea')
})

test('with a link nothing else can be asked, on neither door', async () => {
  const { token } = await link()
  const client = liveClient(url, token)
  const { schema } = town.app.door
  for (const type of [schema.getQueryType()!, schema.getMutationType()!]) {
    const operation = type === schema.getQueryType() ? 'query' : 'mutation'
    for (const field of Object.values(type.getFields()).filter(({ name }) => !WALL_FIELDS.includes(name))) {
      const args = field.args.filter(({ type }) => isNonNullType(type)).map(({ name, type }) => `${name}: ${sample(type)}`)
      const text = `${operation} { ${field.name}${args.length ? `(${args.join(', ')})` : ''}${isObjectType(getNamedType(field.type)) ? ' { __typename }' : ''} }`
      const answer = (await post(token, text)).json<{ data?: unknown; errors?: { extensions: { code: string } }[] }>()
      expect({ [field.name]: answer.errors?.[0]?.extensions.code, data: answer.data }).toEqual({ [field.name]: 'FORBIDDEN', data: undefined })
    }
  }
  for (const query of [
    '{ board { total } viewer { id } }',
    'fragment A on Query { todo { count } } { board { total } ...A }',
    '{ __schema { types { name } } }',
    '{ board { total nothing } }',
  ])
    expect((await post(token, query)).json()).toMatchObject({ errors: [{ extensions: { code: expect.stringMatching(/FORBIDDEN|BAD_QUERY/) as string } }] })
  for (const name of Object.keys(schema.getSubscriptionType()!.getFields()).filter((one) => !WALL_FIELDS.includes(one))) {
    const heard = hear(client, `subscription { ${name} { __typename } }`)
    await until(() => heard.ended)
    expect(JSON.stringify(heard.errors)).toContain('FORBIDDEN')
  }
  const file = await town.app.fastify.inject({
    method: 'GET',
    url: '/files/018f0000-0000-7000-8000-000000000000',
    headers: { authorization: `Bearer ${token}` },
  })
  expect(file.statusCode).toBeGreaterThanOrEqual(400)
  await client.dispose()
})

/** Everything a type shows, down to the leaves. */
function fieldsOf(name: string): string {
  const type = town.app.door.schema.getType(name)
  if (!isObjectType(type)) return ''
  return Object.values(type.getFields())
    .map((field) => (isObjectType(getNamedType(field.type)) ? `${field.name} { ${fieldsOf(getNamedType(field.type).name)} }` : field.name))
    .join(' ')
}

/** Some value that an argument takes. */
function sample(type: GraphQLInputType): string {
  if (isNonNullType(type)) return sample(type.ofType)
  if (isListType(type)) return '[]'
  if (isEnumType(type)) return type.getValues()[0]!.name
  if (isInputObjectType(type))
    return `{ ${Object.values(type.getFields())
      .filter((field) => isNonNullType(field.type))
      .map((field) => `${field.name}: ${sample(field.type)}`)
      .join(', ')} }`
  const samples: Record<string, string> = { Int: '1', Float: '1', Boolean: 'true', Day: '"2026-03-02"', Instant: '"2026-03-02T00:00:00.000Z"' }
  return samples[type.name] ?? '"x"'
}

test('a board shows the four colours, and again when one has changed; no name of a risk point', async () => {
  const client = liveClient(url, (await link()).token)
  const heard = hear<Board & { colors: { points: { yellow: number } } }>(
    client,
    'subscription { board { seq colors { firms { red orange yellow blue } firmsNone points { yellow yellowShare } coverageRate } } }',
  )
  const [first] = await heard.count(1)
  expect(first!.colors).toMatchObject({ points: { yellow: 0, yellowShare: null }, coverageRate: 0 })
  await yellowPoint(town, 'tea')
  await until(() => heard.events.at(-1)?.colors.points.yellow === 1)
  expect(heard.events.at(-1)!.colors).toMatchObject({ points: { yellow: 1, yellowShare: 100 } })
  expect(JSON.stringify(heard.events)).not.toContain('揉捻机')
  await client.dispose()
})
