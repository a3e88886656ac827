import type { FastifyInstance } from 'fastify'
import type { Store } from './store.js'

export function healthRoutes(fastify: FastifyInstance, store: Store): void {
  fastify.get('/healthz', () => ({ status: 'ok' }))
  fastify.get('/readyz', async (_request, reply) => {
    try {
      await store.reader.all('select seq from chain_head where id = 1')
      return { status: 'ok' }
    } catch {
      return reply.code(503).send({ status: 'database unavailable' })
    }
  })
}
