import { Writable } from 'node:stream'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { plainError, plainLog, scrub } from './plainLog.js'

test('a line of the log holds no name, phone, address or pass', () => {
  const told = scrub(
    'duplicate key value violates unique constraint "person_phone": Key (phone)=(13800000001) already exists for 张三, token 0aF9_-kkkkkkkkkkkkkkkkkkkkkkkk',
  )
  expect(told).not.toMatch(/138|张三|kkkk|person_phone/)
  expect(told).toContain('duplicate key value violates unique constraint')
})

test('a fault is told by its kind and its places, its cause as well', () => {
  const cause = Object.assign(new Error("insert failed for '金谷样本茶厂'"), { code: '23505' })
  const told = plainError(new Error('李四 could not be saved', { cause }))
  expect(told).toMatchObject({ type: 'Error', message: '… could not be saved', cause: { code: '23505', message: 'insert failed for …' } })
  expect(told.stack.length).toBeGreaterThan(0)
  expect(JSON.stringify(told)).not.toMatch(/李四|茶厂/)
})

test('whatever way a fault comes to the log, its words are blotted out', async () => {
  const lines: string[] = []
  const stream = new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) })
  const fastify = Fastify({ logger: { ...(plainLog('info') as object), level: 'info', stream } })
  const fault = () => new Error("couldn't save 'Li Si', 138-0000-0001, li.si@example.cn, 李四")
  fastify.log.error(fault())
  fastify.log.error({ err: fault() })
  fastify.log.error({ err: fault() }, 'daily work')
  fastify.log.warn(`李四 13800000001`)
  fastify.get('/broken', () => Promise.reject(fault()))
  await fastify.inject('/broken?name=李四')
  await fastify.close()
  expect(lines.length).toBeGreaterThanOrEqual(5)
  // Times and durations are digits of chance.
  const said = lines.join('').replace(/"(time|responseTime)":[^,}]+/g, '')
  expect(said).not.toMatch(/Li Si|138-?0000|0000-?0001|example\.cn|李四|%E6%9D%8E/)
  expect(said).toContain('daily work')
})

test('a request is told by its route, never by what was asked', () => {
  const { serializers } = plainLog('info') as { serializers: { req: (request: object) => object } }
  expect(serializers.req({ method: 'GET', url: '/q/a.csv?token=secret', routeOptions: { url: '/q/:name' } })).toEqual({ method: 'GET', route: '/q/:name' })
})
