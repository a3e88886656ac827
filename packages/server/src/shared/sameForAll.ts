import { type DocumentNode, execute, type ExecutionArgs, type ExecutionResult } from 'graphql'
import type { Context } from './context.js'

/** Who hears events, and what he asks of them. */
export interface Asking {
  args: ExecutionArgs
  /** Readers with the same pass are one and the same, and see the same. */
  pass: string
  /** The reader as he stands now; undefined when he may hear no more. */
  fresh(): Promise<Context | undefined>
  /** The answer as it goes out: errors in the user's words. */
  shown(result: ExecutionResult): unknown
}
/** Told the answer as bytes without its last brace, or nothing when the reader may hear no more. */
export interface Told {
  body(bytes: Buffer | undefined): void
  failed(error: unknown): void
}

/** The answer for all of one pass who ask the same; who comes while it is worked out waits with the others. */
interface Answer {
  at: number
  bytes: Buffer | undefined
  waiting: Told[] | undefined
}
/** What all readers of one event have in common. */
interface Shared {
  looks: Map<string, { at: number; looking: Promise<Context | undefined> }>
  bodies: Map<DocumentNode, Map<string, Promise<Buffer>>>
  answers: Map<DocumentNode, Map<string, Answer>>
}
const shared = new WeakMap<object, Shared>()

/**
 * An event that reads the same for everybody who may hear it: executed and written once for each query, and each pass
 * looked up once, however many listen; those of one pass are told in one turn.
 */
export function sameForAll<Event extends object>(event: Event): Event {
  shared.set(event, { looks: new Map(), bodies: new Map(), answers: new Map() })
  return event
}

/** Who takes an event later than this is looked up anew. */
const LOOK_MS = 1_000

/** What answers one subscription's events. The reader is looked up after the event has come, so that nobody hears of what was committed after his rights were withdrawn. */
export function answering(asking: Asking): (event: unknown, told: Told) => void {
  const key = keyOf(asking.args)
  const own = `${key} ${asking.pass}`
  return (event, told) => {
    const common = shared.get(event as object)
    if (!common) {
      const answer = asking.fresh().then((context) => context && body(event, context, asking))
      answer.then((bytes) => told.body(bytes)).catch((error: unknown) => told.failed(error))
      return
    }
    const answers = of(common.answers, asking.args.document)
    const known = answers.get(own)
    if (known && performance.now() - known.at <= LOOK_MS) {
      if (known.waiting) known.waiting.push(told)
      else told.body(known.bytes)
      return
    }
    const answer: Answer = { at: performance.now(), bytes: undefined, waiting: [told] }
    answers.set(own, answer)
    lookedUp(common, asking)
      .then((context) => context && bodyOf(event, context, key, common, asking))
      .then(
        (bytes) => {
          answer.bytes = bytes
          settle(answer, (one) => one.body(bytes))
        },
        (error: unknown) => {
          answers.delete(own)
          settle(answer, (one) => one.failed(error))
        },
      )
  }
}

function settle(answer: Answer, tell: (one: Told) => void): void {
  const { waiting } = answer
  answer.waiting = undefined
  for (const one of waiting!)
    try {
      tell(one)
    } catch (error) {
      one.failed(error) // his own trouble, and not that of those who are told after him
    }
}

/** Below its root a shared event takes no arguments: only switches (@include, @skip) change what is read. */
function keyOf({ operationName, variableValues }: ExecutionArgs): string {
  const switches = Object.entries(variableValues ?? {}).filter(([, value]) => typeof value === 'boolean')
  return JSON.stringify([operationName ?? '', switches])
}

function lookedUp({ looks }: Shared, { pass, fresh }: Asking): Promise<Context | undefined> {
  const known = looks.get(pass)
  if (known && performance.now() - known.at <= LOOK_MS) return known.looking
  const looking = fresh()
  looks.set(pass, { at: performance.now(), looking })
  looking.catch(() => looks.delete(pass))
  return looking
}

function bodyOf(event: unknown, context: Context, key: string, { bodies }: Shared, asking: Asking): Promise<Buffer> {
  const byKey = of(bodies, asking.args.document)
  let bytes = byKey.get(key)
  if (!bytes) byKey.set(key, (bytes = body(event, context, asking)))
  return bytes
}

async function body(event: unknown, context: Context, { args, shown }: Asking): Promise<Buffer> {
  return Buffer.from(JSON.stringify(shown(await execute({ ...args, rootValue: event, contextValue: context }))).slice(0, -1))
}

function of<Value>(maps: Map<DocumentNode, Map<string, Value>>, document: DocumentNode): Map<string, Value> {
  let map = maps.get(document)
  if (!map) maps.set(document, (map = new Map()))
  return map
}
