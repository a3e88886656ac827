import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBucket } from './testing/bucket.js'
import { type Server, startServer } from './testing/faults.js'
import { jpeg } from './testing/fileBench.js'
import { emptyStore, engine, migratedStore, removeStores } from './testing/store.js'
import { openTown, PASSWORD, type Town } from './testing/town.js'

/** Two processes behind a proxy, each with a disk of its own, on one PostgreSQL and one bucket. */
const several = engine() === 'postgres'
let town: Town
let bucket: Awaited<ReturnType<typeof startBucket>>
let a: Server
let b: Server
const disks: string[] = []
beforeAll(async () => {
  if (!several) return
  const where = await migratedStore()
  town = await openTown({}, where)
  bucket = await startBucket()
  const { url, key, secret } = bucket.bucket
  const start = async () => {
    const disk = await mkdtemp(join(tmpdir(), 'anbiao-disk-'))
    disks.push(disk)
    return startServer({ ...where, DATA_DIR: disk }, { S3_URL: url, S3_KEY: key, S3_SECRET: secret })
  }
  ;[a, b] = await Promise.all([start(), start()])
}, 120_000)
afterAll(async () => {
  if (!several) return
  await Promise.all([a, b].map((one) => one?.stop()))
  await bucket?.stop()
  await town?.close()
  for (const disk of disks) await rm(disk, { recursive: true, force: true })
  await removeStores()
})

interface Said {
  data: Record<string, { token: string }> | null
  errors?: { extensions: { code: string } }[]
}
const at = ({ port }: Server, path: string) => `http://127.0.0.1:${port}${path}`
const bearer = (token?: string): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {})
async function ask(server: Server, query: string, variables: object = {}, token?: string): Promise<Said> {
  const reply = await fetch(at(server, '/graphql'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(token) },
    body: JSON.stringify({ query, variables }),
  })
  return (await reply.json()) as Said
}
const IN = 'mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }'
async function signIn(server: Server, username: string): Promise<string> {
  return (await ask(server, IN, { u: username, p: PASSWORD })).data!['signIn']!.token
}
const code = ({ errors }: Said) => errors?.[0]?.extensions.code

test.runIf(several)('who signs in at one process is known at the other, and who signs out at one is gone from both', async () => {
  const token = await signIn(a, 'industry')
  expect((await ask(b, '{ viewer { username } }', {}, token)).data).toMatchObject({ viewer: { username: 'industry' } })
  expect(code(await ask(b, 'mutation { signOut }', {}, token))).toBeUndefined()
  expect(code(await ask(a, '{ hazards { totalCount } }', {}, token))).toBe('UNAUTHENTICATED')
})

test.runIf(several)('wrong passwords are counted together, wherever they are tried', async () => {
  const wrong = (server: Server) => ask(server, IN, { u: 'village', p: 'not this one' })
  for (const server of [a, b, a, b, a]) expect(code(await wrong(server))).toBe('BAD_CREDENTIALS')
  expect(code(await wrong(b))).toBe('THROTTLED')
  expect(code(await ask(a, IN, { u: 'village', p: PASSWORD }))).toBe('THROTTLED')
})

test.runIf(several)('a photo sent to one process is shown by the other, whose disk never had it', async () => {
  const token = await signIn(a, 'industry')
  const body = new FormData()
  body.append('file', new Blob([new Uint8Array(await jpeg('#246', 120))], { type: 'image/jpeg' }), '现场.jpg')
  const sent = (await (await fetch(at(a, '/files'), { method: 'POST', headers: bearer(token), body })).json()) as { files: { id: string; url: string }[] }
  const [file] = sent.files
  const [here, there] = await Promise.all([a, b].map(async (one) => fetch(at(one, `/files/${file!.id}`), { headers: bearer(token) })))
  expect([here!.status, there!.status]).toEqual([200, 200])
  expect(Buffer.from(await there!.arrayBuffer()).equals(Buffer.from(await here!.arrayBuffer()))).toBe(true)
  expect((await fetch(at(b, `/files/${file!.id}/thumb`), { headers: bearer(token) })).status).toBe(200)
  expect((await fetch(at(b, `/files/${file!.id}`), { headers: bearer(await signIn(b, 'market')) })).status).toBe(404)
})

test.runIf(several)('two that start together on an empty database both come up, and it is filled once', async () => {
  const where = await emptyStore()
  const together = await Promise.all([startServer(where), startServer(where)])
  try {
    for (const one of together) expect((await fetch(at(one, '/readyz'))).status).toBe(200)
    const tokens = await Promise.all(together.map((one) => signIn(one, 'admin')))
    for (const [i, one] of together.entries())
      expect((await ask(one, '{ viewer { username } }', {}, tokens[1 - i])).data).toMatchObject({ viewer: { username: 'admin' } })
  } finally {
    await Promise.all(together.map((one) => one.stop()))
  }
})

test.runIf(several)('the work of a day is noted as done for all of them', async () => {
  const job = async () => (await town.store.reader.all("select done_for, until from job where name = 'daily'"))[0]
  for (let i = 0; i < 240 && !(await job())?.['done_for']; i++) await new Promise((again) => setTimeout(again, 250))
  expect((await job())!['done_for']).toBeTruthy()
})

test.runIf(several)('a process says that it is ready, and its figures to this machine only', async () => {
  expect((await fetch(at(b, '/readyz'))).status).toBe(200)
  const said = await (await fetch(at(b, '/metrics'))).text()
  for (const name of ['anbiao_request_seconds_count', 'anbiao_statement_seconds_count', 'anbiao_log_lag_rows', 'anbiao_sockets', 'anbiao_board_groups'])
    expect(said, name).toContain(name)
  expect(Number(/^anbiao_log_seq (\d+)$/m.exec(said)![1])).toBeGreaterThan(0)
  const labels = said.match(/^anbiao_\w+\{.*\}/gm)!.join('\n')
  expect(labels).not.toMatch(/[\p{Script=Han}]|industry|village|[0-9a-f]{8}-[0-9a-f]{4}/u)
  expect((await fetch(at(b, '/metrics'), { headers: { 'x-forwarded-for': '10.0.0.9' } })).status).toBe(404)
})
