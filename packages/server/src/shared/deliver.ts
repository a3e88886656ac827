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
  /** The reader as he stands now; undefined when he may hear no more. */
  fresh(): Promise<Context | undefined>
  send(text: string): Promise<void>
  /** The answer as it goes out: errors in the user's words. */
  shown(result: ExecutionResult): unknown
  /** Something broke that is not the reader's doing: he should come again. */
  failed(error: unknown): void
}

const answers = new WeakMap<object, Map<DocumentNode, Map<string, Promise<string>>>>()

/** An event that reads the same for everybody who may hear it: executed and written once for each query, however many listen. */
export function sameForAll<Event extends object>(event: Event): Event {
  answers.set(event, new Map())
  return event
}

/**
 * Carries the events of one subscription to its reader, one after the other: who he is is looked up again for each, and
 * the next is taken only when the last is on its way. It yields nothing; it sends itself.
 */
export function deliver(source: AsyncIterable<unknown>, delivery: Delivery): AsyncGenerator<ExecutionResult, void, void> {
  const { id, stop, fresh, send } = delivery
  let tail = `,"extensions":${JSON.stringify({ cost: delivery.cost })}}}`
  const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`
  const carry = async () => {
    for await (const event of source) {
      const context = stop.signal.aborted ? undefined : await fresh()
      if (!context) return
      const answer = await answerOf(event, context, delivery)
      if (stop.signal.aborted) return
      await send(`${head}${answer.slice(0, -1)}${tail}`)
      tail = '}}'
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

function answerOf(event: unknown, context: Context, delivery: Delivery): Promise<string> {
  const known = answers.get(event as object)
  if (!known) return answer(event, context, delivery)
  const { document, operationName, variableValues } = delivery.args
  // Below its root a shared event takes no arguments: only switches (@include, @skip) change what is read.
  const switches = Object.entries(variableValues ?? {}).filter(([, value]) => typeof value === 'boolean')
  const key = JSON.stringify([operationName ?? '', switches])
  let byKey = known.get(document)
  if (!byKey) known.set(document, (byKey = new Map<string, Promise<string>>()))
  let text = byKey.get(key)
  if (!text) byKey.set(key, (text = answer(event, context, delivery)))
  return text
}

async function answer(event: unknown, context: Context, { args, shown }: Delivery): Promise<string> {
  return JSON.stringify(shown(await execute({ ...args, rootValue: event, contextValue: context })))
}
