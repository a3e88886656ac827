import { createSourceEventStream, GraphQLObjectType, GraphQLScalarType, GraphQLSchema, GraphQLString, parse } from 'graphql'
import { expect, test } from 'vitest'
import type { Context } from './context.js'
import { deliver } from './deliver.js'
import { sameForAll } from './sameForAll.js'

/** A graph that counts how often a field is read and an answer is written. */
function counted() {
  const counts = { read: 0, written: 0, looked: 0, sentAway: 0 }
  const Text = new GraphQLScalarType({ name: 'Text', serialize: (value) => ({ toJSON: () => (counts.written++, value) }) })
  const Board = new GraphQLObjectType({
    name: 'Board',
    fields: { total: { type: Text, resolve: (board: { total: string }) => (counts.read++, board.total) }, other: { type: GraphQLString } },
  })
  let emit: (event: object) => void = () => undefined
  const listeners: ((event: object) => void)[] = []
  emit = (event) => listeners.forEach((listener) => listener(event))
  async function* events() {
    const queue: object[] = []
    let wake: () => void = () => undefined
    listeners.push((event) => (queue.push(event), wake()))
    for (;;) {
      while (queue.length) yield queue.shift()!
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { none: { type: GraphQLString } } }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: { board: { type: Board, subscribe: () => events(), resolve: (board: object) => board } },
    }),
  })
  return { counts, schema, emit: (event: object) => emit(event) }
}
type Counted = ReturnType<typeof counted>
const DOCUMENT = parse('subscription ($more: Boolean = false) { board { total other @include(if: $more) } }')

async function reader({ counts, schema }: Counted, id: string, more: { pass?: string; variables?: object; may?: () => boolean } = {}) {
  const frames: string[] = []
  const args = { schema, document: DOCUMENT, variableValues: (more.variables ?? {}) as Record<string, unknown> }
  const source = (await createSourceEventStream(args)) as AsyncIterable<unknown>
  const stream = deliver(source, {
    ...{ id, args, stop: new AbortController(), cost: { points: 3 }, pass: more.pass ?? 'link' },
    fresh: () => (counts.looked++, Promise.resolve((more.may ?? (() => true))() ? ({} as Context) : undefined)),
    sendAway: () => void counts.sentAway++,
    send: (message) => (frames.push(String(Buffer.concat(message))), Promise.resolve()),
    shown: (result) => result,
    failed: (error) => {
      throw error
    },
  })
  void stream.next()
  return { frames, stream }
}
const turn = () => new Promise((resolve) => setTimeout(resolve, 20))

test('two hundred readers of one event: executed once, written once, looked up once; each gets the same bytes behind his own id', async () => {
  const graph = counted()
  const readers = await Promise.all(Array.from({ length: 200 }, (_, i) => reader(graph, `id-${i}`)))
  await turn()
  for (const total of ['一', '二']) {
    graph.emit(sameForAll({ total }))
    await turn()
  }
  expect(graph.counts).toEqual({ read: 2, written: 2, looked: 2, sentAway: 0 })
  readers.forEach(({ frames }, i) => {
    expect(frames).toEqual([
      `{"id":"id-${i}","type":"next","payload":{"data":{"board":{"total":"一"}},"extensions":{"cost":{"points":3}}}}`,
      `{"id":"id-${i}","type":"next","payload":{"data":{"board":{"total":"二"}}}}`,
    ])
  })
})

test('another query, another switch and another pass have their own; an event that is not the same for all is read by each', async () => {
  const graph = counted()
  await Promise.all([
    ...['a', 'b'].map((id) => reader(graph, id)),
    ...['c', 'd'].map((id) => reader(graph, id, { variables: { more: true } })),
    ...['e', 'f'].map((id) => reader(graph, id, { pass: 'other' })),
  ])
  await turn()
  graph.emit(sameForAll({ total: '一' }))
  await turn()
  expect(graph.counts).toEqual({ read: 2, written: 2, looked: 2, sentAway: 0 })
  graph.emit({ total: '二' })
  await turn()
  expect(graph.counts).toEqual({ read: 8, written: 8, looked: 8, sentAway: 0 })
})

test('a pass that may hear no more hears nothing, on whichever of its sockets, and all of them are sent away', async () => {
  const graph = counted()
  let may = true
  const readers = await Promise.all(Array.from({ length: 5 }, (_, i) => reader(graph, `${i}`, { may: () => may })))
  const other = await reader(graph, 'other', { pass: 'other' })
  await turn()
  graph.emit(sameForAll({ total: '一' }))
  await turn()
  may = false
  graph.emit(sameForAll({ total: '二' }))
  await turn()
  expect(readers.map(({ frames }) => frames.length)).toEqual([1, 1, 1, 1, 1])
  expect(other.frames).toHaveLength(2)
  expect(graph.counts.sentAway).toBe(5)
})
