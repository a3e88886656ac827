import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { assessmentRoutes } from './assessment/assessment.routes.js'
import { attachmentRoutes } from './attachment/attachment.routes.js'
import { openFiles, workshopOf } from './attachment/openFiles.js'
import type { ContextOf } from './app.js'
import { campaignRoutes } from './campaign/campaign.routes.js'
import type { Config } from './config.js'
import { packRoutes } from './dossier/pack.routes.js'
import { letterRoutes } from './letter/letter.routes.js'
import { ledgerRoutes } from './ledger/ledger.routes.js'
import { normRoutes } from './ledger/norm.routes.js'
import { LISTS } from './lists.js'
import { externalRoutes } from './person/external/external.routes.js'
import { publicRoutes } from './public/public.routes.js'
import { questionRoutes } from './question/question.routes.js'
import type { Door } from './shared/door.js'
import { reportRoutes } from './report/report.routes.js'
import { statisticsRoutes } from './statistics/statistics.routes.js'
import type { Store } from './store.js'

export interface AppRoutes {
  store: Store
  config: Config
  contextOf: ContextOf
  /** The same, and whom an access token stands for. */
  questionContextOf: ContextOf
  /** The same, and whom a post's PIN stands for: it sends photos of its own card. */
  uploadContextOf: ContextOf
  clock: () => Date
  door: Door
}

const WEB = fileURLToPath(new URL('../../web/dist/', import.meta.url))

/** Everything beside the graph: files, ledgers, exports, and the built app with its history routes. */
export async function appRoutes(
  fastify: FastifyInstance,
  { store, config, contextOf, questionContextOf, uploadContextOf, clock, door }: AppRoutes,
): Promise<void> {
  const { files, papers } = openFiles(config)
  await fastify.register(attachmentRoutes, {
    contextOf,
    uploadContextOf,
    files,
    uploadMb: config.uploadMb,
    publicUrl: config.publicUrl,
  })
  await fastify.register(ledgerRoutes, { contextOf, schemaFor: (role) => door.schemaFor(role), publicUrl: config.publicUrl })
  await fastify.register(normRoutes, {
    contextOf,
    files,
    uploadMb: config.uploadMb,
    publicUrl: config.publicUrl,
  })
  await fastify.register(statisticsRoutes, { contextOf, schemaFor: (role) => door.schemaFor(role) })
  await fastify.register(questionRoutes, {
    contextOf: questionContextOf,
    personOf: contextOf,
    graph: { door, lists: LISTS },
    store,
    publicUrl: config.publicUrl,
  })
  await fastify.register(reportRoutes, { contextOf })
  await fastify.register(packRoutes, { contextOf, files, publicUrl: config.publicUrl })
  await fastify.register(assessmentRoutes, { contextOf })
  await fastify.register(campaignRoutes, { contextOf, files })
  await fastify.register(letterRoutes, { contextOf, store, files, papers, workshop: workshopOf(config.dataDir), clock })
  await fastify.register(publicRoutes, { contextOf, files, publicUrl: config.publicUrl })
  await fastify.register(externalRoutes, { contextOf, store, external: config.external, publicUrl: config.publicUrl })
  if (!existsSync(WEB)) return
  await fastify.register(fastifyStatic, {
    root: WEB,
    preCompressed: true,
    setHeaders: (reply, path) => {
      // Built files carry their hash in the name; the page itself is asked for anew each time.
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  fastify.setNotFoundHandler((request, reply) => {
    if (request.method === 'GET' && (request.headers.accept ?? '').includes('text/html'))
      return reply.header('cache-control', 'no-cache').sendFile('index.html')
    return reply.code(404).send({ error: '没有这个地址' })
  })
}
