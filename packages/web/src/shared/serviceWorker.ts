import { ref } from 'vue'

/** True when a newer build has been fetched and the next load will run it. */
export const newBuild = ref(false)

let asked = false
/** Lets the pages that are used without a network open without one. Only the built app has a worker. */
export function workOffline(): void {
  if (asked || !import.meta.env.PROD || !('serviceWorker' in navigator)) return
  asked = true
  const had = !!navigator.serviceWorker.controller
  navigator.serviceWorker.addEventListener('controllerchange', () => had && (newBuild.value = true))
  void navigator.serviceWorker.register('/sw.js').catch(() => undefined) // on plain http there is none; the pages work all the same
}
