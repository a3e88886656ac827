import type { ExecutionResult } from 'graphql'
import type { Context } from './context.js'
import { Newest } from './newest.js'
import { Refusal } from './refusal.js'
import { answering, type Asking } from './sameForAll.js'

/** What a subscription's own `subscribe` is given: it ends when the reader leaves. */
export interface Subscribing extends Context {
  signal: AbortSignal
}

export interface Delivery extends Asking {
  id: string
  stop: AbortController
  /** Told once, with the first event, under `extensions.cost`. */
  cost: { points: number }
  /** What becomes of a reader who may hear no more. */
  sendAway(): void
  /** One message, in pieces; a promise when he reads slower than we write, kept when he has caught up. */
  send(message: readonly Buffer[]): Promise<void> | undefined
  /** Something broke that is not the reader's doing: he should come again. */
  failed(error: unknown): void
}

const END = Buffer.from('}}')

/**
 * Carries the events of one subscription to its reader, one after the other: who he is is looked up again for each, and
 * the next is taken only when the last is on its way. It yields nothing; it sends itself.
 */
export function deliver(source: AsyncIterable<unknown>, delivery: Delivery): AsyncGenerator<ExecutionResult, void, void> {
  const { stop } = delivery
  const end = () => {
    stop.abort()
    return Promise.resolve({ done: true as const, value: undefined })
  }
  return {
    next: () =>
      (source instanceof Newest ? carryNewest(source, delivery) : carryEach(source, delivery))
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

/** Every event of a source, in its order. */
async function carryEach(source: AsyncIterable<unknown>, delivery: Delivery): Promise<void> {
  const carry = carrier(delivery)
  for await (const event of source) {
    if (delivery.stop.signal.aborted) return
    const left = await new Promise<boolean>((resolve, reject) => carry(event, { on: () => resolve(false), over: () => resolve(true), failed: reject }))
    if (left) return
  }
}

/** What is newest whenever the reader is ready. No promise for an event: it goes out to hundreds of readers in one turn. */
function carryNewest(source: Newest<unknown>, delivery: Delivery): Promise<void> {
  return new Promise((resolve, reject) => {
    const carry = carrier(delivery)
    const { signal } = delivery.stop
    let take: (() => unknown) | undefined
    let busy = false
    const then = {
      on: () => {
        busy = false
        more()
      },
      over: resolve,
      failed: reject,
    }
    const more = () => {
      if (busy || !take || signal.aborted) return
      try {
        const event = take()
        if (event === undefined) return
        busy = true
        carry(event, then)
      } catch (error) {
        reject(error) // his own trouble: those who are told after him know nothing of it
      }
    }
    signal.addEventListener('abort', () => resolve(), { once: true })
    source
      .open(more)
      .then((place) => {
        take = place.take
        more()
      })
      .catch(reject)
  })
}

interface Then {
  /** It is on its way: ready for the next. */
  on(): void
  /** Nobody is there any more. */
  over(): void
  failed(error: unknown): void
}
function carrier(delivery: Delivery): (event: unknown, then: Then) => void {
  const { signal } = delivery.stop
  const answer = answering(delivery)
  // Only the id and the first event's cost are the reader's own; the bytes between them are everybody's.
  const head = Buffer.from(`{"id":${JSON.stringify(delivery.id)},"type":"next","payload":`)
  let tail = Buffer.from(`,"extensions":${JSON.stringify({ cost: delivery.cost })}}}`)
  return (event, then) =>
    answer(event, {
      body: (bytes) => {
        if (!bytes) delivery.sendAway()
        if (!bytes || signal.aborted) return then.over()
        const behind = delivery.send([head, bytes, tail])
        tail = END
        if (behind) behind.then(then.on).catch(then.failed)
        else then.on()
      },
      failed: then.failed,
    })
}
