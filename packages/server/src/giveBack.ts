import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const LOOK_MS = 5_000
/** Collecting stops everything for a tenth of a second or two: not in a busy hour, and not often. */
const CALM = 0.1
const REST_MS = 30_000
/** Less than this is not worth it. */
const GROWN = 1.25
const GROWN_BYTES = 32 * 2 ** 20

/**
 * Gives memory back after a burst. V8 collects when it needs room, and on a machine with much memory it hardly does: what a
 * morning's closures took would stay taken all day, beside the database and the printer's program.
 */
export function giveBackMemory(): { stop(): void } {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  let kept = getHeapStatistics().used_heap_size
  let seen = performance.eventLoopUtilization()
  let collected = -Infinity
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const busy = performance.eventLoopUtilization(now, seen).utilization
    seen = now
    const used = getHeapStatistics().used_heap_size
    kept = Math.min(kept, used)
    if (busy > CALM || performance.now() - collected < REST_MS || used < Math.max(kept * GROWN, kept + GROWN_BYTES)) return
    collect()
    collected = performance.now()
    kept = getHeapStatistics().used_heap_size
  }, LOOK_MS).unref()
  return { stop: () => clearInterval(timer) }
}
