import type { AddressInfo } from 'node:net'
import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'
import { Hazard } from '../hazard/hazard.entity.js'
import { act } from '../shared/act.js'
import type { App } from '../app.js'
import type { Store } from '../store.js'
import type { Town } from './town.js'

/** Opens the town to the network; gives the address of its sockets. */
export async function listen(app: App, port = 0): Promise<string> {
  await app.fastify.listen({ host: '127.0.0.1', port })
  return `ws://127.0.0.1:${(app.fastify.server.address() as AddressInfo).port}/graphql`
}

export interface LiveClient extends Client {
  /** The codes with which its sockets were closed. */
  closes: number[]
  /** When, on the clock of performance.now(). */
  closedAt: number[]
  dispose(): Promise<void>
}

/** A socket that is given up while it opens says so to nobody. */
class QuietSocket extends WebSocket {
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args)
    this.on('error', () => undefined)
  }
}

const KEEP_ALIVE = 12_000

/** A client as the pages use it: a silent line is given up, it comes back for ever, or with `once` not at all; `idle` opens its socket though it asks for nothing. */
export function liveClient(url: string, token?: string, { once = false, idle = false } = {}): LiveClient {
  const closes: number[] = []
  const closedAt: number[] = []
  const closed = (event: unknown) => {
    closes.push((event as { code: number }).code)
    closedAt.push(performance.now())
  }
  let silent: NodeJS.Timeout | undefined
  const heardOf = () => clearTimeout(silent)
  const client = createClient({
    ...{ url, webSocketImpl: QuietSocket, keepAlive: KEEP_ALIVE, retryAttempts: once ? 0 : Infinity, shouldRetry: () => !once },
    ...{ lazy: !idle, onNonLazyError: () => undefined },
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 50)),
    ...(token ? { connectionParams: { token } } : {}),
    on: {
      closed: (event) => (heardOf(), closed(event)),
      ping: (received) => void (received || (silent = setTimeout(() => client.terminate(), KEEP_ALIVE).unref())),
      pong: heardOf,
    },
  })
  const dispose = client.dispose.bind(client)
  // A line that was refused while it came back has nothing left to close.
  return Object.assign(client, { closes, closedAt, dispose: () => Promise.resolve(dispose()).catch(() => undefined) })
}

export interface Heard<Event> {
  events: Event[]
  errors: unknown[]
  ended: boolean
  /** Waits until so many events have come. */
  count(n: number, withinMs?: number): Promise<Event[]>
  stop(): void
}

/** Collects what one subscription brings. */
export function hear<Event>(client: Client, query: string, variables: Record<string, unknown> = {}): Heard<Event> {
  const heard: Heard<Event> = {
    ...{ events: [], errors: [], ended: false },
    count: async (n, withinMs = 5_000) => {
      await comesTrue(() => heard.events.length >= n || heard.ended, withinMs)
      if (heard.events.length < n) throw new Error(`${heard.events.length} of ${n} events came; ${JSON.stringify(heard.errors)}`)
      return heard.events
    },
    stop: () => undefined,
  }
  const ended = () => void (heard.ended = true)
  heard.stop = client.subscribe<Record<string, Event>>(
    { query, variables },
    {
      next: ({ data, errors }) => {
        if (errors) heard.errors.push(...errors)
        if (data) heard.events.push(Object.values(data)[0]!)
      },
      error: (error) => {
        heard.errors.push(error)
        ended()
      },
      complete: ended,
    },
  )
  return heard
}

async function comesTrue(done: () => boolean, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (!done()) {
    if (Date.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return true
}

/** Waits for something to be so; that it does not come is an error. */
export async function until(done: () => boolean, withinMs = 5_000): Promise<void> {
  if (!(await comesTrue(done, withinMs))) throw new Error(`not so within ${withinMs} ms: ${String(done)}`)
}

/** Changes one hazard past its rules, as one act of the system. */
export async function alter(store: Store, id: string, change: Partial<Hazard>, now = new Date()): Promise<void> {
  await act(
    { em: store.em({ division: '35' }), actor: undefined, now, request: 'test' },
    'test',
    async ({ em }) => void Object.assign(await em.findOneOrFail(Hazard, { id }), change),
  )
}

/** Ends a session or a link, or whatever one statement of an act does. */
export const ends = (town: Town, work: Parameters<typeof act>[2]) =>
  act({ em: town.store.em({ division: '35' }), actor: undefined, now: town.clock.now, request: 'test' }, 'test', work)
