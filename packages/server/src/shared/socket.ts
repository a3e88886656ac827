import type { Server } from 'node:http'
import { type ExecutionArgs, execute, GraphQLError, subscribe } from 'graphql'
import { CloseCode, type Context as SocketContext } from 'graphql-ws'
import { type Extra as WsExtra, useServer } from 'graphql-ws/use/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Context } from './context.js'
import { asError, type Door } from './door.js'
import { Refusal } from './refusal.js'

/** Who opened a socket, asked again before every event. Undefined once the session or link is gone. */
export interface Visitor {
  context(request: string): Promise<Context | undefined>
}
export interface SocketOptions {
  /** Finds out who holds the socket, from its cookie or the token it was opened with; undefined refuses it. */
  visit(cookieHeader: string | undefined, token: string | undefined, address: string): Promise<Visitor | undefined>
  originAllowed(origin: string | undefined, host: string | undefined): boolean
}

const MAX_SUBSCRIPTIONS = 20
const MAX_SOCKETS = 2_000
const MAX_MESSAGE = 64 * 1024
/** A reader that lets this much pile up is not reading: its socket is closed and hurts nobody. */
const MAX_BUFFERED = 1024 * 1024
const LOOK_AGAIN_MS = 1_000

type Extra = WsExtra & Record<PropertyKey, unknown>
type Held = { visitor?: Visitor }

export interface Sockets {
  close(): Promise<void>
}

export function openSocketServer(http: Server, door: Door, options: SocketOptions): Sockets {
  const wss = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false, handleProtocols: (protocols) => (protocols.has('graphql-transport-ws') ? 'graphql-transport-ws' : false) })
  http.on('upgrade', (request, socket, head) => {
    const path = request.url?.split('?')[0]
    if (path !== '/graphql') return void socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
    if (!options.originAllowed(request.headers.origin, request.headers.host)) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    if (wss.clients.size >= MAX_SOCKETS) return void socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n')
    wss.handleUpgrade(request, socket, head, (opened) => wss.emit('connection', opened, request))
  })
  const held = new Map<WebSocket, Held>()
  wss.on('connection', (socket) => {
    held.set(socket, {})
    socket.on('close', () => held.delete(socket))
    socket.on('error', () => socket.terminate())
  })
  const timer = setInterval(() => void lookAgain(held), LOOK_AGAIN_MS)
  timer.unref()
  type Ctx = SocketContext<Record<string, unknown>, Extra>
  const server = useServer<Record<string, unknown>, Extra>(
    {
      connectionInitWaitTimeout: 3_000,
      onConnect: async (ctx: Ctx) => {
        const { request, socket } = ctx.extra
        const token = ctx.connectionParams?.['token']
        const visitor = await options.visit(request.headers.cookie, typeof token === 'string' ? token : undefined, request.socket.remoteAddress ?? '')
        if (!visitor) return false
        held.set(socket as unknown as WebSocket, { visitor })
        return true
      },
      onSubscribe: async (ctx: Ctx, id, payload): Promise<ExecutionArgs | readonly GraphQLError[]> => {
        if (Object.keys(ctx.subscriptions).length > MAX_SUBSCRIPTIONS) return [asError(new Refusal('TOO_MANY', `一个连接最多 ${MAX_SUBSCRIPTIONS} 个订阅`))]
        const visitor = held.get(ctx.extra.socket as unknown as WebSocket)?.visitor
        const context = await visitor?.context(id)
        if (!context) {
          ctx.extra.socket.close(CloseCode.Forbidden, 'Forbidden')
          return [asError(new Refusal('UNAUTHENTICATED', '请先登录'))]
        }
        const prepared = door.prepare(payload as never, !!context.actor)
        if (Array.isArray(prepared)) return (prepared as readonly GraphQLError[]).map((error) => door.format(error, id))
        const { document, operation, operationName, variables } = prepared as Exclude<typeof prepared, readonly GraphQLError[]>
        if (operation.operation !== 'subscription') return [asError(new Refusal('BAD_QUERY', '查询和操作请用 HTTP，这里只接受订阅'))]
        // Every event is executed in a context of its own: the session is looked up again, the rows are fresh.
        const perEvent = { ...context, fresh: () => visitor!.context(id) }
        return { schema: door.schema, document, operationName, variableValues: variables, contextValue: perEvent }
      },
      subscribe: (args) => subscribe(args as ExecutionArgs),
      execute: async (args) => {
        const event = args as ExecutionArgs
        const fresh = await (event.contextValue as { fresh(): Promise<Context | undefined> }).fresh()
        if (!fresh) return { errors: [asError(new Refusal('UNAUTHENTICATED', '登录已失效'))] }
        return execute({ ...event, contextValue: fresh })
      },
      onNext: (ctx: Ctx, id, _payload, _args, result) => {
        const socket = ctx.extra.socket as unknown as WebSocket
        if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate()
        return result.errors ? { ...result, errors: result.errors.map((error) => door.format(error, id)) } : result
      },
      onError: (_ctx, id, _payload, errors) => errors.map((error) => door.format(error, id)),
    },
    wss as never,
    12_000,
  )
  return {
    close: async () => {
      clearInterval(timer)
      for (const socket of wss.clients) socket.close(1001, 'Going away')
      await server.dispose()
    },
  }
}

/** A revoked session or link ends its sockets within about a second, whether or not anything happens. */
async function lookAgain(held: Map<WebSocket, Held>): Promise<void> {
  for (const [socket, { visitor }] of held) {
    if (!visitor || socket.readyState !== socket.OPEN) continue
    const context = await visitor.context('look').catch(() => undefined)
    if (!context) socket.close(CloseCode.Forbidden, 'Forbidden')
  }
}
