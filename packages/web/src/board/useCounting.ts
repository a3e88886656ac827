import { onBeforeUnmount, ref, watch } from 'vue'

const COUNT_MS = 900
const ease = (part: number) => 1 - (1 - part) ** 3

/** A number that counts to its next value instead of jumping, so that the room sees it move. */
export function useCounting(value: () => number | null) {
  const shown = ref(value())
  const still = matchMedia('(prefers-reduced-motion: reduce)')
  let frame = 0

  watch(value, (to) => {
    cancelAnimationFrame(frame)
    const from = shown.value
    if (to === null || from === null || still.matches || document.hidden) return (shown.value = to)
    const began = performance.now()
    const step = (at: number) => {
      const part = Math.min(1, (at - began) / COUNT_MS)
      shown.value = part === 1 ? to : from + (to - from) * ease(Math.max(0, part))
      if (part < 1) frame = requestAnimationFrame(step)
    }
    frame = requestAnimationFrame(step)
    return undefined
  })
  onBeforeUnmount(() => cancelAnimationFrame(frame))
  return shown
}
