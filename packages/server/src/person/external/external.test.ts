import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Identity, startIdentity } from '../../testing/identity.js'
import { removeStores } from '../../testing/store.js'
import { openTown, type Town } from '../../testing/town.js'
import { ask, type Came, type Cookies, HOME, jar, visitorOf } from '../../testing/visitor.js'
import { readConfig } from '../../config.js'

const ROLES = { OIDC_PROVISION: 'on', OIDC_ROLES: 'anban=TOWN_OFFICE, suozhan=STATION' }
let identity: Identity
let town: Town
let strict: Town
beforeAll(async () => {
  identity = await startIdentity(HOME)
  town = await openTown({ ...identity.settings, ...ROLES, OIDC_NAME: '安溪县统一身份认证' })
  strict = await openTown({ ...identity.settings, OIDC_MATCH: 'phone_number=phone' })
})
afterAll(async () => {
  await town.close()
  await strict.close()
  await identity.stop()
  await removeStores()
})

const { open, come } = visitorOf(() => identity)
const viewer = async (at: Town, came: Came) =>
  (await ask<{ viewer: Record<string, unknown> | null }>(at, came, '{ viewer { username name role mustChangePassword division { code } station { code } } }'))
    .viewer
const account = async (at: Town, username: string) =>
  (
    await at.get<{ accounts: { nodes: { id: string; version: number }[] } }>(
      'admin',
      `{ accounts(where: { username: { eq: "${username}" } }) { nodes { id version } } }`,
    )
  ).accounts.nodes[0]!
const refused = (code: string, to = '') => `/sign-in?refused=${code}${to && `&to=${encodeURIComponent(to)}`}`

describe('who is known by the county', () => {
  test('enters as his own account, lands where he wanted to go, and the log tells it as any other sign-in', async () => {
    identity.people['u-1'] = { preferred_username: 'Industry', name: '别的写法' }
    const came = await come(town, 'u-1', { to: '/hazards?mine=1' })
    expect(came.at).toBe('/hazards?mine=1')
    expect(await viewer(town, came)).toMatchObject({ username: 'industry', name: 'industry', role: 'STATION' })
    const log = await town.store.reader.all(`select act, thing, diff from change where act in ('signIn', 'accountLink') order by seq desc limit 3`)
    expect(log.map(({ act, thing }) => [act, thing]).sort()).toEqual([
      ['accountLink', 'Person'],
      ['signIn', 'Person'],
      ['signIn', 'Session'],
    ])
    expect(JSON.stringify(log)).not.toContain('u-1')
    expect(JSON.stringify(log)).toContain('OIDC')
  })

  test('may be one whose password is still the first one: here he has none to change', async () => {
    const { id } = await account(town, 'market')
    await town.get('admin', 'mutation ($id: ID!) { passwordReset(id: $id) { password } }', { id })
    identity.people['u-2'] = { preferred_username: 'market' }
    const came = await come(town, 'u-2')
    expect(await viewer(town, came)).toMatchObject({ username: 'market', mustChangePassword: false })
    expect(await ask(town, came, '{ hazards { totalCount } }')).toMatchObject({ hazards: { totalCount: expect.any(Number) } })
  })

  test('keeps his account when his name there changes, and nobody who gets that name gets the account', async () => {
    identity.people['u-3'] = { preferred_username: 'village' }
    await come(town, 'u-3')
    identity.people['u-3'] = { preferred_username: 'somebody.else' }
    expect(await viewer(town, await come(town, 'u-3'))).toMatchObject({ username: 'village' })
    identity.people['u-4'] = { preferred_username: 'village' }
    expect((await come(town, 'u-4')).at).toBe(refused('OIDC_TAKEN'))
  })

  test('is matched by his phone where the office says so, if it is checked and his alone', async () => {
    identity.people['p-1'] = { phone_number: '+86 139-0000-0002' }
    expect(await viewer(strict, await come(strict, 'p-1'))).toMatchObject({ username: 'town' })
    identity.people['p-2'] = { phone_number: '13900000002', phone_number_verified: false }
    expect((await come(strict, 'p-2')).at).toBe(refused('OIDC_INCOMPLETE'))
    const { id, version } = await account(strict, 'county')
    await strict.get(
      'admin',
      'mutation ($id: ID!, $v: Int!) { accountEdit(id: $id, version: $v, facts: { name: "甲", role: COUNTY, division: "350524" }, phone: "13900000002") { id } }',
      { id, v: version },
    )
    identity.people['p-3'] = { phone_number: '13900000002' }
    expect((await come(strict, 'p-3')).at).toBe(refused('OIDC_AMBIGUOUS'))
  })

  test('does not come back as somebody new once he has been shut out', async () => {
    const maker = await openTown({ ...identity.settings, ...ROLES, OIDC_MATCH: 'phone_number=phone' })
    try {
      const { id, version } = await account(maker, 'town')
      await maker.get('admin', 'mutation ($id: ID!, $v: Int!) { accountDisable(id: $id, version: $v, reason: "离职") { id } }', { id, v: version })
      identity.people['p-9'] = { phone_number: '13900000002', name: '甲', role: 'anban', division: '350524106' }
      expect((await come(maker, 'p-9')).at).toBe(refused('OIDC_DISABLED'))
    } finally {
      await maker.close()
    }
  })

  test('is bound by the admin where he could not be matched, and let go again', async () => {
    identity.people['p-4'] = { phone_number: '13900000009' }
    expect((await come(strict, 'p-4')).at).toBe(refused('OIDC_UNKNOWN'))
    const bind = async (subject: string | null) => {
      const { id, version } = await account(strict, 'market')
      await strict.get('admin', 'mutation ($id: ID!, $v: Int!, $s: String) { accountLink(id: $id, version: $v, subject: $s) { id } }', {
        id,
        v: version,
        s: subject,
      })
    }
    await bind('p-4')
    expect(await viewer(strict, await come(strict, 'p-4'))).toMatchObject({ username: 'market' })
    await bind(null)
    expect((await come(strict, 'p-4')).at).toBe(refused('OIDC_UNKNOWN'))
    expect(await strict.code('town', 'mutation { accountLink(id: "x", version: 1) { id } }')).toBe('FORBIDDEN')
  })
})

