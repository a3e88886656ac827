import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ExecutionResult, GraphQLError } from 'graphql'
import { createHandler } from 'graphql-http'
import type { Context } from './context.js'
import { asError, type Asked, type Door, type Prepared } from './door.js'
import { dataHeaders } from './pageHeaders.js'
import { Refusal } from './refusal.js'
import { costOf } from './read/ask.js'
import { runQuery } from './runQuery.js'

type ContextOf = (request: FastifyRequest, reply: FastifyReply) => Promise<Context>
interface Raw {
  request: FastifyRequest
  reply: FastifyReply
}
/** An operation that the door let in, or what it said instead. */
type Begun = { context: Context; prepared: Prepared } | readonly GraphQLError[]

/** A browser sends these only after asking first, so a foreign page cannot; a simple cross-site form or image cannot read or act. */
const ASKED_FIRST = ['apollo-require-preflight', 'x-apollo-operation-name', 'graphql-require-preflight', 'authorization']

/** GraphQL over HTTP as specified, by the reference implementation; queries by GET, everything by POST with JSON. */
export function graphRoutes(fastify: FastifyInstance, door: Door, contextOf: ContextOf, https: boolean): void {
  const begunBefore = new WeakMap<FastifyRequest, Begun>()
  const preparedOf = new WeakMap<Context, Prepared>()
  const requestOf = new WeakMap<Context, FastifyRequest>()
  const waits = new WeakMap<FastifyRequest, number>()

  async function begin(request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<Begun> {
    const context = await contextOf(request, reply)
    whileConnected(context, reply)
    const prepared = door.prepare(asked, context.actor)
    return 'document' in prepared ? { context, prepared } : prepared
  }

  async function answer(context: Context, prepared: Prepared, request: FastifyRequest): Promise<ExecutionResult> {
    const began = performance.now()
    const result = await runQuery(prepared.schema, prepared, context)
    const extensions = { cost: { ...costOf(prepared, context), elapsedMs: Math.round(performance.now() - began) } }
    if (!result.errors) return { data: result.data, extensions } as ExecutionResult
    if (context.signal?.aborted) return { data: null } // nobody hears it
    const errors = result.errors.map((error) => door.format(error, context.request))
    if (result.data == null) noteWait(waits, request, errors)
    return { ...result, errors, extensions }
  }

  const handle = createHandler<Raw, undefined, Record<PropertyKey, unknown>>({
    onSubscribe: async (req, params) => {
      const { request, reply } = req.raw
      if (request.method === 'GET' && !ASKED_FIRST.some((name) => request.headers[name]))
        return [
          JSON.stringify({ errors: [asError(new Refusal('CSRF', '用 GET 查询时请带上请求头 graphql-require-preflight: 1'))] }),
          { status: 400, statusText: 'Bad Request', headers: { 'content-type': 'application/json; charset=utf-8' } },
        ]
      const begun = begunBefore.get(request) ?? (await begin(request, reply, params))
      if (isRefused(begun)) {
        noteWait(waits, request, begun)
        return begun
      }
      const { context, prepared } = begun
      requestOf.set(context, request)
      preparedOf.set(context, prepared)
      const { schema, document, operationName, variables } = prepared
      return { schema, document, operationName, variableValues: variables, contextValue: context as never }
    },
    execute: async (args) => {
      const context = args.contextValue as unknown as Context
      return answer(context, preparedOf.get(context)!, requestOf.get(context)!)
    },
    formatError: (error) => {
      if (error instanceof GraphQLError) return error.extensions['code'] ? error : door.format(error, '')
      // Only reading the request gives anything else.
      return asError(new Refusal('BAD_QUERY', '请求应为 JSON 对象：{"query": "…", "variables": {…}, "operationName": "…"}'))
    },
  })

  /** What every screen sends, a query as plain JSON: answered with nothing in between. Everything else goes the long way. */
  const say = quickAnswers(https)
  async function quickly(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const type = acceptedBy(request)
    const asked = type && askedPlainly(request)
    if (!asked) return false
    const begun = await begin(request, reply, asked)
    if (isRefused(begun) || begun.prepared.operation.operation !== 'query') {
      begunBefore.set(request, begun)
      return false
    }
    const result = await answer(begun.context, begun.prepared, request)
    say(reply, type, JSON.stringify(result), waits.get(request))
    return true
  }

  fastify.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    // Who asks is looked up before the graph is: what goes wrong there is told as the graph tells it.
    errorHandler: (error, request, reply) => {
      if ((error.statusCode ?? 500) < 500) return void reply.send(error)
      const told = door.format(error, request.id)
      void reply.code(told.extensions['code'] === 'DATABASE_AWAY' ? 503 : 500).send({ errors: [told] })
    },
    handler: async (request, reply) => {
      if (await quickly(request, reply)) return reply
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

const isRefused = (begun: Begun): begun is readonly GraphQLError[] => !('context' in begun)

const JSON_TYPES = new Set(['application/json', 'application/json; charset=utf-8', 'application/json;charset=utf-8'])
const PLAIN = 'application/json; charset=utf-8'
const GRAPH = 'application/graphql-response+json'

/** The type of the answer where the header is one of the usual ones, undefined where it must be read with care. */
function acceptedBy({ headers: { accept = '*/*' } }: FastifyRequest): string | undefined {
  if (accept === '*/*' || accept === 'application/json') return PLAIN
  return accept === GRAPH || accept.startsWith(`${GRAPH},`) ? `${GRAPH}; charset=utf-8` : undefined
}

function askedPlainly({ method, headers, body }: FastifyRequest): Asked | undefined {
  if (method !== 'POST' || !JSON_TYPES.has(headers['content-type'] ?? '') || !isObject(body)) return undefined
  const { query, variables, operationName } = body
  if (typeof query !== 'string' || !(variables == null || isObject(variables)) || !(operationName == null || typeof operationName === 'string'))
    return undefined
  return { query, variables, operationName }
}
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function quickAnswers(https: boolean): (reply: FastifyReply, type: string, text: string, wait: number | undefined) => void {
  const fixed = Object.entries(dataHeaders(https)).flat()
  return (reply, type, text, wait) => {
    const headers = [...fixed, 'content-type', type, 'content-length', String(Buffer.byteLength(text))]
    if (wait) headers.push('retry-after', String(wait))
    reply.hijack()
    reply.raw.writeHead(wait ? 429 : 200, headers).end(text)
  }
}

/** Nothing was answered because there was too much to do: the status says so, and when to come again. */
function noteWait(waits: WeakMap<FastifyRequest, number>, request: FastifyRequest, errors: readonly GraphQLError[]): void {
  const wait = errors.map(({ extensions }) => extensions['retryAfter'] ?? extensions['seconds']).find((seconds) => typeof seconds === 'number')
  if (wait !== undefined) waits.set(request, wait)
}

/** The context's signal ends when the caller hangs up before he has his answer: nobody waits for what is still being looked up. Made for those who look. */
function whileConnected(context: Context, { raw }: FastifyReply): void {
  let stop: AbortController | undefined
  Object.defineProperty(context, 'signal', {
    ...{ enumerable: true, configurable: true },
    get: () => {
      if (!stop) {
        const made = (stop = new AbortController())
        if (raw.destroyed && !raw.writableFinished) made.abort()
        else raw.once('close', () => void (raw.writableFinished || made.abort()))
      }
      return stop.signal
    },
  })
}
