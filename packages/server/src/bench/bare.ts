import { join } from 'node:path'
import { Readable } from 'node:stream'
import Fastify from 'fastify'
import { PostgresReader } from '../shared/read/postgresReader.js'
import { SqliteReader } from '../shared/read/sqliteReader.js'
import { BARE_EXPORT, BARE_LIST, nested } from './bareList.js'

/** What the list is measured against: the same rows by hand-written SQL through the same driver, and Fastify to send them. */
const url = process.env['DATABASE_URL']
const reader = url ? new PostgresReader(url) : new SqliteReader(join(process.env['DATA_DIR']!, 'anbiao.sqlite'))
const fastify = Fastify()
fastify.get<{ Querystring: { first: string } }>('/list', async (request) => ({
  data: { hazards: { nodes: (await reader.all(BARE_LIST, [Number(request.query.first)])).map(nested) } },
}))
const quote = (value: unknown) => (value == null ? '' : `"${String(value as string).replaceAll('"', '""')}"`)
async function* csv() {
  let text = ''
  for await (const row of reader.stream(BARE_EXPORT, [])) {
    text += `${Object.values(row).map(quote).join(',')}\r\n`
    if (text.length > 65_536) {
      yield text
      text = ''
    }
  }
  yield text
}
fastify.get('/csv', (_request, reply) => reply.type('text/csv').send(Readable.from(csv())))
fastify.addHook('onClose', () => reader.close())
console.log(await fastify.listen({ host: '127.0.0.1', port: 0 }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void fastify.close().then(() => process.exit(0)))
