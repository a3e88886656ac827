import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { openTown, PASSWORD, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

const SIGN_IN = 'mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token person { username role mustChangePassword } } }'
const signIn = (u: string, p: string, remoteAddress = '10.0.0.1') =>
  town.app.fastify.inject({
    method: 'POST',
    url: '/graphql',
    remoteAddress,
    headers: { 'user-agent': 'Firefox 140' },
    payload: { query: SIGN_IN, variables: { u, p } },
  })
const refusal = (answer: Awaited<ReturnType<typeof signIn>>) =>
  answer.json<{ errors?: { message: string; extensions: { code: string; minutes?: number } }[] }>().errors?.[0]

test('who signs in gets an httpOnly cookie and a token, and is who he says', async () => {
  const answer = await signIn('town', PASSWORD)
  const cookie = answer.cookies[0]!
  expect(cookie).toMatchObject({ name: 'anbiao', httpOnly: true, sameSite: 'Lax', path: '/' })
  const { token } = answer.json<{ data: { signIn: { token: string } } }>().data.signIn
  expect(cookie.value).toBe(token)
  const viewer = await town.app.fastify.inject({
    ...{ method: 'POST', url: '/graphql', cookies: { anbiao: token } },
    payload: { query: '{ viewer { username name role phoneMasked division { code name } station { code } enterprise { id } may } }' },
  })
  expect(viewer.json<{ data: { viewer: object } }>().data.viewer).toEqual({
    ...{
      username: 'town',
      name: 'town',
      role: 'TOWN_OFFICE',
      phoneMasked: '139****0002',
      division: { code: '350524106', name: '金谷镇' },
      station: null,
      enterprise: null,
    },
    may: [
      'REFERENCE',
      'SETTINGS',
      'LEDGER_IMPORT',
      'BOARD_LINKS',
      'ENTERPRISE_CREATE',
      'ENTERPRISE_EDIT',
      'ENTERPRISE_CLOSE',
      'ENTERPRISE_REVEAL',
      'HAZARD_REPORT',
      'QUESTIONS',
      'NORM_PREPARE',
      'NORM_PUBLISH',
      'HOOKS',
    ],
  })
})

test('a user name means the same in capitals', async () => {
  expect(refusal(await signIn(' Town.FAR', PASSWORD))).toBeUndefined()
})

test('the store keeps neither the password nor the token', async () => {
  const token = await town.as('village')
  const [person] = await town.store.reader.all('select * from person where username = ?', ['village'])
  const sessions = await town.store.reader.all('select * from session')
  expect(JSON.stringify([person, sessions])).not.toContain(PASSWORD)
  expect(JSON.stringify(sessions)).not.toContain(token)
  expect(person!['password_hash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('an unknown user, a wrong password and a disabled account are refused in the same words', async () => {
  const answers = [await signIn('nobody.here', PASSWORD, '10.0.1.1'), await signIn('county', 'wrong-1234', '10.0.1.1')]
  const { person } = await town
    .get<{ person: { id: string; version: number } }>('admin', '{ person: accounts(where: { username: { eq: "market" } }) { nodes { id version } } }')
    .then(({ person }) => ({ person: (person as unknown as { nodes: { id: string; version: number }[] }).nodes[0]! }))
  await town.get('admin', 'mutation ($id: ID!, $v: Int!) { accountDisable(id: $id, version: $v, reason: "调离") { id } }', { id: person.id, v: person.version })
  answers.push(await signIn('market', PASSWORD, '10.0.1.1'))
  for (const answer of answers) expect(refusal(answer)).toMatchObject({ message: '用户名或密码不对，或账号已停用', extensions: { code: 'BAD_CREDENTIALS' } })
})

describe('guessing', () => {
  test('is stopped after five failures on one account, whatever the address, with the minutes to wait', async () => {
    for (let i = 0; i < 5; i++) expect(refusal(await signIn('industry', `guess-${i}`, `10.1.0.${i}`))?.extensions.code).toBe('BAD_CREDENTIALS')
    const stopped = refusal(await signIn('industry', PASSWORD, '10.1.0.9'))
    expect(stopped).toMatchObject({ message: '登录失败次数太多，请 15 分钟后再试', extensions: { code: 'THROTTLED', minutes: 15 } })
    town.clock.now = new Date(town.clock.now.getTime() + 14.5 * 60_000)
    expect(refusal(await signIn('INDUSTRY ', PASSWORD, '10.1.0.9'))?.extensions).toMatchObject({ code: 'THROTTLED', minutes: 1 })
    town.clock.now = new Date(town.clock.now.getTime() + 60_000)
    expect(refusal(await signIn('industry', PASSWORD, '10.1.0.9'))).toBeUndefined()
  })

  test('is stopped after twenty failures from one address, whatever the account; signing in rightly does not count', async () => {
    for (let i = 0; i < 3; i++) expect(refusal(await signIn('county', PASSWORD, '10.2.0.1'))).toBeUndefined()
    for (let i = 0; i < 20; i++) expect(refusal(await signIn(`made.up.${i}`, 'guess-1234', '10.2.0.1'))?.extensions.code).toBe('BAD_CREDENTIALS')
    expect(refusal(await signIn('county', PASSWORD, '10.2.0.1'))?.extensions.code).toBe('THROTTLED')
    expect(refusal(await signIn('county', PASSWORD, '10.2.0.2'))).toBeUndefined()
  })

  test('many attempts sent at once do not overtake the count', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => signIn('town.far', `guess-${i}`, `10.3.0.${i}`)))
    expect(answers.filter((answer) => refusal(answer)?.extensions.code === 'BAD_CREDENTIALS')).toHaveLength(5)
    expect(answers.filter((answer) => refusal(answer)?.extensions.code === 'THROTTLED')).toHaveLength(7)
  })

  test('cannot be multiplied with aliases in one request', async () => {
    const two = 'mutation { a: signIn(username: "a", password: "b") { token } b: signIn(username: "a", password: "c") { token } }'
    expect(await town.code(undefined, two)).toBe('QUERY_TOO_WIDE')
  })
})

test('signing out ends the session at once', async () => {
  const token = (await signIn('county', PASSWORD, '10.4.0.1')).json<{ data: { signIn: { token: string } } }>().data.signIn.token
  const as = (query: string) => town.app.fastify.inject({ method: 'POST', url: '/graphql', headers: { authorization: `Bearer ${token}` }, payload: { query } })
  expect((await as('mutation { signOut }')).json()).toMatchObject({ data: { signOut: true } })
  expect((await as('{ viewer { id } }')).json()).toMatchObject({ data: { viewer: null } })
})