describe('who has no account', () => {
  test('gets one by the rule, once, with the role and place that the county says', async () => {
    identity.people['n-1'] = { preferred_username: 'New.Station', name: '样本新', role: ['staff', 'suozhan'], division: '350524106', station: 'MARKET_STATION' }
    const expected = { username: 'new.station', name: '样本新', role: 'STATION', division: { code: '350524106' }, station: { code: 'MARKET_STATION' } }
    expect(await viewer(town, await come(town, 'n-1'))).toMatchObject({ ...expected, mustChangePassword: false })
    identity.people['n-1'].role = 'anban'
    expect(await viewer(town, await come(town, 'n-1'))).toMatchObject(expected)
    const [row] = await town.store.reader.all(`select actor from change where act = 'accountProvision'`)
    expect(row).toMatchObject({ actor: 'system' })
  })

  test('gets none without a known role, a right place or a free name, and none at all where the rule is off', async () => {
    identity.people['n-2'] = { preferred_username: 'n2', name: '样本', role: 'guest', division: '350524106' }
    expect((await come(town, 'n-2', { to: '/hazards' })).at).toBe(refused('OIDC_UNKNOWN', '/hazards'))
    identity.people['n-3'] = { preferred_username: 'n3', name: '样本', role: 'anban', division: '350524106201' }
    expect((await come(town, 'n-3')).at).toBe(refused('OIDC_INCOMPLETE'))
    identity.people['n-4'] = { name: '样本', role: 'anban', division: '350524106' }
    expect((await come(town, 'n-4')).at).toBe(refused('OIDC_INCOMPLETE'))
    expect(await town.store.reader.all(`select 1 as one from person where username in ('n2', 'n3')`)).toEqual([])
  })
})

