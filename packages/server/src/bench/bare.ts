import { join } from 'node:path'
import Fastify from 'fastify'
import { PostgresReader } from '../shared/read/postgresReader.js'
import { SqliteReader } from '../shared/read/sqliteReader.js'
import { BARE_LIST, nested } from './bareList.js'

/** What the list is measured against: the same rows by hand-written SQL through the same driver, and Fastify to send them. */
const url = process.env['DATABASE_URL']
const reader = url ? new PostgresReader(url) : new SqliteReader(join(process.env['DATA_DIR']!, 'anbiao.sqlite'))
const fastify = Fastify()
fastify.get<{ Querystring: { first: string } }>('/list', async (request) => ({
  data: { hazards: { nodes: (await reader.all(BARE_LIST, [Number(request.query.first)])).map(nested) } },
}))
fastify.addHook('onClose', () => reader.close())
console.log(await fastify.listen({ host: '127.0.0.1', port: 0 }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void fastify.close().then(() => process.exit(0)))
