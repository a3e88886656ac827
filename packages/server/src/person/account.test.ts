import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { openTown, PASSWORD, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Account {
  id: string
  version: number
  role: string
  division: string
  station: string | null
  enterprise: string | null
  workshop: string | null
  phoneMasked: string | null
  disabledAt: string | null
}
const FIELDS =
  'id version username name role division station enterprise workshop phoneMasked divisionName stationName enterpriseName disabledAt mustChangePassword'
const CREATE = `mutation ($username: String!, $facts: PersonInput!, $phone: String) { accountCreate(username: $username, facts: $facts, phone: $phone) { password account { ${FIELDS} } } }`
const EDIT = `mutation ($id: ID!, $version: Int!, $facts: PersonInput!, $phone: String) { accountEdit(id: $id, version: $version, facts: $facts, phone: $phone) { ${FIELDS} } }`
const DISABLE = `mutation ($id: ID!, $version: Int!, $reason: String!) { accountDisable(id: $id, version: $version, reason: $reason) { ${FIELDS} } }`
const facts = (more: object = {}) => ({ name: '样本甲', role: 'VILLAGE', division: '350524106202', ...more })
const create = async (username: string, more?: object, phone?: string) =>
  (await town.get<{ accountCreate: { password: string; account: Account } }>('admin', CREATE, { username, facts: facts(more), phone })).accountCreate
const named = async (username: string) =>
  (
    await town.get<{ accounts: { nodes: Account[] } }>('admin', `query ($u: String!) { accounts(where: { username: { eq: $u } }) { nodes { ${FIELDS} } } }`, {
      u: username,
    })
  ).accounts.nodes[0]!
const signIn = async (username: string, password: string) =>
  (await town.ask(undefined, 'mutation ($username: String!, $password: String!) { signIn(username: $username, password: $password) { token } }', {
    username,
    password,
  })) as { data: { signIn: { token: string } } | null }
const asToken = async (token: string, query: string) =>
  (await town.app.fastify.inject({ method: 'POST', url: '/graphql', headers: { authorization: `Bearer ${token}` }, payload: { query } })).json<{
    data: Record<string, unknown> | null
    errors?: { extensions: { code: string } }[]
  }>()

test('a new account gets a password for once and can do nothing until it has one of its own', async () => {
  const { password, account } = await create('jindong.1', {}, '+86 138-0000-0009')
  expect(account).toMatchObject({ role: 'VILLAGE', divisionName: '金东村', phoneMasked: '138****0009', mustChangePassword: true })
  const { token } = (await signIn('jindong.1', password)).data!.signIn
  expect((await asToken(token, '{ divisions { code } }')).errors?.[0]?.extensions.code).toBe('PASSWORD_CHANGE')
  expect((await asToken(token, '{ viewer { mustChangePassword } }')).data).toEqual({ viewer: { mustChangePassword: true } })
  const change = (next: string, current = password) =>
    asToken(token, `mutation { passwordChange(current: "${current}", next: "${next}") { mustChangePassword } }`)
  for (const weak of ['short1a', 'onlyletters', '1234567890', 'Jindong.1-2026', password])
    expect((await change(weak)).errors?.[0]?.extensions).toMatchObject({ code: 'PASSWORD_WEAK', field: 'next' })
  expect((await change('tea-and-rain-7', 'wrong-0000')).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_CREDENTIALS', field: 'current' })
  expect((await change('tea-and-rain-7')).data).toEqual({ passwordChange: { mustChangePassword: false } })
  expect((await asToken(token, '{ divisions { code } }')).errors).toBeUndefined()
})

describe('an account stands where its role stands', () => {
  const refused = async (more: object, field: string) =>
    expect((await town.ask('admin', CREATE, { username: 'never', facts: facts(more) })).errors?.[0]?.extensions).toMatchObject({ field })

  test('each role is refused, at the field, what it cannot stand on', async () => {
    const { tea, far } = town.enterprises
    await refused({ division: '350524106' }, 'division')
    await refused({ division: '350524106999' }, 'division')
    await refused({ role: 'TOWN_OFFICE', division: '350524' }, 'division')
    await refused({ role: 'COUNTY', division: '350524106' }, 'division')
    await refused({ role: 'STATION', division: '350524106' }, 'station')
    await refused({ role: 'STATION', division: '350524106', station: 'NO_SUCH' }, 'station')
    await refused({ role: 'STATION', station: 'MARKET_STATION' }, 'division')
    await refused({ role: 'ENTERPRISE', division: '350524106201' }, 'enterprise')
    await refused({ role: 'ENTERPRISE', division: '350524106201', enterprise: far }, 'division')
    await refused({ role: 'WORKSHOP', division: '350524106201', enterprise: tea }, 'workshop')
    await refused({ name: ' ' }, 'name')
  })

  test('what its new role has no use for is left behind', async () => {
    const { account } = await create('mover', { role: 'WORKSHOP', division: '350524106201', enterprise: town.enterprises['tea'], workshop: '二车间' })
    expect(account).toMatchObject({ workshop: '二车间', enterpriseName: '金谷样本茶厂' })
    const edit = (facts: object, version: number) => town.get<{ accountEdit: Account }>('admin', EDIT, { id: account.id, version, facts })
    const { accountEdit: head } = await edit(facts({ role: 'ENTERPRISE', division: '350524106201' }), account.version)
    expect(head).toMatchObject({ enterprise: town.enterprises['tea'], workshop: null })
    await edit(facts({ role: 'STATION', division: '350524106', station: 'MARKET_STATION' }), head.version)
    expect(await named('mover')).toMatchObject({ role: 'STATION', station: 'MARKET_STATION', enterprise: null, workshop: null })
  })
})

test('two admins who edit the same account do not overwrite each other', async () => {
  const { account } = await create('twice', {}, '13800000003')
  const edit = (name: string, phone?: string | null) =>
    town.ask('admin', EDIT, { id: account.id, version: account.version, facts: facts({ name }), ...(phone === undefined ? {} : { phone }) })
  expect((await edit('样本乙', null)).data?.['accountEdit']).toMatchObject({ name: '样本乙', phoneMasked: null })
  expect((await edit('样本丙')).errors?.[0]?.extensions.code).toBe('CONFLICT')
})

test('signing in does not get into the way of an edit under way', async () => {
  const before = await named('village')
  await signIn('village', PASSWORD)
  await town.get('admin', EDIT, { id: before.id, version: before.version, facts: { name: 'village', role: 'VILLAGE', division: '350524106201' } })
})

test('disabling an account ends its sessions at once and keeps it out until it is enabled', async () => {
  const { account, password } = await create('leaver')
  const { token } = (await signIn('leaver', password)).data!.signIn
  const { accountDisable } = await town.get<{ accountDisable: Account }>('admin', DISABLE, {
    id: account.id,
    version: (await named('leaver')).version,
    reason: '调离',
  })
  expect(accountDisable.disabledAt).toBe(town.clock.now.toISOString())
  expect((await asToken(token, '{ viewer { id } }')).data).toEqual({ viewer: null })
  expect((await signIn('leaver', password)).data).toBeNull()
  await town.get('admin', 'mutation ($id: ID!, $version: Int!) { accountEnable(id: $id, version: $version) { id } }', {
    id: account.id,
    version: accountDisable.version,
  })
  expect((await asToken(token, '{ viewer { id } }')).data).toEqual({ viewer: null })
  expect((await signIn('leaver', password)).data).not.toBeNull()
})

test('a reset password is shown once, ends the sessions and must be changed', async () => {
  const { account, password } = await create('forgot')
  const { token } = (await signIn('forgot', password)).data!.signIn
  const { passwordReset } = await town.get<{ passwordReset: { password: string } }>(
    'admin',
    'mutation ($id: ID!) { passwordReset(id: $id) { password account { mustChangePassword } } }',
    { id: account.id },
  )
  expect((await asToken(token, '{ viewer { id } }')).data).toEqual({ viewer: null })
  expect((await signIn('forgot', password)).data).toBeNull()
  expect((await signIn('forgot', passwordReset.password)).data).not.toBeNull()
  expect((await town.ask('admin', '{ __type(name: "Person") { fields { name } } }')).data).not.toHaveProperty('passwordHash')
})

test('the admin cannot lock himself out', async () => {
  const admin = await named('admin')
  expect(await town.code('admin', DISABLE, { id: admin.id, version: admin.version, reason: '误点' })).toBe('OWN_ACCOUNT')
  expect(await town.code('admin', EDIT, { id: admin.id, version: admin.version, facts: facts() })).toBe('OWN_ACCOUNT')
})

test('a user name is taken once, and is made of letters, digits and . _ -', async () => {
  for (const [username, code] of [
    ['town', 'USERNAME_TAKEN'],
    ['a', 'USERNAME'],
    ["x' or '1'='1", 'USERNAME'],
    ['<b>', 'USERNAME'],
    ['=cmd|1', 'USERNAME'],
  ])
    expect((await town.ask('admin', CREATE, { username, facts: facts() })).errors?.[0]?.extensions).toMatchObject({ code, field: 'username' })
  expect((await create('village.洋内')).account).toMatchObject({ role: 'VILLAGE' })
})

test('accounts are found by name and by user name, by the admin alone', async () => {
  await create('finder_1', { name: '寻某%' })
  const found = async (search: string) =>
    (
      await town.get<{ accounts: { totalCount: number; nodes: { username: string }[] } }>(
        'admin',
        'query ($s: String!) { accounts(search: $s) { totalCount nodes { username } } }',
        { s: search },
      )
    ).accounts
  expect(await found('寻某%')).toEqual({ totalCount: 1, nodes: [{ username: 'finder_1' }] })
  expect((await found('FINDER_')).totalCount).toBe(1)
  expect((await found('_inder')).totalCount).toBe(0)
  for (const who of ['town', 'industry', 'village', 'ent.tea', 'county']) expect(await town.code(who, '{ accounts { nodes { id } } }')).toBe('FORBIDDEN')
  expect(await town.code(undefined, '{ accounts { nodes { id } } }')).toBe('UNAUTHENTICATED')
})

describe('own sessions', () => {
  test('are listed with where and when, and revoked one by one', async () => {
    const tokens = await Promise.all([1, 2].map(async () => (await signIn('market', PASSWORD)).data!.signIn.token))
    const listed = (await asToken(tokens[0]!, '{ sessions { id device address createdAt lastSeenAt current } }')).data!['sessions'] as {
      id: string
      current: boolean
      lastSeenAt: string | null
    }[]
    expect(listed).toHaveLength(2)
    expect(listed.filter((one) => one.current)).toHaveLength(1)
    const other = listed.find((one) => !one.current)!
    expect((await asToken(tokens[0]!, `mutation { sessionRevoke(id: "${other.id}") { endedAt } }`)).errors).toBeUndefined()
    expect((await asToken(tokens[1]!, '{ viewer { id } }')).data).toEqual({ viewer: null })
    expect((await asToken(tokens[0]!, '{ viewer { username } }')).data).toEqual({ viewer: { username: 'market' } })
    const mine = listed.find((one) => one.current)!
    expect(await town.code('town', `mutation { sessionRevoke(id: "${mine.id}") { id } }`)).toBe('NOT_FOUND')
    const seen = (await asToken(tokens[0]!, '{ sessions { lastSeenAt } }')).data!['sessions'] as { lastSeenAt: string | null }[]
    expect(seen[0]!.lastSeenAt).toBe(town.clock.now.toISOString())
  })

  test('all but the present one end when the password is changed', async () => {
    const { password } = await create('changer')
    const [kept, gone] = await Promise.all([1, 2].map(async () => (await signIn('changer', password)).data!.signIn.token))
    expect((await asToken(kept!, `mutation { passwordChange(current: "${password}", next: "rain-over-tea-5") { id } }`)).errors).toBeUndefined()
    expect((await asToken(gone!, '{ viewer { id } }')).data).toEqual({ viewer: null })
    expect((await asToken(kept!, '{ viewer { username } }')).data).toEqual({ viewer: { username: 'changer' } })
  })
})
