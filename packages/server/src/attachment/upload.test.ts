import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { type Bench, bench, form, jpeg } from '../testing/fileBench.js'

let b: Bench
beforeAll(async () => void (b = await bench()))
afterAll(async () => {
  await b.app.close()
  await b.store.close()
  await removeStores()
})

interface One {
  id: string
  name: string
  code?: string
}
const filesOf = (answer: { json(): unknown }) => (answer.json() as { files: One[] }).files
const rows = async () => (await b.store.reader.all('select count(*) as n from attachment'))[0]!['n']

describe('several photos in one request', () => {
  test('are answered one by one, in the order sent, each with its id or its refusal', async () => {
    const answer = await b.send('village', [
      {
        name: '整改前 1.png',
        bytes: await sharp(await jpeg())
          .png()
          .toBuffer(),
      },
      { name: '假照片.jpg', bytes: '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>' },
      { name: '../../大.jpg', bytes: Buffer.alloc(2 * 1024 * 1024 + 1, 1) },
      { name: '整改前 2.jpg', bytes: await jpeg('#3c3') },
    ])
    expect(answer.statusCode).toBe(200)
    expect(filesOf(answer)).toEqual([
      { id: expect.any(String) as string, name: '整改前 1.jpg', mime: 'image/jpeg', bytes: expect.any(Number) as number, width: 64, height: 64 },
      { name: '假照片.jpg', code: 'FILE_TYPE', message: '只能上传照片（JPG、PNG、WebP）、PDF、Word（.docx）或 Excel（.xlsx），这个文件的内容不是' },
      { name: '大.jpg', code: 'FILE_TOO_LARGE', message: '文件超过 2 MB，请压缩后再上传' },
      { id: expect.any(String) as string, name: '整改前 2.jpg', mime: 'image/jpeg', bytes: expect.any(Number) as number, width: 64, height: 64 },
    ])
  })

  test('lie under names made here, whatever names were sent', async () => {
    await b.send('village', [{ name: '..%2f..%2fpasswd', bytes: await jpeg('#111') }])
    for (const folder of await readdir(join(b.dataDir, 'files'))) {
      expect(folder).toMatch(/^([0-9a-f]{2}|tmp)$/)
      for (const file of await readdir(join(b.dataDir, 'files', folder))) expect(file).toMatch(/^[0-9a-f]{64}$/)
    }
  })

  test('are refused as a whole with the first reason when none is acceptable', async () => {
    const answer = await b.send('village', [{ name: 'a.jpg', bytes: '' }])
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({ code: 'FILE_EMPTY', message: '文件是空的，请重新选择', files: [{ name: 'a.jpg', code: 'FILE_EMPTY' }] })
  })

  test('are twenty at most', async () => {
    const before = await rows()
    const answer = await b.send(
      'village',
      Array.from({ length: 21 }, (_, i) => ({ name: `${i}.jpg`, bytes: 'x' })),
    )
    expect([answer.statusCode, answer.json()]).toMatchObject([413, { code: 'TOO_MANY_FILES' }])
    expect(await rows()).toBe(before)
  })

  test('leave one record each in the log, without the file names', async () => {
    const [{ id }] = filesOf(await b.send('village', [{ name: '安全员某某的照片.jpg', bytes: await jpeg('#222') }])) as [One]
    const [row] = await b.store.reader.all('select act, actor, diff from change where record = ?', [id])
    expect(row).toMatchObject({ act: 'fileUpload', actor: b.people['village']!.id })
    expect(JSON.parse(row!['diff'] as string)).toMatchObject({ name: [null, '•'], mime: [null, 'image/jpeg'] })
  })
})

