import { expect, test } from 'vitest'
import { Newest } from './newest.js'

/** A number that grows; who listens to it, and how often each was woken. */
function growing() {
  const listeners = new Set<() => void>()
  let now = 0
  const of = (signal: AbortSignal) =>
    new Newest<number>((more) => {
      let had = -1
      listeners.add(more)
      return Promise.resolve({ take: () => (now > had ? (had = now) : undefined), leave: () => void listeners.delete(more) })
    }, signal)
  const grow = () => {
    now++
    for (const more of listeners) more()
  }
  return { listeners, of, grow }
}

test('a listener takes the newest when he is ready, once, and is forgotten when he leaves', async () => {
  const { listeners, of, grow } = growing()
  const stop = new AbortController()
  let woken = 0
  const { take } = await of(stop.signal).open(() => void woken++)
  expect([take(), take()]).toEqual([0, undefined])
  grow()
  grow()
  expect([woken, take(), take()]).toEqual([2, 2, undefined])
  expect(listeners.size).toBe(1)
  stop.abort()
  expect(listeners.size).toBe(0)
})

test('who has left before he came in is forgotten too', async () => {
  const { listeners, of } = growing()
  await of(AbortSignal.abort()).open(() => undefined)
  expect(listeners.size).toBe(0)
})

test('one after the other it gives what there is when it is asked, what is mapped to nothing is passed over, and it ends with the signal', async () => {
  const { listeners, of, grow } = growing()
  const stop = new AbortController()
  const even = of(stop.signal).map((n) => (n % 2 ? undefined : `${n}`))
  const told: string[] = []
  const listening = (async () => {
    for await (const one of even) told.push(one)
  })()
  for (let n = 0; n < 4; n++) {
    await new Promise(setImmediate)
    grow()
  }
  await new Promise(setImmediate)
  expect(told).toEqual(['0', '2', '4'])
  stop.abort()
  await listening
  expect(listeners.size).toBe(0)
})

test('who stops asking leaves', async () => {
  const { listeners, of } = growing()
  const asked = of(new AbortController().signal)[Symbol.asyncIterator]()
  await asked.next()
  await asked.return()
  expect(listeners.size).toBe(0)
})
