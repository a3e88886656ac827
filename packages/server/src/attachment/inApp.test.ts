import { afterAll, beforeAll, expect, test } from 'vitest'
import { form, jpeg } from '../testing/fileBench.js'
import { removeStores } from '../testing/store.js'
import { openTown, PASSWORD, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

/** Signs in as a browser does, and keeps the cookie. */
async function cookieOf(username: string): Promise<string> {
  const payload = { query: 'mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }', variables: { u: username, p: PASSWORD } }
  const answer = await town.app.fastify.inject({ method: 'POST', url: '/graphql', payload })
  const [cookie] = answer.cookies
  return `${cookie!.name}=${cookie!.value}`
}
const send = async (headers: Record<string, string>) =>
  town.app.fastify.inject({ method: 'POST', url: '/files', ...form([{ name: '整改前.jpg', bytes: await jpeg('#246', 400) }], headers) })
const get = (path: string, headers: Record<string, string>) => town.app.fastify.inject({ method: 'GET', url: path, headers })
const idOf = (answer: { json<T>(): T }) => answer.json<{ files: { id: string }[] }>().files[0]!.id

const REPORT = `mutation ($e: ID!, $p: [ID!]) {
  hazardReport(enterprise: $e, photos: $p, facts: { description: "配电箱敞开", place: "一车间", factor: OBJECT, severity: GENERAL, source: STATION_GUIDANCE, manageType: DEADLINE, foundOn: "2026-03-02" }) {
    id photosBefore photos { id purpose round name width url thumb createdAt }
  }
}`

test('a photo sent from the page with the cookie becomes evidence of a hazard, seen in its scope and nowhere else', async () => {
  const cookie = await cookieOf('industry')
  const sent = await send({ cookie, origin: 'http://127.0.0.1:4000' })
  expect(sent.statusCode).toBe(200)
  const id = idOf(sent)
  expect((await get(`/files/${id}`, { cookie: await cookieOf('town') })).statusCode).toBe(404)
  const { hazardReport } = await town.get<{ hazardReport: { photosBefore: number; photos: object[] } }>('industry', REPORT, {
    e: town.enterprises['tea'],
    p: [id],
  })
  expect(hazardReport.photosBefore).toBe(1)
  expect(hazardReport.photos).toEqual([
    {
      id,
      purpose: 'BEFORE',
      round: 0,
      name: '整改前.jpg',
      width: 400,
      url: `/files/${id}`,
      thumb: `/files/${id}/thumb`,
      createdAt: '2026-03-02T02:00:00.000Z',
    },
  ])
  for (const [who, status] of [
    ['industry', 200],
    ['town', 200],
    ['village', 200],
    ['ent.tea', 200],
    ['county', 200],
    ['market', 404],
    ['town.far', 404],
  ] as const) {
    expect([who, (await get(`/files/${id}`, { authorization: `Bearer ${await town.as(who)}` })).statusCode]).toEqual([who, status])
    expect([who, (await get(`/files/${id}/thumb`, { cookie: await cookieOf(who) })).statusCode]).toEqual([who, status])
  }
  expect((await get(`/files/${id}`, {})).statusCode).toBe(401)
  expect((await get(`/files/${id}`, { authorization: 'Bearer board-or-whatever' })).statusCode).toBe(401)
})

test('the page’s own policy does not weaken that of a file', async () => {
  const cookie = await cookieOf('town')
  const answer = await get(`/files/${idOf(await send({ cookie, 'sec-fetch-site': 'same-origin' }))}`, { cookie })
  expect(answer.headers['content-security-policy']).toBe("sandbox; default-src 'none'")
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
  expect(answer.headers['access-control-allow-origin']).toBeUndefined()
})

test('the cookie alone, posted from another site, sends nothing', async () => {
  const cookie = await cookieOf('town')
  for (const headers of [{ cookie }, { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }] as Record<string, string>[]) {
    const answer = await send(headers)
    expect([answer.statusCode, answer.json()]).toMatchObject([403, { code: 'CSRF' }])
  }
})

test('whoever signs out sees no file any more', async () => {
  const cookie = await cookieOf('town')
  const id = idOf(await send({ cookie, 'x-anbiao': '1' }))
  expect((await get(`/files/${id}`, { cookie })).statusCode).toBe(200)
  await town.app.fastify.inject({
    method: 'POST',
    url: '/graphql',
    headers: { cookie, 'x-anbiao': '1', origin: 'http://127.0.0.1:4000' },
    payload: { query: 'mutation { signOut }' },
  })
  expect((await get(`/files/${id}`, { cookie, 'if-none-match': `"${id}"` })).statusCode).toBe(401)
})

test('a photo of somebody else is no evidence, and the act that names it changes nothing', async () => {
  const id = idOf(await send({ cookie: await cookieOf('village'), 'x-anbiao': '1' }))
  const before = await town.store.reader.all('select count(*) as n from hazard')
  const answer = await town.ask('industry', REPORT, { e: town.enterprises['tea'], p: [id] })
  expect(answer.errors?.[0]).toMatchObject({
    message: '没有找到该照片，可能已被移走，或不在您的管辖范围内',
    extensions: { code: 'NOT_FOUND', field: 'photos' },
  })
  expect(await town.store.reader.all('select count(*) as n from hazard')).toEqual(before)
})
