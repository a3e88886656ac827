import { computed, onBeforeUnmount, onMounted, ref } from 'vue'

/** The board is drawn for this screen and shown on others as a whole. */
const WIDTH = 1920
const HEIGHT = 1080
const REST_MS = 3_000

/** The screen on the wall: its size, its cursor, and that it stays on. */
export function useScreen() {
  const size = ref({ width: innerWidth, height: innerHeight })
  const resting = ref(false)
  const fullScreen = ref(!!document.fullscreenElement)
  let rest: ReturnType<typeof setTimeout>
  let lock: WakeLockSentinel | undefined

  const scale = computed(() => Math.min(size.value.width / WIDTH, size.value.height / HEIGHT))
  const resized = () => (size.value = { width: innerWidth, height: innerHeight })
  const moved = () => {
    resting.value = false
    clearTimeout(rest)
    rest = setTimeout(() => (resting.value = true), REST_MS)
  }
  const turned = () => (fullScreen.value = !!document.fullscreenElement)
  // Only https and localhost may keep the screen on; elsewhere the computer's own setting must.
  const stayOn = async () => {
    if (document.visibilityState === 'visible') lock = await navigator.wakeLock?.request('screen').catch(() => undefined)
  }
  const typed = (event: KeyboardEvent) => {
    // Whoever walks through the buttons has to see them.
    if (event.key === 'Tab') moved()
    if (event.key.toLowerCase() === 'f' && !event.ctrlKey && !event.metaKey && !event.altKey) toggle()
  }
  const toggle = () => void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen())

  const listeners = [
    [window, 'resize', resized],
    [window, 'pointermove', moved],
    [window, 'keydown', typed],
    [document, 'fullscreenchange', turned],
    [document, 'visibilitychange', stayOn],
  ] as [EventTarget, string, EventListener][]
  onMounted(() => {
    for (const [target, name, listener] of listeners) target.addEventListener(name, listener)
    moved()
    void stayOn()
  })
  onBeforeUnmount(() => {
    for (const [target, name, listener] of listeners) target.removeEventListener(name, listener)
    clearTimeout(rest)
    void lock?.release()
  })
  return { scale, resting, fullScreen, toggle, width: WIDTH, height: HEIGHT }
}
