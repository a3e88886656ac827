import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Identity, startIdentity } from '../../testing/identity.js'
import { removeStores } from '../../testing/store.js'
import { openTown, PASSWORD, type Town } from '../../testing/town.js'
import { answer, ask, type Cookies, HOME, jar, visitorOf } from '../../testing/visitor.js'

let identity: Identity
let town: Town
beforeAll(async () => {
  identity = await startIdentity(HOME)
  town = await openTown({ ...identity.settings, OIDC_MATCH: 'sub=subject' })
})
afterAll(async () => {
  await town.close()
  await identity.stop()
  await removeStores()
})
afterEach(() => void (identity.clock.aheadS = 0))

const { open, go, come } = visitorOf(() => identity)
const refused = (code: string, at = '/sign-in') => `${at}?refused=${code}`

async function signIn(username: string): Promise<Cookies> {
  const payload = { query: 'mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }', variables: { u: username, p: PASSWORD } }
  return jar((await town.app.fastify.inject({ method: 'POST', url: '/graphql', payload })).cookies)
}
const begin = (cookies: Cookies, password = PASSWORD) => answer<{ identityBegin: string }>(town, cookies, `mutation { identityBegin(password: "${password}") }`)
async function bind(username: string, login: string, cookies?: Cookies) {
  const own = cookies ?? (await signIn(username))
  return go(town, (await begin(own)).data.identityBegin, login, { cookies: own })
}
const accountOf = async (username: string) =>
  (
    await town.get<{ accounts: { nodes: { id: string; version: number; identityMasked: string | null }[] } }>(
      'admin',
      `{ accounts(where: { username: { eq: "${username}" } }) { nodes { id version identityMasked } } }`,
    )
  ).accounts.nodes[0]!
async function link(username: string, subject: string | null) {
  const { id, version } = await accountOf(username)
  return town.ask('admin', 'mutation ($i: ID!, $v: Int!, $s: String) { accountLink(id: $i, version: $v, subject: $s) { identityMasked } }', {
    i: id,
    v: version,
    s: subject,
  })
}
const code = (reply: { errors?: { extensions: { code: string } }[] }) => reply.errors?.[0]?.extensions.code

describe('his own account', () => {
  test('is bound by who types his password and shows himself at the provider, and opened from there afterwards', async () => {
    expect((await come(town, 'county-station-77')).at).toBe(refused('OIDC_UNKNOWN'))
    const cookies = await signIn('industry')
    expect(await ask(town, { cookies }, '{ viewer { identityMasked } }')).toEqual({ viewer: { identityMasked: null } })
    expect((await bind('industry', 'county-station-77', cookies)).at).toBe('/me/sign-in?bound=1')
    expect(await ask(town, { cookies }, '{ viewer { identityMasked } }')).toEqual({ viewer: { identityMasked: '…n-77' } })
    const came = await come(town, 'county-station-77')
    const { viewer, sessions } = await ask<{ viewer: object; sessions: object[] }>(town, came, '{ viewer { username } sessions { current way } }')
    expect(viewer).toEqual({ username: 'industry' })
    expect(sessions).toHaveLength(2)
    expect(sessions).toContainEqual({ current: true, way: 'OIDC' })
    expect(sessions).toContainEqual({ current: false, way: null })
    const [entry] = await town.store.reader.all(`select actor, diff from change where act = 'accountLink' order by seq desc limit 1`)
    expect(entry!['actor']).toBe((await accountOf('industry')).id)
    expect(JSON.stringify(entry)).not.toContain('county-station')
  })

  test('is let go only with the password, and every other session ends', async () => {
    const cookies = await signIn('market')
    await bind('market', 'county-market', cookies)
    const came = await come(town, 'county-market')
    const unlink = (password: string) => answer(town, cookies, `mutation { identityUnlink(password: "${password}") { identityMasked } }`)
    expect(code(await unlink('wrong'))).toBe('BAD_CREDENTIALS')
    expect((await unlink(PASSWORD)).data).toEqual({ identityUnlink: { identityMasked: null } })
    expect(await ask(town, came, '{ viewer { id } }')).toEqual({ viewer: null })
    expect((await come(town, 'county-market')).at).toBe(refused('OIDC_UNKNOWN'))
    expect(code(await unlink(PASSWORD))).toBe('ALREADY')
    expect((await town.store.reader.all(`select count(*) as n from change where act = 'accountUnlink' and thing = 'Person'`))[0]).toEqual({ n: 1 })
  })

  test('is not bound with a wrong password, twice, by an admin, or from a wall', async () => {
    expect(code(await begin(await signIn('village'), 'wrong'))).toBe('BAD_CREDENTIALS')
    const bound = await signIn('town')
    await bind('town', 'county-town', bound)
    expect(code(await begin(bound))).toBe('ALREADY')
    expect(code(await begin(await signIn('admin')))).toBe('OIDC_ADMIN')
    expect(code(await begin({}))).toBe('UNAUTHENTICATED')
  })

  test('is bound to nobody by a link that somebody else has made, an old one, or one sealed for something else', async () => {
    const [mine, his] = [await signIn('village'), await signIn('county')]
    const way = (await begin(mine)).data.identityBegin
    const start = await open(town, way, mine)
    expect((await open(town, way, his)).headers.location).toBe(refused('OIDC_EXPIRED', '/me/sign-in'))
    const back = (await identity.enter(start.headers.location!, 'county-x')).slice(HOME.length)
    expect((await open(town, back, { ...his, ...jar(start.cookies) })).headers.location).toBe(refused('OIDC_OTHER', '/me/sign-in'))
    const sealed = jar(start.cookies)['anbiao_oidc']!
    expect((await open(town, `/oidc/start?bind=${sealed}`, mine)).headers.location).toBe(refused('OIDC_EXPIRED', '/me/sign-in'))
    town.clock.now = new Date(town.clock.now.getTime() + 3 * 60_000)
    expect((await open(town, way, mine)).headers.location).toBe(refused('OIDC_EXPIRED', '/me/sign-in'))
    expect([(await accountOf('village')).identityMasked, (await accountOf('county')).identityMasked]).toEqual([null, null])
  })

  test('is bound within three minutes of leaving, to who has shown himself there since, whatever the address has been made to say', async () => {
    const cookies = await signIn('market')
    const leave = async () => {
      const start = await open(town, (await begin(cookies)).data.identityBegin, cookies)
      return { url: new URL(start.headers.location!), with: { ...cookies, ...jar(start.cookies) } }
    }
    const backWith = async (left: Awaited<ReturnType<typeof leave>>, browser: Map<string, string>) =>
      (await open(town, (await identity.enter(left.url.href, 'county-known', false, browser)).slice(HOME.length), left.with)).headers.location
    const late = await leave()
    expect(Object.fromEntries(late.url.searchParams)).toMatchObject({ prompt: 'login', max_age: '0' })
    const back = (await identity.enter(late.url.href, 'county-known')).slice(HOME.length)
    town.clock.now = new Date(town.clock.now.getTime() + 3 * 60_000)
    expect((await open(town, back, late.with)).headers.location).toBe(refused('OIDC_EXPIRED', '/me/sign-in'))

    const chair = new Map<string, string>()
    identity.clock.aheadS = -120
    await identity.enter((await open(town, '/oidc/start')).headers.location!, 'county-known', false, chair)
    identity.clock.aheadS = 0
    for (const taken of [['prompt', 'max_age'], ['prompt']]) {
      const edited = await leave()
      for (const name of taken) edited.url.searchParams.delete(name)
      if (!taken.includes('max_age')) edited.url.searchParams.set('max_age', '9999')
      expect(await backWith(edited, new Map(chair))).toBe(refused('OIDC_NOT_ANEW', '/me/sign-in'))
    }
    expect((await accountOf('market')).identityMasked).toBeNull()
    expect(await backWith(await leave(), chair)).toBe('/me/sign-in?bound=1')
  })

  test('stays unbound when the identity has another account, or he thinks better of it there', async () => {
    await link('town.far', 'county-far')
    expect((await bind('village', 'county-far')).at).toBe(refused('OIDC_ELSEWHERE', '/me/sign-in'))
    const own = await signIn('village')
    expect((await go(town, (await begin(own)).data.identityBegin, 'county-v', { cookies: own, cancel: true })).at).toBe(refused('OIDC_DENIED', '/me/sign-in'))
    expect((await accountOf('village')).identityMasked).toBeNull()
  })
})

