import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, type GraphQLError } from 'graphql'
import { CloseCode, type Context as SocketContext, makeServer } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Context } from './context.js'
import { deliver, type Delivery, type Subscribing } from './deliver.js'
import { asError, type Door } from './door.js'
import { Line, type Visitor } from './line.js'
import { Refusal } from './refusal.js'

export interface SocketOptions {
  /** Finds out who holds the socket, from its cookie or the token it was opened with; undefined refuses it. */
  visit(cookieHeader: string | undefined, token: string | undefined, address: string): Promise<Visitor | undefined>
  originAllowed(origin: string | undefined, host: string | undefined): boolean
  /** Tells which records an act has touched on which somebody's rights hang, until the signal ends it. */
  touched(tell: (records: ReadonlySet<string>) => void, signal: AbortSignal): void
  report(error: unknown, request: string): void
}
export interface Sockets {
  open(): number
  close(): Promise<void>
}

const PROTOCOL = 'graphql-transport-ws'
const MAX_SUBSCRIPTIONS = 20
const MAX_SOCKETS = 2_000
const MAX_STRANGERS = 300
const MAX_MESSAGE = 64 * 1024
/** So often that what ends by the clock ends within a second. */
const LOOK_MS = 900
const LOOKS_AT_ONCE = 4
const INIT_MS = 3_000
const FAREWELL_MS = 2_000
const TRY_AGAIN = 1013

type Extra = { line: Line; request: IncomingMessage }
type Ctx = SocketContext<Record<string, unknown>, Extra>
type Asked = ExecutionArgs & { delivery: Delivery }

/** Subscriptions over graphql-transport-ws on /graphql, and nothing but subscriptions. */
export function openSocketServer(http: Server, door: Door, options: SocketOptions): Sockets {
  const lines = new Set<Line>()
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
  })
  http.on('upgrade', (request, socket, head) => {
    const refused = refusedUpgrade(request, options, lines)
    if (refused) return refuse(socket, refused)
    wss.handleUpgrade(request, socket, head, (opened) => open(opened, request))
  })

  const protocol = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: INIT_MS,
    onConnect: (ctx) => welcome(ctx, options, lines),
    onSubscribe: (ctx, id, payload) => prepare(ctx, id, payload, door, (error) => fail(ctx.extra.line, error)),
    subscribe: async (args) => {
      const { delivery, ...rest } = args as Asked
      const source = await createSourceEventStream(rest)
      return Symbol.asyncIterator in source ? deliver(source, delivery) : source
    },
    onNext: (_ctx, id, _payload, _args, result) => shown(door, id, result) as ExecutionResult,
    onError: (_ctx, id, _payload, errors) => errors.map((error) => door.format(error, id)),
  })

  const fail = (line: Line, error: unknown) => {
    options.report(error, 'socket')
    line.close(TRY_AGAIN, 'Try again later')
  }
  const end = new AbortController()
  let watching = false
  /** Once there is anybody whose rights may end. */
  function watchRights(): void {
    if (watching) return
    watching = true
    options.touched((records) => void lookAgain([...lines].filter(({ visitor }) => visitor?.hangsOn.some((id) => records.has(id)))), end.signal)
  }
  function open(socket: WebSocket, request: IncomingMessage): void {
    watchRights()
    const line = new Line(socket)
    lines.add(line)
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) => line.send(text),
        close: (code, reason) => line.close(code ?? CloseCode.InternalServerError, reason ?? ''),
        onMessage: (heard) => line.onMessage((text) => heard(text).catch((error: unknown) => fail(line, error))),
      },
      { line, request },
    )
    socket.once('close', (code, reason) => {
      lines.delete(line)
      closed(code, String(reason)).catch((error: unknown) => fail(line, error))
    })
  }

  let looking = false
  const timer = setInterval(() => {
    for (const line of lines) line.look()
    if (looking) return
    looking = true
    void lookAgain(lines).finally(() => (looking = false))
  }, LOOK_MS)
  timer.unref()
  return {
    open: () => lines.size,
    close: async () => {
      clearInterval(timer)
      end.abort()
      wss.close()
      for (const line of lines) line.close(1001, 'Going away')
      const deadline = Date.now() + FAREWELL_MS
      while (lines.size && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20))
      for (const line of lines) line.socket.terminate()
    },
  }
}

