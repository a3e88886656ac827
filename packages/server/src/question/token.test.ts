import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AccountRole, Person } from '../person/person.entity.js'
import { act } from '../shared/act.js'
import { removeStores } from '../testing/store.js'
import { type Answer, openTown, type Town } from '../testing/town.js'
import { spendToken, TOKEN_PER_MINUTE } from './spend.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

const CREATE = `mutation ($name: String!, $division: String, $station: String, $expiresOn: Day!) {
  tokenCreate(name: $name, division: $division, station: $station, expiresOn: $expiresOn) { secret token { id name division station live } } }`
const ENTERPRISES = '{ enterprises(orderBy: [{ field: name }]) { totalCount nodes { name } groups { nodes { key { division } count } } aggregate { count } } }'

interface Made {
  secret: string
  token: { id: string }
}
const make = async (who: string, place: object = {}): Promise<Made> =>
  (await town.get<{ tokenCreate: Made }>(who, CREATE, { name: '报表', expiresOn: '2026-12-31', ...place })).tokenCreate
const asToken = async (secret: string, query: string) => {
  const answer = await town.app.fastify.inject({ method: 'POST', url: '/graphql', headers: { authorization: `Bearer ${secret}` }, payload: { query } })
  return answer.json<Answer>()
}
const codeOf = async (secret: string, query = '{ hazards { totalCount } }') => (await asToken(secret, query)).errors?.[0]?.extensions.code
const csv = (secret: string, query: string) =>
  town.app.fastify.inject({ method: 'POST', url: '/q.csv', headers: { authorization: `Bearer ${secret}` }, payload: { query } })
const change = (username: string, facts: Partial<Person>) =>
  act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'test' }, 'accountEdit', async ({ em }) => {
    Object.assign(await em.findOneOrFail(Person, { username }), facts)
  })

describe('an access token', () => {
  test('is shown once and kept only as a hash', async () => {
    const { secret, token } = await make('town')
    expect(secret).toMatch(/^anb_[\w-]{59}$/)
    const [row] = await town.store.reader.all('select * from api_token where id = ?', [token.id])
    expect(Object.values(row!).join(' ')).not.toContain(secret.slice(20))
  })

  test('reads what its owner reads', async () => {
    const { secret } = await make('town')
    expect((await asToken(secret, '{ enterprises { totalCount } viewer { username } }')).data).toMatchObject({ enterprises: { totalCount: 2 } })
  })

  test('never acts', async () => {
    const { secret, token } = await make('town')
    expect(await codeOf(secret, `mutation { tokenRevoke(id: "${token.id}") { id } }`)).toBe('TOKEN_READ_ONLY')
    expect(await codeOf(secret, 'mutation { signOut }')).toBe('TOKEN_READ_ONLY')
  })

  test('opens no file, no ledger and no export beside questions', async () => {
    const { secret } = await make('town')
    for (const url of ['/files/0190a0a0-0000-7000-8000-000000000000', '/export/hazards.xlsx', '/ledger/hazards/template.xlsx']) {
      const { statusCode } = await town.app.fastify.inject({ url, headers: { authorization: `Bearer ${secret}` } })
      expect(statusCode, url).toBe(401)
    }
  })

  test('made for a part sees that part in lists, totals, groups, aggregates and exports', async () => {
    const { secret } = await make('town', { division: '350524106202' })
    const { data } = await asToken(secret, ENTERPRISES)
    expect(data).toEqual({
      enterprises: {
        totalCount: 1,
        nodes: [{ name: '金东样本客栈' }],
        groups: { nodes: [{ key: { division: '350524106202' }, count: 1 }] },
        aggregate: { count: 1 },
      },
    })
    expect((await csv(secret, '{ enterprises { nodes { name } } }')).body).toBe('\ufeff单位名称\r\n金东样本客栈\r\n')
    expect((await csv(secret, '{ enterprises { groups { nodes { key { division } count } } } }')).body.trim().split('\r\n')).toHaveLength(2)
  })

  test('made for a station sees that trade', async () => {
    const { secret } = await make('town', { station: 'INDUSTRY_STATION' })
    expect((await asToken(secret, '{ hazards { nodes { enterprise { name } } } }')).data).toEqual({
      hazards: { nodes: [{ enterprise: { name: '金谷样本茶厂' } }] },
    })
  })

  test("an administrator's does not administer", async () => {
    const { secret } = await make('admin', { division: '350524106' })
    expect(await codeOf(secret, '{ accounts { totalCount } }')).toBe('FORBIDDEN')
    expect(await codeOf(secret, '{ recentChanges { totalCount } }')).toBe('FORBIDDEN')
    expect((await asToken(secret, '{ enterprises { totalCount } }')).data).toEqual({ enterprises: { totalCount: 2 } })
  })

  test('cannot be made wider than its owner, nor for ever', async () => {
    expect(await town.code('industry', CREATE, { name: 'x', expiresOn: '2026-12-31', station: 'MARKET_STATION' })).toBe('STATION_UNKNOWN')
    expect(await town.code('village', CREATE, { name: 'x', expiresOn: '2026-12-31', division: '350524106' })).toBe('DIVISION_UNKNOWN')
    expect(await town.code('town', CREATE, { name: 'x', expiresOn: '2027-12-31' })).toBe('DAY_FAR')
    expect(await town.code('town', CREATE, { name: 'x', expiresOn: '2026-01-01' })).toBe('DAY_PAST')
  })
})

