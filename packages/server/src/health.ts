import type { FastifyInstance } from 'fastify'
import { migrationsFor } from './migrations/migrations.js'
import type { Store } from './store.js'

export interface Health {
  /** From now on a balancer should send nobody here. */
  drain(): void
}

/** /healthz: the process lives. /readyz: it can serve, for its database answers and is as new as the program, and it is not about to stop. */
export function healthRoutes(fastify: FastifyInstance, store: Store): Health {
  const known = migrationsFor(store.engine).map(({ name }) => name)
  let draining = false
  fastify.get('/healthz', () => ({ status: 'ok' }))
  fastify.get('/readyz', async (_request, reply) => {
    const no = (status: string) => reply.code(503).header('cache-control', 'no-store').send({ status })
    if (draining) return no('draining')
    try {
      const done = new Set((await store.reader.all('select name from migration')).map(({ name }) => name))
      return known.every((name) => done.has(name)) ? { status: 'ok' } : await no('migrations missing')
    } catch {
      return no('database unavailable')
    }
  })
  return { drain: () => void (draining = true) }
}
