import type { AddressInfo } from 'node:net'
import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTown, type Town } from '../testing/town.js'
import { removeStores } from '../testing/store.js'

let town: Town
let url: string
let token: string
beforeAll(async () => {
  town = await openTown()
  await town.app.fastify.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(town.app.fastify.server.address() as AddressInfo).port}/graphql`
  token = await town.as('town')
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const json = { 'content-type': 'application/json' }
const post = (query: string, headers: Record<string, string> = {}, variables?: object) =>
  fetch(url, { method: 'POST', headers: { ...json, accept: 'application/graphql-response+json', ...headers }, body: JSON.stringify({ query, variables }) })
const errorOf = async (answer: Response) => ((await answer.json()) as { errors: { message: string; extensions: { code: string } }[] }).errors[0]!

test('the running server passes the GraphQL over HTTP audits', async () => {
  const fetchFn = (to: string | URL, init: RequestInit = {}) =>
    fetch(to, { ...init, headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` } })
  const results = await Promise.all(serverAudits({ url, fetchFn }).map(async (audit) => ({ name: audit.name, result: await audit.fn() })))
  expect(results.length).toBeGreaterThanOrEqual(60)
  expect(results.filter(({ result }) => result.status === 'error').map(({ name }) => name)).toEqual([])
  expect(results.filter(({ result }) => result.status === 'ok').length).toBeGreaterThanOrEqual(55)
})

test('a foreign page can neither ask by GET nor act by a simple form', async () => {
  const cookie = `anbiao=${token}`
  const get = await fetch(`${url}?query=${encodeURIComponent('{viewer{id}}')}`, { headers: { cookie } })
  expect(get.status).toBe(400)
  expect((await fetch(`${url}?query=${encodeURIComponent('{viewer{id}}')}`, { headers: { cookie, 'graphql-require-preflight': '1' } })).status).toBe(200)
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const answer = await fetch(url, { method: 'POST', headers: { cookie, 'content-type': type }, body: JSON.stringify({ query: '{viewer{id}}' }) })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(await answer.text()).not.toContain('"viewer"')
  }
  expect(
    (await fetch(url, { method: 'POST', headers: { ...json, cookie, origin: 'https://evil.example' }, body: '{"query":"{viewer{id}}"}' })).headers.get(
      'access-control-allow-origin',
    ),
  ).toBeNull()
})

