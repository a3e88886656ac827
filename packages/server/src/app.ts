import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { appRoutes } from './appRoutes.js'
import { openBoards } from './board/boards.js'
import { visitBoard } from './board/visit.js'
import { visitCard } from './card/cardVisit.js'
import type { Config } from './config.js'
import { healthRoutes } from './health.js'
import { lastKnocks } from './lastKnocks.js'
import { authenticate, SESSION_COOKIE } from './person/authenticate.js'
import { noteLeaving } from './person/external/cookies.js'
import { noteSeen } from './person/lastSeen.js'
import { standingIn } from './person/standIn.js'
import { noteUsed } from './question/lastUsed.js'
import { spendToken } from './question/spend.js'
import { holderOf } from './question/token.js'
import { useOutside } from './remind/outside.js'
import { metricsRoutes } from './metrics.js'
import { buildGraph } from './schema.js'
import type { Actor, Context } from './shared/context.js'
import { Door } from './shared/door.js'
import { graphRoutes } from './shared/http.js'
import { type Limits, LIMITS } from './shared/limits.js'
import { pageHeaders } from './shared/pageHeaders.js'
import { plainLog } from './shared/plainLog.js'
import { openSockets } from './sockets.js'
import type { Store } from './store.js'

export interface App {
  fastify: FastifyInstance
  door: Door
  /** Ends requests, closes sockets with a reason, in that order. */
  close(): Promise<void>
}

/** The request's own context: who asks, when, and a manager of its own that sees what that person may see. */
export type ContextOf = (request: FastifyRequest, reply: FastifyReply) => Promise<Context>

export async function buildApp(store: Store, config: Config, clock: () => Date = () => new Date(), limits: Limits = LIMITS): Promise<App> {
  const fastify = Fastify({
    logger: plainLog(config.logLevel),
    trustProxy: config.trustProxy,
    genReqId: () => randomUUID(),
    bodyLimit: 1024 * 1024,
    requestTimeout: 300_000,
    connectionTimeout: 0,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  })
  const report = (error: unknown, request: string) => fastify.log.error({ err: error, request }, 'unexpected')
  const door = new Door(buildGraph(), { introspection: config.introspection, report, spend: spendToken, limits })
  const contextOf: ContextOf = async (request, reply) => {
    const now = clock()
    const known = await authenticate(store.reader, tokenOf(request), now)
    if (known) noteSeen(store, known, now)
    const device = (request.headers['user-agent'] ?? '').slice(0, 200)
    return contextFor(store, {
      actor: known && standingIn(known.actor, known.pairs, delegationOf(request)),
      session: known?.session,
      now,
      request: request.id,
      address: request.ip,
      device,
      reply: cookieReply(reply, config),
    })
  }
  // An access token opens the graph for queries and their files, and nothing beside it: no file, no ledger, no socket.
  const questionContextOf: ContextOf = async (request, reply) => {
    const context = await contextOf(request, reply)
    const holder = context.actor ? undefined : await holderOf(store.reader, bearerOf(request) ?? '', context.now)
    if (!holder) return context
    noteUsed(store, holder, context.now)
    return contextFor(store, { ...askingOf(context), actor: holder.actor })
  }
  // A post's PIN opens the graph, where it may ask for its card, and takes that card's photos; nothing beside it.
  const cardContextOf = async (context: Context, request: FastifyRequest): Promise<Context> => {
    const card = context.actor ? undefined : await visitCard(store.reader, bearerOf(request), context.now)
    return card ? contextFor(store, { ...askingOf(context), ...card }) : context
  }
  const uploadContextOf: ContextOf = async (request, reply) => cardContextOf(await contextOf(request, reply), request)
  // A board link opens the graph, where it may ask for its board and point its wall, and nothing beside it: no file, no list.
  const graphContextOf: ContextOf = async (request, reply) => {
    const context = await cardContextOf(await questionContextOf(request, reply), request)
    const board = context.actor ? undefined : await visitBoard(store.reader, bearerOf(request), context.now)
    return board ? contextFor(store, { ...askingOf(context), ...board }) : context
  }
  await fastify.register(cookie)
  const https = config.publicUrl.startsWith('https:')
  pageHeaders(fastify, https)
  const health = healthRoutes(fastify, store)
  metricsRoutes(fastify, { reader: store.reader, sockets: () => sockets.open(), access: config.metrics })
  graphRoutes(fastify, door, graphContextOf, https)
  await appRoutes(fastify, { store, config, contextOf, questionContextOf, uploadContextOf, clock, door })
  openBoards(store.reader, clock)
  useOutside(config)
  const sockets = openSockets(fastify.server, door, { store, clock, publicUrl: config.publicUrl, report })
  return {
    fastify,
    door,
    close: async () => {
      health.drain()
      await sockets.close()
      await lastKnocks(fastify.server)
      await fastify.close()
    },
  }
}

export interface Asking {
  actor: Actor | undefined
  session: string | undefined
  now: Date
  request: string
  address: string
  device: string
  reply: Context['reply']
}

const askingOf = ({ actor, session, now, request, address, device, reply }: Context): Asking => ({ actor, session, now, request, address, device, reply })

export function contextFor(store: Store, asking: Asking): Context {
  let em: Context['em'] | undefined
  return {
    ...asking,
    reader: store.reader,
    // Made when first needed: most requests only read, and read plain rows.
    get em() {
      return (em ??= store.em(asking.actor?.scope))
    },
  }
}

export function tokenOf(request: { headers: FastifyRequest['headers']; cookies?: Record<string, string | undefined> }): string | undefined {
  return bearerOf(request) ?? request.cookies?.[SESSION_COOKIE]
}
const bearerOf = ({ headers }: { headers: FastifyRequest['headers'] }) => /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]

/** In which delegation the caller acts in somebody's stead. */
const delegationOf = ({ headers }: { headers: FastifyRequest['headers'] }) => {
  const given = headers['x-stand-in']
  return typeof given === 'string' && given ? given.slice(0, 40) : undefined
}

const cookieReply = (reply: FastifyReply, config: Config): Context['reply'] => ({
  sessionDays: config.sessionDays,
  setSession: (token, until) =>
    void reply.setCookie(SESSION_COOKIE, token, { httpOnly: true, sameSite: 'lax', path: '/', expires: until, secure: config.publicUrl.startsWith('https:') }),
  clearSession: () => {
    reply.clearCookie(SESSION_COOKIE, { path: '/' })
    if (config.external) noteLeaving(reply, config.publicUrl)
  },
})
