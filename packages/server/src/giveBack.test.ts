import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { giveBackMemory } from './giveBack.js'

afterEach(() => vi.useRealTimers())

const look = () => vi.advanceTimersByTime(5_000)

test('what a burst took is given back once nobody is busy, and not twice in half a minute', async () => {
  let collections = 0
  const watching = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { detail: { flags: number } })[])
      if (entry.detail.flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) collections++
  })
  watching.observe({ entryTypes: ['gc'] })
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const giving = giveBackMemory()
  try {
    const held: object[][] = []
    const burst = () => held.push(Array.from({ length: 1_500_000 }, (_, at) => ({ at })))
    const calm = () => pause(400)
    await calm()
    look()
    await calm()
    expect(collections).toBe(0) // nothing to give back
    burst()
    look()
    await pause(10)
    expect(collections).toBe(0) // busy until now
    await calm()
    look()
    await pause(10)
    expect(collections).toBe(1)
    burst()
    look()
    await calm()
    look()
    await pause(10)
    expect(collections).toBe(1)
  } finally {
    giving.stop()
    watching.disconnect()
  }
})