function refusedUpgrade(request: IncomingMessage, options: SocketOptions, lines: Set<Line>): string | undefined {
  if (request.url?.split('?')[0] !== '/graphql') return '404 Not Found'
  if (!options.originAllowed(request.headers.origin, request.headers.host)) return '403 Forbidden'
  const strangers = [...lines].filter((line) => !line.visitor).length
  return lines.size >= MAX_SOCKETS || strangers >= MAX_STRANGERS ? '503 Service Unavailable' : undefined
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => undefined)
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

async function welcome(ctx: Ctx, options: SocketOptions, lines: Set<Line>): Promise<boolean> {
  const { line, request } = ctx.extra
  const token = ctx.connectionParams?.['token']
  const visitor = await options.visit(request.headers.cookie, typeof token === 'string' ? token : undefined, request.socket.remoteAddress ?? '')
  if (!visitor) return false
  const held = [...lines].filter((one) => one.visitor?.account === visitor.account).length
  if (held >= visitor.most) {
    line.close(TRY_AGAIN, 'Too many connections')
    return false
  }
  line.visitor = visitor
  return true
}

async function prepare(ctx: Ctx, id: string, payload: unknown, door: Door, failed: (error: unknown) => void): Promise<Asked | readonly GraphQLError[]> {
  if (Object.keys(ctx.subscriptions).length > MAX_SUBSCRIPTIONS) return [asError(new Refusal('TOO_MANY', `一个连接最多 ${MAX_SUBSCRIPTIONS} 个订阅`))]
  const context = await look(ctx.extra.line, id)
  if (!context) return [asError(new Refusal('UNAUTHENTICATED', '请先登录'))]
  const prepared = door.prepare(payload as never, context.actor)
  if (!('document' in prepared)) return prepared.map((error) => door.format(error, id))
  const { schema, document, operation, operationName, variables, cost } = prepared
  if (operation.operation !== 'subscription') return [asError(new Refusal('BAD_QUERY', '查询和操作请用 HTTP，这里只接受订阅'))]
  const stop = new AbortController()
  const contextValue: Subscribing = Object.assign(context, { signal: stop.signal })
  const args: ExecutionArgs = { schema, document, operationName, variableValues: variables, contextValue }
  return {
    ...args,
    delivery: {
      ...{ id, args, stop, cost: { points: cost }, pass: ctx.extra.line.visitor!.pass, failed },
      ...{ fresh: () => ctx.extra.line.visitor!.context(id), sendAway: () => ctx.extra.line.close(CloseCode.Forbidden, 'Forbidden') },
      ...{ send: (frame) => ctx.extra.line.send(frame), shown: (result) => shown(door, id, result) },
    },
  }
}

const shown = (door: Door, id: string, result: ExecutionResult) =>
  result.errors ? { ...result, errors: result.errors.map((error) => door.format(error, id)) } : result

/** Who holds the line now; when he may hear no more, it is closed on the spot. */
async function look(line: Line, request: string): Promise<Context | undefined> {
  const context = await line.visitor?.context(request)
  if (!context) line.close(CloseCode.Forbidden, 'Forbidden')
  return context
}

/** Who may hear no more loses his sockets: looked at as soon as an act has touched him, and every second for what ends by the clock. */
async function lookAgain(lines: Iterable<Line>): Promise<void> {
  const passes = Map.groupBy(
    [...lines].filter(({ visitor, open }) => visitor && open),
    ({ visitor }) => visitor!.pass,
  )
  const left = [...passes.values()]
  const work = async () => {
    for (let held = left.pop(); held; held = left.pop()) {
      // When the database does not answer, nobody is sent away for it.
      const gone = await held[0]!.visitor!.context('look').then(
        (context) => !context,
        () => false,
      )
      if (gone) for (const line of held) line.close(CloseCode.Forbidden, 'Forbidden')
    }
  }
  await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, work))
}