test('a mutation by GET is refused with 405', async () => {
  const answer = await fetch(`${url}?query=${encodeURIComponent('mutation{signOut}')}`, { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(405)
})

test('batches, freezing documents and bombs are refused at once', async () => {
  const bearer = { authorization: `Bearer ${token}` }
  const batch = await fetch(url, {
    method: 'POST',
    headers: { ...json, ...bearer },
    body: JSON.stringify(Array.from({ length: 10 }, () => ({ query: '{viewer{id}}' }))),
  })
  expect(batch.status).toBe(400)
  const documents = {
    repeated: `{${'viewer{id}'.repeat(4_000)}}`,
    nested: `{${'viewer{'.repeat(20_000)}id${'}'.repeat(20_000)}}`,
    aliases: `{${Array.from({ length: 100 }, (_, i) => `a${i}:viewer{id}`).join(' ')}}`,
    spreads: `query{...A} ${Array.from({ length: 20 }, (_, i) => `fragment ${String.fromCharCode(65 + i)} on Query{...${String.fromCharCode(66 + i)} ...${String.fromCharCode(66 + i)}}`).join(' ')} fragment U on Query{viewer{id}}`,
    cycle: 'query{...A} fragment A on Query{...B} fragment B on Query{...A}',
    pages:
      '{ a: hazards(first:500){nodes{id number description place acts enterprise{id name address}}} b: hazards(first:500){nodes{id number description place acts enterprise{id name address}}} c: hazards(first:500){edges{node{id number description place acts enterprise{id name address remark trade}}} nodes{id number description place acts enterprise{id name}}} d: hazards(first:500){nodes{id number description place acts enterprise{id name address}} edges{cursor node{id number description place enterprise{id name address trade}}}} e: hazards(first:500){nodes{id number description place acts enterprise{id name address}} edges{cursor node{id number description place enterprise{id name address trade}}}} f: hazards(first:500){nodes{id number description place acts enterprise{id name address}} edges{cursor node{id number description place enterprise{id name address trade}}}} }',
    logins: 'mutation{a:signIn(username:"a",password:"b"){token} b:signIn(username:"a",password:"c"){token}}',
  }
  for (const [name, document] of Object.entries(documents)) {
    const answer = await post(document, bearer)
    expect(answer.status, name).toBe(400)
    expect((await errorOf(answer)).message, name).not.toMatch(/at .*\.js|node_modules|SELECT/i)
  }
  const variables = { w: Array.from({ length: 3_000 }).reduce<object>((inner) => ({ not: inner }), { place: { eq: 'x' } }) }
  expect((await errorOf(await post('query($w:HazardWhere){hazards(where:$w){nodes{id}}}', bearer, variables))).extensions.code).toBe('QUERY_TOO_WIDE')
  expect((await post('{viewer{id username}}', bearer)).status).toBe(200)
})

test('who has not signed in learns nothing of the graph', async () => {
  expect((await errorOf(await post('{__schema{types{name}}}'))).extensions.code).toBe('FORBIDDEN')
  expect((await errorOf(await post('query{...A} fragment A on Query{x:__type(name:"Hazard"){name}}'))).extensions.code).toBe('FORBIDDEN')
  for (const wrong of ['{hazardz{id}}', '{hazards(wher:{}){nodes{id}}}', 'mutation{signIn(usrname:"a"){token}}'])
    expect((await errorOf(await post(wrong))).message).toBe('查询写法有误')
  expect((await errorOf(await post('{hazards{nodes{id}}}'))).extensions.code).toBe('UNAUTHENTICATED')
})

test('the pages come with a policy that runs no foreign or inline script', async () => {
  const { headers } = await fetch(url.replace('/graphql', '/healthz'))
  const policy = headers.get('content-security-policy')!
  expect(policy).toMatch(/script-src 'self'(;|$)/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('the quick way and the reference way give the same answer', async () => {
  const bearer = { authorization: `Bearer ${token}` }
  const asked: [string, object?][] = [
    ['{ viewer { id } hazards(first: 2) { nodes { number } } }'],
    ['query ($n: Int) { hazards(first: $n) { nodes { number } } }', { n: 1 }],
    ['query ($n: Int) { hazards(first: $n) { nodes { number } } }', { n: 5_000 }],
    ['query ($n: Int) { hazards(first: $n) { nodes { number } } }', { n: 'many' }],
    ['{ hazards(first: 1, after: "nowhere") { nodes { number } } }'],
    ['{ hazard(id: "nobody") { number } }'],
    ['{ nothing }'],
    ['mutation { hazardClose(id: "nobody", version: 1, opinion: "x") { id } }'],
  ]
  for (const [query, variables] of asked)
    for (const type of ['application/json', 'application/graphql-response+json']) {
      // The weight makes the header one that must be read with care.
      const [quick, long] = await Promise.all([type, `${type};q=0.9`].map((accept) => post(query, { ...bearer, accept }, variables)))
      const [one, other] = await Promise.all([quick!, long!].map(async (answer) => ({ ...((await answer.json()) as object), extensions: undefined })))
      expect(one, query).toEqual(other)
      expect([quick!.status, quick!.headers.get('content-type')], query).toEqual([long!.status, long!.headers.get('content-type')])
      for (const { headers } of [quick!, long!]) {
        expect(headers.get('x-content-type-options')).toBe('nosniff')
        expect(headers.get('cache-control')).toBe('no-store')
        expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      }
    }
})

test('bodies past the limit are refused', async () => {
  const answer = await post(`{viewer{id}} #${'x'.repeat(2_000_000)}`, { authorization: `Bearer ${token}` })
  expect(answer.status).toBe(413)
})
