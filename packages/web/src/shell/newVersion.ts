import { ref } from 'vue'

/** True when the server serves a newer build than the one that runs here. */
export const newVersion = ref(false)

const EVERY = 10 * 60_000
const entryOf = (page: string) => /\/assets\/index-[\w-]+\.js/.exec(page)?.[0]

async function look(): Promise<void> {
  const running = entryOf(document.documentElement.outerHTML)
  if (!running || document.hidden || !navigator.onLine) return
  const page = await fetch('/', { cache: 'no-store' }).then(
    (answer) => (answer.ok ? answer.text() : ''),
    () => '',
  )
  const served = entryOf(page)
  if (served && served !== running) newVersion.value = true
}

export function watchVersion(): () => void {
  const timer = setInterval(() => void look(), EVERY)
  const back = () => void look()
  // A page of the old build asked for a part that the server no longer has.
  const missed = () => (newVersion.value = true)
  document.addEventListener('visibilitychange', back)
  window.addEventListener('vite:preloadError', missed)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', back)
    window.removeEventListener('vite:preloadError', missed)
  }
}