describe('the admin', () => {
  test('sees who is bound, binds by the identifier, and is told in words what cannot be', async () => {
    expect((await link('county', 'county-9f3a')).data).toEqual({ accountLink: { identityMasked: '…9f3a' } })
    expect((await link('village', 'county-9f3a')).errors![0]).toMatchObject({
      message: '这个统一身份已经绑定账号“county”，请先在那里解除',
      extensions: { code: 'OIDC_ELSEWHERE', field: 'subject' },
    })
    expect(code(await link('admin', 'county-admin'))).toBe('OIDC_ADMIN')
    expect(code(await link('village', 'x'.repeat(256)))).toBe('TOO_LONG')
    const bound = (yes: boolean) =>
      town
        .get<{ accounts: { nodes: { username: string }[] } }>('admin', `{ accounts(search: "county", bound: ${yes}) { nodes { username } } }`)
        .then(({ accounts }) => accounts.nodes.map(({ username }) => username))
    expect(await bound(true)).toEqual(['county'])
    expect(await bound(false)).toEqual([])
    expect((await link('county', null)).data).toEqual({ accountLink: { identityMasked: null } })
    expect(await bound(true)).toEqual([])
  })
})

test('who has signed out here shows himself anew at the provider, and is not asked again after that', async () => {
  const promptOf = async (cookies: Cookies) => new URL((await open(town, '/oidc/start', cookies)).headers.location!).searchParams.get('prompt')
  const cookies = await signIn('county')
  expect(await promptOf(cookies)).toBeNull()
  const out = await town.app.fastify.inject({
    method: 'POST',
    url: '/graphql',
    cookies,
    headers: { 'x-anbiao': '1' },
    payload: { query: 'mutation { signOut }' },
  })
  expect(out.cookies.find(({ name }) => name === 'anbiao_left')).toMatchObject({ httpOnly: true, path: '/oidc' })
  expect(await promptOf(jar(out.cookies))).toBe('login')
  await link('county', 'county-again')
  const start = await open(town, '/oidc/start', jar(out.cookies))
  const back = (await identity.enter(start.headers.location!, 'county-again')).slice(HOME.length)
  const done = await open(town, back, { ...jar(out.cookies), ...jar(start.cookies) })
  expect(done.headers.location).toBe('/')
  expect(done.cookies.find(({ name }) => name === 'anbiao_left')?.value).toBe('')
})

test('a clock that is off is told as such', async () => {
  identity.clock.aheadS = -1_200
  expect((await come(town, 'county-again')).at).toBe(refused('OIDC_CLOCK'))
})