describe('an upload is refused', () => {
  test('to who has not signed in, may only look, or must set a password first', async () => {
    for (const [who, status, code] of [
      ['nobody', 401, 'UNAUTHENTICATED'],
      ['county', 403, 'FORBIDDEN'],
      ['board', 403, 'FORBIDDEN'],
      ['fresh', 403, 'PASSWORD_CHANGE'],
    ] as const) {
      const answer = await b.send(who, [{ name: 'a.jpg', bytes: await jpeg() }])
      expect([answer.statusCode, answer.json()]).toMatchObject([status, { code }])
    }
  })

  test('when a page of another site sent it', async () => {
    const parts = [{ name: 'a.jpg', bytes: await jpeg() }]
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://anbiao.test.evil.example' },
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      const answer = await b.send('village', parts, headers)
      expect([answer.statusCode, answer.json()]).toMatchObject([403, { code: 'CSRF' }])
    }
    for (const headers of [
      { 'x-anbiao': '1' },
      { authorization: 'Bearer x' },
      { 'sec-fetch-site': 'same-origin' },
      { origin: 'http://anbiao.test' },
      { origin: 'http://localhost:80', host: 'localhost' },
    ] as Record<string, string>[])
      expect((await b.send('village', parts, headers)).statusCode).toBe(200)
  })

  test('when it is no form, an empty form or a form cut off', async () => {
    const json = await b.app.inject({
      method: 'POST',
      url: '/files',
      headers: { 'x-test-who': 'village', 'x-anbiao': '1', 'content-type': 'application/json' },
      payload: '{}',
    })
    expect([json.statusCode, json.json()]).toMatchObject([406, { code: 'NOT_MULTIPART' }])
    const empty = await b.send('village', [])
    expect([empty.statusCode, empty.json()]).toMatchObject([400, { code: expect.stringMatching(/NO_FILES|UPLOAD_BROKEN/) as string }])
    const { headers, payload } = form([{ name: 'a.jpg', bytes: await jpeg() }])
    const before = await rows()
    const cut = await b.app.inject({
      method: 'POST',
      url: '/files',
      headers: { 'x-test-who': 'village', 'x-anbiao': '1', ...headers },
      payload: payload.subarray(0, payload.length - 60),
    })
    expect([cut.statusCode, cut.json()]).toMatchObject([400, { code: 'UPLOAD_BROKEN' }])
    expect(await rows()).toBe(before)
  })

  test('when it has a thousand parts', async () => {
    const { headers } = form([])
    const field = '------anbiaoTest\r\ncontent-disposition: form-data; name="f"\r\n\r\nx\r\n'
    const answer = await b.app.inject({
      method: 'POST',
      url: '/files',
      headers: { 'x-test-who': 'village', 'x-anbiao': '1', ...headers },
      payload: `${field.repeat(1000)}------anbiaoTest--\r\n`,
    })
    expect([answer.statusCode, answer.json()]).toMatchObject([413, { code: 'TOO_MANY_FILES' }])
  })
})

describe('over a real connection', () => {
  let port: number
  beforeAll(async () => {
    await b.app.listen({ port: 0, host: '127.0.0.1' })
    port = (b.app.server.address() as AddressInfo).port
  })
  const head = (length: string) =>
    `POST /files HTTP/1.1\r\nhost: x\r\nx-test-who: village\r\nx-anbiao: 1\r\ncontent-type: multipart/form-data; boundary=B\r\n${length}\r\n\r\n`
  const part = '--B\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'

  test('ten gigabytes announced are refused before a byte of them is read', async () => {
    const answer = await talk(port, (socket) => socket.write(`${head('content-length: 10737418240')}${part}`))
    expect(answer).toMatch(/^HTTP\/1.1 413/)
    expect(answer).toContain('UPLOAD_TOO_LARGE')
  })

  test('a stream without end is cut off, and its sender with it', async () => {
    let sent = 0
    const answer = await talk(port, (socket) => {
      const chunk = Buffer.alloc(256 * 1024, 1)
      const more = () => {
        while (!socket.destroyed && socket.writable && sent < 400e6) {
          sent += chunk.length
          if (!socket.write(Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')])))
            return void socket.once('drain', more)
        }
      }
      socket.write(`${head('transfer-encoding: chunked')}${part.length.toString(16)}\r\n${part}\r\n`)
      more()
    })
    expect(answer === '' || answer.startsWith('HTTP/1.1 413')).toBe(true)
    expect(sent).toBeLessThan(100e6)
    expect(await readdir(join(b.dataDir, 'files', 'tmp'))).toEqual([])
  })

  test('five at once of one account are one too many', async () => {
    const opened = Array.from({ length: 4 }, () =>
      connect(port, '127.0.0.1', function (this: import('node:net').Socket) {
        this.write(`${head('content-length: 1000')}${part}`)
      }),
    )
    for (const socket of opened) socket.on('error', () => undefined)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const answer = await b.send('village', [{ name: 'a.jpg', bytes: await jpeg() }])
    expect([answer.statusCode, answer.json(), answer.headers['retry-after']]).toMatchObject([429, { code: 'TOO_MANY_UPLOADS' }, '5'])
    expect((await b.send('town', [{ name: 'a.jpg', bytes: await jpeg() }])).statusCode).toBe(200)
    for (const socket of opened) socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect((await b.send('village', [{ name: 'a.jpg', bytes: await jpeg() }])).statusCode).toBe(200)
  })
})

/** Everything the other side says until it ends the connection. */
function talk(port: number, say: (socket: import('node:net').Socket) => void): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => say(socket))
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(heard))
  })
}
