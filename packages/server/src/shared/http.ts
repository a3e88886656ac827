import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import { createHandler } from 'graphql-http'
import type { Context } from './context.js'
import { asError, type Door, type Prepared } from './door.js'
import { Refusal } from './refusal.js'
import { costOf } from './read/ask.js'
import { runQuery } from './runQuery.js'

type ContextOf = (request: FastifyRequest, reply: FastifyReply) => Promise<Context>
interface Raw {
  request: FastifyRequest
  reply: FastifyReply
}

/** A browser sends these only after asking first, so a foreign page cannot; a simple cross-site form or image cannot read or act. */
const ASKED_FIRST = ['apollo-require-preflight', 'x-apollo-operation-name', 'graphql-require-preflight', 'authorization']

/** GraphQL over HTTP as specified, by the reference implementation; queries by GET, everything by POST with JSON. */
export function graphRoutes(fastify: FastifyInstance, door: Door, contextOf: ContextOf): void {
  const preparedOf = new WeakMap<Context, Prepared>()
  const requestOf = new WeakMap<Context, FastifyRequest>()
  const waits = new WeakMap<FastifyRequest, number>()
  const handle = createHandler<Raw, undefined, Record<PropertyKey, unknown>>({
    onSubscribe: async (req, params) => {
      const { request, reply } = req.raw
      if (request.method === 'GET' && !ASKED_FIRST.some((name) => request.headers[name]))
        return [
          JSON.stringify({ errors: [asError(new Refusal('CSRF', '用 GET 查询时请带上请求头 graphql-require-preflight: 1'))] }),
          { status: 400, statusText: 'Bad Request', headers: { 'content-type': 'application/json; charset=utf-8' } },
        ]
      const context = await contextOf(request, reply)
      requestOf.set(context, request)
      context.signal = whileConnected(reply)
      const prepared = door.prepare(params, context.actor)
      if (!('document' in prepared)) {
        noteWait(waits, request, prepared)
        return prepared
      }
      const { schema, document, operationName, variables } = prepared
      preparedOf.set(context, prepared)
      return { schema, document, operationName, variableValues: variables, contextValue: context as never }
    },
    execute: async (args) => {
      const context = args.contextValue as unknown as Context
      const prepared = preparedOf.get(context)!
      const began = performance.now()
      const result = await runQuery(prepared.schema, prepared, context)
      if (context.signal?.aborted) return { data: null } // nobody hears it
      const extensions = { cost: { ...costOf(prepared, context), elapsedMs: Math.round(performance.now() - began) } }
      if (!result.errors) return { ...result, extensions }
      const errors = result.errors.map((error) => door.format(error, context.request))
      if (result.data == null) noteWait(waits, requestOf.get(context)!, errors)
      return { ...result, errors, extensions }
    },
    formatError: (error) => {
      if (error instanceof GraphQLError) return error.extensions['code'] ? error : door.format(error, '')
      // Only reading the request gives anything else.
      return asError(new Refusal('BAD_QUERY', '请求应为 JSON 对象：{"query": "…", "variables": {…}, "operationName": "…"}'))
    },
  })
  fastify.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: async (request, reply) => {
      const [body, init] = await handle({
        url: request.url,
        method: request.method,
        headers: request.headers,
        body: request.body as never,
        raw: { request, reply },
        context: undefined,
      })
      const wait = waits.get(request)
      return reply
        .code(wait ? 429 : init.status)
        .headers({ ...init.headers, 'cache-control': 'no-store', ...(wait ? { 'retry-after': String(wait) } : {}) })
        .send(body ?? undefined)
    },
  })
  // The reference handler reads the body itself when it is text: a wrong content type must reach it, not fail before it.
  fastify.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => done(null, body))
}

/** Nothing was answered because there was too much to do: the status says so, and when to come again. */
function noteWait(waits: WeakMap<FastifyRequest, number>, request: FastifyRequest, errors: readonly GraphQLError[]): void {
  const wait = errors.map(({ extensions }) => extensions['retryAfter'] ?? extensions['seconds']).find((seconds) => typeof seconds === 'number')
  if (wait !== undefined) waits.set(request, wait)
}

/** Ends when the caller hangs up before he has his answer: nobody waits for what is still being looked up. */
function whileConnected(reply: FastifyReply): AbortSignal {
  const stop = new AbortController()
  reply.raw.once('close', () => void (reply.raw.writableFinished || stop.abort()))
  return stop.signal
}
