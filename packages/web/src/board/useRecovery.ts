import { onBeforeUnmount, onErrorCaptured } from 'vue'

const BROKEN_MS = 10_000
const LOOK_MS = 60_000
const OLD_MS = 20 * 3_600_000
const HOUR = 4

/** A wall that nobody sits at: it begins anew when a scene breaks, and once a night while the server answers, so that it never grows old. */
export function useRecovery() {
  const began = Date.now()
  let broken: ReturnType<typeof setTimeout> | undefined
  onErrorCaptured(() => {
    broken ??= setTimeout(() => location.reload(), BROKEN_MS)
    return false
  })
  const timer = setInterval(() => {
    if (Date.now() - began < OLD_MS || new Date().getHours() !== HOUR) return
    void fetch('/healthz', { cache: 'no-store' }).then(
      ({ ok }) => ok && location.reload(),
      () => undefined,
    )
  }, LOOK_MS)
  onBeforeUnmount(() => {
    clearInterval(timer)
    clearTimeout(broken)
  })
}
