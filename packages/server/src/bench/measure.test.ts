import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answer, type Asking, requestsPerSecond } from './load.js'
import { canonical, interleaved, median, quantile } from './measure.js'

let server: Server
let asked: string[] = []
beforeAll(async () => {
  server = createServer((request, reply) => {
    let body = ''
    request
      .on('data', (chunk) => (body += chunk))
      .on('end', () => {
        asked.push(body)
        if (request.url === '/wrong') reply.statusCode = 500
        reply.end(JSON.stringify({ text: '隐患'.repeat(50_000) }))
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => void server.close())
const to = (path: string): Asking => ({ port: (server.address() as AddressInfo).port, method: 'POST', path, body: '{"q":"隐患"}' })

test('the load asks what it was told, and counts whole answers', async () => {
  asked = []
  const rate = await requestsPerSecond(to('/'), 3, 200)
  expect(new Set(asked)).toEqual(new Set(['{"q":"隐患"}']))
  expect(asked.length / 0.2).toBeGreaterThan(rate * 0.5)
  expect(await answer(to('/'))).toEqual({ text: '隐患'.repeat(50_000) })
})

test('a server that fails is not measured', async () => {
  await expect(requestsPerSecond(to('/wrong'), 2, 100)).rejects.toThrow('500')
  await expect(answer(to('/wrong'))).rejects.toThrow('500')
})

test('every layer is measured once a round', async () => {
  let n = 0
  const next = () => Promise.resolve(++n)
  const measured = await interleaved({ a: next, b: next }, 10)
  expect([...measured.a, ...measured.b].sort((x, y) => x - y)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
})

test('quantiles, and answers compared without regard to the order of keys', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(quantile([...Array(100).keys()], 0.99)).toBe(99)
  expect(canonical({ b: [{ d: 1, c: 2 }], a: null })).toBe(canonical({ a: null, b: [{ c: 2, d: 1 }] }))
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]))
})