describe('nobody enters', () => {
  test('as an admin, nor with a disabled account, whose open sessions end as any other', async () => {
    identity.people['a-1'] = { preferred_username: 'admin' }
    expect((await come(town, 'a-1')).at).toBe(refused('OIDC_ADMIN'))
    identity.people['d-1'] = { preferred_username: 'town.far' }
    const came = await come(town, 'd-1')
    expect(await viewer(town, came)).toMatchObject({ username: 'town.far' })
    const { id, version } = await account(town, 'town.far')
    await town.get('admin', 'mutation ($id: ID!, $v: Int!) { accountDisable(id: $id, version: $v, reason: "调离") { id } }', { id, v: version })
    expect(await viewer(town, came)).toBeNull()
    expect((await come(town, 'd-1')).at).toBe(refused('OIDC_DISABLED'))
  })

  test('who cancels there, waits too long, or comes back in another browser or twice', async () => {
    identity.people['u-5'] = { preferred_username: 'county' }
    expect((await come(town, 'u-5', { cancel: true })).at).toBe(refused('OIDC_DENIED'))
    const start = await open(town, '/oidc/start')
    const back = (await identity.enter(start.headers.location!, 'u-5')).slice(HOME.length)
    const other = await open(town, '/oidc/start')
    expect((await open(town, back)).headers.location).toBe(refused('OIDC_EXPIRED'))
    expect((await open(town, back, jar(other.cookies))).headers.location).toBe(refused('OIDC_FAILED'))
    expect((await open(town, back, { anbiao_oidc: `x${jar(start.cookies)['anbiao_oidc']}` })).headers.location).toBe(refused('OIDC_EXPIRED'))
    expect((await open(town, back, jar(start.cookies))).headers.location).toBe('/')
    expect((await open(town, back, jar(start.cookies))).headers.location).toBe(refused('OIDC_FAILED'))
    town.clock.now = new Date(town.clock.now.getTime() + 11 * 60_000)
    expect((await open(town, back, jar(start.cookies))).headers.location).toBe(refused('OIDC_EXPIRED'))
  })

  test('more than a few times in vain from one address, and only who began here is counted', async () => {
    identity.people['u-5'] = { preferred_username: 'county' }
    const inVain = async (cookies: Cookies) => (await open(town, '/oidc/callback?code=x&state=y', cookies, '10.9.9.9')).headers.location
    // As a foreign page makes every browser of an office ask, by its images.
    for (let i = 0; i < 31; i++) expect(await inVain({})).toBe(refused('OIDC_EXPIRED'))
    expect((await come(town, 'u-5', { address: '10.9.9.9' })).at).toBe('/')
    const begun = jar((await open(town, '/oidc/start')).cookies)
    for (let i = 0; i < 30; i++) expect(await inVain(begun)).toBe(refused('OIDC_FAILED'))
    expect(await inVain(begun)).toBe(refused('THROTTLED'))
    expect((await come(town, 'u-5', { address: '10.9.9.9' })).at).toBe(refused('THROTTLED'))
  })

  test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', '/.//evil.example'])('to be led to %s', async (to) => {
    identity.people['u-5'] = { preferred_username: 'county' }
    expect((await come(town, 'u-5', { to })).at).toBe('/')
  })
})

test('the sign-in page learns that there is a provider; a cookie on the way holds nothing to read', async () => {
  expect((await open(town, '/oidc')).json()).toEqual({ name: '安溪县统一身份认证' })
  const start = await open(town, '/oidc/start')
  const asked = new URL(start.headers.location!).searchParams
  expect(Object.fromEntries(asked)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', scope: 'openid profile' })
  expect(start.cookies[0]).toMatchObject({ name: 'anbiao_oidc', httpOnly: true, sameSite: 'Lax', path: '/oidc' })
  expect(Buffer.from(start.cookies[0]!.value, 'base64url').toString('latin1')).not.toContain(asked.get('state'))
})

test('a provider that is away leaves the door to the password open', async () => {
  const alone = await openTown({ ...identity.settings, OIDC_ISSUER: 'http://127.0.0.1:1' })
  try {
    expect((await open(alone, '/oidc/start')).headers.location).toBe(refused('OIDC_AWAY'))
    expect(await alone.as('town')).toBeTruthy()
  } finally {
    await alone.close()
  }
})

test('without settings there is no such door', async () => {
  const plain = await openTown()
  try {
    expect((await open(plain, '/oidc')).json()).toEqual({ name: null })
    expect((await open(plain, '/oidc/callback?code=x')).statusCode).toBe(404)
  } finally {
    await plain.close()
  }
})

test.each([
  [{ OIDC_ISSUER: 'http://sso.example' }, 'OIDC_ISSUER'],
  [{ OIDC_ISSUER: 'https://sso.example' }, 'OIDC_CLIENT_ID'],
  [{ OIDC_MATCH: 'mail=mail' }, 'OIDC_MATCH'],
  [{ OIDC_PROVISION: 'on' }, 'OIDC_ROLES'],
  [{ OIDC_PROVISION: 'on', OIDC_ROLES: 'boss=ADMIN' }, 'OIDC_ROLES'],
])('the settings %j stop the process with their name', (wrong, name) => {
  const env = { OIDC_ISSUER: 'https://sso.example', OIDC_CLIENT_ID: 'OIDC_CLIENT_ID' in wrong || name === 'OIDC_CLIENT_ID' ? '' : 'a', OIDC_CLIENT_SECRET: 'b' }
  expect(() => readConfig({ ...env, ...wrong })).toThrow(name)
})
