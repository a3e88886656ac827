import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Identity, startIdentity } from '../../testing/identity.js'
import { removeStores } from '../../testing/store.js'
import { openTown, PASSWORD, type Town } from '../../testing/town.js'
import { answer, ask, type Came, HOME, jar, visitorOf } from '../../testing/visitor.js'

let identity: Identity
beforeAll(async () => void (identity = await startIdentity(HOME)))
afterAll(async () => {
  await identity.stop()
  await removeStores()
})

const { go, come } = visitorOf(() => identity)
const UNKNOWN = '/sign-in?refused=OIDC_UNKNOWN'

async function signIn(town: Town, username: string) {
  const payload = { query: 'mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }', variables: { u: username, p: PASSWORD } }
  return jar((await town.app.fastify.inject({ method: 'POST', url: '/graphql', payload })).cookies)
}
async function bindsHimself(town: Town, username: string, login: string) {
  const cookies = await signIn(town, username)
  const { data } = await answer<{ identityBegin: string }>(town, cookies, `mutation { identityBegin(password: "${PASSWORD}") }`)
  return (await go(town, data.identityBegin, login, { cookies })).at
}
const unbindsHimself = async (town: Town, username: string) =>
  answer(town, await signIn(town, username), `mutation { identityUnlink(password: "${PASSWORD}") { identityMasked } }`)
async function adminBinds(town: Town, username: string, subject: string | null) {
  const list = `{ accounts(where: { username: { eq: "${username}" } }) { nodes { id version } } }`
  const [account] = (await town.get<{ accounts: { nodes: { id: string; version: number }[] } }>('admin', list)).accounts.nodes
  const mutation = 'mutation ($i: ID!, $v: Int!, $s: String) { accountLink(id: $i, version: $v, subject: $s) { identityMasked } }'
  return town.ask('admin', mutation, { i: account!.id, v: account!.version, s: subject })
}
const who = async (town: Town, came: Came) => (await ask<{ viewer: { username: string } | null }>(town, came, '{ viewer { username } }')).viewer?.username

describe.each([
  ['his name', {}, { preferred_username: 'town' }],
  ['his phone', { OIDC_MATCH: 'phone_number=phone' }, { phone_number: '13900000002', phone_number_verified: true }],
  ['another claim', { OIDC_MATCH: 'name=username' }, { name: 'town' }],
])('an account that would be found by %s', (_by, settings, claims) => {
  let town: Town
  beforeAll(async () => {
    town = await openTown({ ...identity.settings, ...settings })
    Object.assign(identity.people, { mine: claims, heir: claims })
  })
  afterAll(() => town.close())

  test('stays closed to the county once the admin has unbound it, until he himself or the admin binds it again', async () => {
    expect(await who(town, await come(town, 'mine'))).toBe('town')
    await adminBinds(town, 'town', null)
    expect((await come(town, 'mine')).at).toBe(UNKNOWN)
    expect((await come(town, 'heir')).at).toBe(UNKNOWN)
    expect(await bindsHimself(town, 'town', 'mine')).toBe('/me/sign-in?bound=1')
    expect(await who(town, await come(town, 'mine'))).toBe('town')
    await adminBinds(town, 'town', null)
    expect((await come(town, 'mine')).at).toBe(UNKNOWN)
    await adminBinds(town, 'town', 'mine')
    expect(await who(town, await come(town, 'mine'))).toBe('town')
  })

  test('stays closed to the county once he has unbound it himself', async () => {
    expect((await unbindsHimself(town, 'town')).data).toEqual({ identityUnlink: { identityMasked: null } })
    expect((await come(town, 'mine')).at).toBe(UNKNOWN)
    expect(await bindsHimself(town, 'town', 'mine')).toBe('/me/sign-in?bound=1')
    expect(await who(town, await come(town, 'mine'))).toBe('town')
  })

  test('is not said to be unbound when it was not bound: it would still open by itself', async () => {
    expect((await adminBinds(town, 'village', null)).errors?.[0]?.extensions.code).toBe('ALREADY')
  })
})

test.each([
  ['preferred_username=username', 'made.here'],
  ['phone_number=phone', undefined],
  ['sub=subject', undefined],
])('an account that was made by the rule is unbound for good, and no second one is made (%s)', async (match, name) => {
  const town = await openTown({ ...identity.settings, OIDC_MATCH: match, OIDC_PROVISION: 'on', OIDC_ROLES: 'anban=TOWN_OFFICE' })
  try {
    identity.people['made'] = { preferred_username: name, phone_number: '13900000077', name: '样本', role: 'anban', division: '350524106' }
    const username = (await who(town, await come(town, 'made')))!
    await adminBinds(town, username, null)
    expect((await come(town, 'made')).at).toBe(UNKNOWN)
    expect(await town.store.reader.all(`select username from person where name = '样本'`)).toEqual([{ username }])
    await adminBinds(town, username, 'made')
    expect(await who(town, await come(town, 'made'))).toBe(username)
  } finally {
    await town.close()
  }
})

describe.each([
  ['the admin has unbound him', (town: Town) => adminBinds(town, 'town', null)],
  ['he has unbound himself', (town: Town) => unbindsHimself(town, 'town')],
  ['the admin has bound his account to another identity', (town: Town) => adminBinds(town, 'town', 'somebody-else')],
])('whom the county has come to call otherwise since %s', (_how, unbind) => {
  let town: Town
  beforeAll(async () => void (town = await openTown({ ...identity.settings, OIDC_PROVISION: 'on', OIDC_ROLES: 'anban=TOWN_OFFICE' })))
  afterAll(() => town.close())
  const others = () => town.store.reader.all(`select username from person where name = '样本'`)

  test('gets no second account, but is told to ask the office, which binds his own again', async () => {
    const facts = { name: '样本', role: 'anban', division: '350524106' }
    identity.people['moved'] = { preferred_username: 'town', ...facts }
    expect(await who(town, await come(town, 'moved'))).toBe('town')
    await unbind(town)
    identity.people['moved'] = { preferred_username: 'renamed', ...facts }
    expect((await come(town, 'moved')).at).toBe(UNKNOWN)
    expect(await others()).toEqual([])
    await adminBinds(town, 'town', 'moved')
    expect(await who(town, await come(town, 'moved'))).toBe('town')
    // Once more: it is remembered already.
    await unbind(town)
    expect((await come(town, 'moved')).at).toBe(UNKNOWN)
    // Who has never had one is made one as before.
    identity.people['new'] = { preferred_username: 'new.here', ...facts }
    expect(await who(town, await come(town, 'new'))).toBe('new.here')
  })
})

test('who was bound by mistake and has never been here is taken in by the rule as anybody else', async () => {
  const town = await openTown({ ...identity.settings, OIDC_PROVISION: 'on', OIDC_ROLES: 'anban=TOWN_OFFICE' })
  try {
    identity.people['mistaken'] = { preferred_username: 'mistaken.here', name: '样本', role: 'anban', division: '350524106' }
    await adminBinds(town, 'town', 'mistaken')
    await adminBinds(town, 'town', 'right')
    expect(await who(town, await come(town, 'mistaken'))).toBe('mistaken.here')
  } finally {
    await town.close()
  }
})
