import { type DocumentNode, execute, type ExecutionArgs, type ExecutionResult } from 'graphql'
import type { Context } from './context.js'
import { Refusal } from './refusal.js'

/** What a subscription's own `subscribe` is given: it ends when the reader leaves. */
export interface Subscribing extends Context {
  signal: AbortSignal
}

export interface Delivery {
  id: string
  args: ExecutionArgs
  stop: AbortController
  /** Told once, with the first event, under `extensions.cost`. */
  cost: { points: number }
  /** Readers with the same pass are one and the same, and see the same. */
  pass: string
  /** The reader as he stands now; undefined when he may hear no more. */
  fresh(): Promise<Context | undefined>
  /** What becomes of a reader who may hear no more, where another of the same pass was looked up for him. */
  sendAway(): void
  /** One message, in pieces. */
  send(message: readonly Buffer[]): Promise<void>
  /** The answer as it goes out: errors in the user's words. */
  shown(result: ExecutionResult): unknown
  /** Something broke that is not the reader's doing: he should come again. */
  failed(error: unknown): void
}

/** What all readers of one event have in common. */
interface Shared {
  /** The answer of each query as bytes, without its last brace. */
  bodies: Map<DocumentNode, Map<string, Promise<Buffer>>>
  readers: Map<string, { at: number; looking: Promise<Context | undefined> }>
}
const shared = new WeakMap<object, Shared>()

/**
 * An event that reads the same for everybody who may hear it: executed and written once for each query, and each pass
 * looked up once, however many listen.
 */
export function sameForAll<Event extends object>(event: Event): Event {
  shared.set(event, { bodies: new Map(), readers: new Map() })
  return event
}

/**
 * Carries the events of one subscription to its reader, one after the other: who he is is looked up again for each, and
 * the next is taken only when the last is on its way. It yields nothing; it sends itself.
 */
export function deliver(source: AsyncIterable<unknown>, delivery: Delivery): AsyncGenerator<ExecutionResult, void, void> {
  const { id, stop, send } = delivery
  // Only the id and the first event's cost are the reader's own; the bytes between them are everybody's.
  let tail = Buffer.from(`,"extensions":${JSON.stringify({ cost: delivery.cost })}}}`)
  const head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`)
  const carry = async () => {
    for await (const event of source) {
      const context = stop.signal.aborted ? undefined : await readerOf(event, delivery)
      if (!context) return
      const body = await bodyOf(event, context, delivery)
      if (stop.signal.aborted) return
      await send([head, body, tail])
      tail = END
    }
  }
  const end = () => {
    stop.abort()
    return Promise.resolve({ done: true as const, value: undefined })
  }
  return {
    next: () =>
      carry()
        .catch((error: unknown) => {
          if (error instanceof Refusal) throw error
          delivery.failed(error)
        })
        .finally(end)
        .then(end),
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.asyncDispose]: () => end().then(() => undefined),
  }
}

/** Who takes an event later than this is looked up anew. */
const LOOK_MS = 1_000
const END = Buffer.from('}}')

/** Looked up after the event has come, so that nobody hears of what was committed after his rights were withdrawn. */
async function readerOf(event: unknown, { pass, fresh, sendAway }: Delivery): Promise<Context | undefined> {
  const readers = shared.get(event as object)?.readers
  if (!readers) return fresh()
  const known = readers.get(pass)
  if (!known || performance.now() - known.at > LOOK_MS) {
    const looking = fresh()
    readers.set(pass, { at: performance.now(), looking })
    looking.catch(() => readers.delete(pass))
    return looking
  }
  const context = await known.looking
  if (!context) sendAway()
  return context
}

function bodyOf(event: unknown, context: Context, delivery: Delivery): Promise<Buffer> {
  const bodies = shared.get(event as object)?.bodies
  if (!bodies) return body(event, context, delivery)
  const { document, operationName, variableValues } = delivery.args
  // Below its root a shared event takes no arguments: only switches (@include, @skip) change what is read.
  const switches = Object.entries(variableValues ?? {}).filter(([, value]) => typeof value === 'boolean')
  const key = JSON.stringify([operationName ?? '', switches])
  let byKey = bodies.get(document)
  if (!byKey) bodies.set(document, (byKey = new Map<string, Promise<Buffer>>()))
  let bytes = byKey.get(key)
  if (!bytes) byKey.set(key, (bytes = body(event, context, delivery)))
  return bytes
}

async function body(event: unknown, context: Context, { args, shown }: Delivery): Promise<Buffer> {
  return Buffer.from(JSON.stringify(shown(await execute({ ...args, rootValue: event, contextValue: context }))).slice(0, -1))
}