describe('a token ends', () => {
  test('at once when it is revoked', async () => {
    const { secret, token } = await make('town')
    expect(await codeOf(secret)).toBeUndefined()
    await town.get('town', 'mutation ($id: ID!) { tokenRevoke(id: $id) { live } }', { id: token.id })
    expect(await codeOf(secret)).toBe('UNAUTHENTICATED')
    expect((await csv(secret, '{ hazards { nodes { number } } }')).statusCode).toBe(401)
  })

  test("another's is revoked by the administrator alone", async () => {
    const { token } = await make('town')
    expect(await town.code('industry', 'mutation ($id: ID!) { tokenRevoke(id: $id) { live } }', { id: token.id })).toBe('NOT_FOUND')
    await town.get('admin', 'mutation ($id: ID!) { tokenRevoke(id: $id) { live } }', { id: token.id })
  })

  test('after its last day', async () => {
    const { secret } = await make('town', { expiresOn: '2026-03-02' })
    const now = town.clock.now
    town.clock.now = new Date('2026-03-02T15:59:00.000Z')
    expect(await codeOf(secret)).toBeUndefined()
    town.clock.now = new Date('2026-03-02T16:00:00.000Z')
    expect(await codeOf(secret)).toBe('UNAUTHENTICATED')
    town.clock.now = now
  })

  test('when its owner is disabled, moved or given another role', async () => {
    for (const facts of [{ disabledAt: '2026-03-01T00:00:00.000Z' }, { division: '350524107' }, { role: AccountRole.COUNTY }]) {
      const { secret } = await make('county')
      expect(await codeOf(secret)).toBeUndefined()
      const before = { disabledAt: undefined, division: '350524', role: AccountRole.COUNTY }
      await change('county', facts.role ? { role: AccountRole.TOWN_OFFICE } : facts)
      expect(await codeOf(secret), JSON.stringify(facts)).toBe('UNAUTHENTICATED')
      await change('county', before)
    }
  })

  test('a wrong secret behind right first letters is nobody', async () => {
    const { secret } = await make('town')
    expect(await codeOf(`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`)).toBe('UNAUTHENTICATED')
    expect(await codeOf('anb_')).toBe('UNAUTHENTICATED')
  })
})

describe('a token spends points of cost', () => {
  test('from a bucket of its own, and is refused when it has none left', async () => {
    const { secret, token } = await make('town')
    spendToken(token.id, TOKEN_PER_MINUTE)
    expect(await codeOf(secret, '{ hazards(first: 500) { nodes { id number stage } } }')).toBe('RATE_LIMITED')
    expect(await codeOf((await make('town')).secret)).toBeUndefined()
  })
})

test("the list shows the own, and to an administrator everybody's", async () => {
  const LIST = 'query ($all: Boolean) { tokens(all: $all, first: 500) { nodes { ownerName live lastUsedAt } } }'
  const owners = async (who: string, all: boolean) =>
    new Set((await town.get<{ tokens: { nodes: { ownerName: string }[] } }>(who, LIST, { all })).tokens.nodes.map(({ ownerName }) => ownerName))
  expect(await owners('town', true)).toEqual(new Set(['town']))
  expect(await owners('admin', false)).toEqual(new Set(['admin']))
  expect(await owners('admin', true)).toEqual(new Set(['admin', 'town', 'county']))
})
