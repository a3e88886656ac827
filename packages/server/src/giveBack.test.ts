import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type * as v8 from 'node:v8'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { giveBackMemory } from './giveBack.js'

const MB = 2 ** 20
const measured = vi.hoisted(() => ({ used: 0, busy: 0, now: 0 }))
vi.mock('node:v8', async (original) => {
  const real = await original<typeof v8>()
  return { ...real, getHeapStatistics: () => ({ ...real.getHeapStatistics(), used_heap_size: measured.used }) }
})

let collections = 0
const watching = new PerformanceObserver((list) => {
  for (const entry of list.getEntries() as (PerformanceEntry & { detail: { flags: number } })[])
    if (entry.detail.flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) collections++
})
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  vi.spyOn(performance, 'now').mockImplementation(() => measured.now)
  vi.spyOn(performance, 'eventLoopUtilization').mockImplementation(() => ({ idle: 0, active: 0, utilization: measured.busy }))
  watching.observe({ entryTypes: ['gc'] })
})
afterEach(() => {
  watching.disconnect()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Five seconds on; how often memory was given back in all. */
async function later(used: number, busy: number): Promise<number> {
  Object.assign(measured, { used: used * MB, busy, now: measured.now + 5_000 })
  vi.advanceTimersByTime(5_000)
  await pause(20) // the observer is told after
  return collections
}

test('what a burst took is given back once nobody is busy, and not twice in half a minute', async () => {
  measured.used = 100 * MB
  const giving = giveBackMemory()
  try {
    expect(await later(110, 0.01)).toBe(0) // hardly more
    expect(await later(300, 0.8)).toBe(0) // busy
    expect(await later(300, 0.01)).toBe(1)
    expect(await later(500, 0.01)).toBe(1) // too soon
    for (let n = 0; n < 4; n++) expect(await later(500, 0.8)).toBe(1)
    expect(await later(500, 0.01)).toBe(2)
  } finally {
    giving.stop()
  }
  for (let n = 0; n < 8; n++) expect(await later(900, 0.01)).toBe(2)
})
