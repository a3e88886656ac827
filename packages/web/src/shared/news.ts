import { onActivated, onDeactivated, onScopeDispose } from 'vue'

const listeners = new Set<() => void>()
const GATHER = 1_500
let timer: ReturnType<typeof setTimeout> | undefined

/** Something in my scope has changed. Many changes at once, such as a bulk act, are told once. */
export function tellNews(): void {
  timer ??= setTimeout(() => {
    timer = undefined
    for (const listener of listeners) listener()
  }, GATHER)
}

/** Reads again when others have changed something, while the page is in front. */
export function onNews(read: () => void): void {
  listeners.add(read)
  onActivated(() => listeners.add(read))
  onDeactivated(() => listeners.delete(read))
  onScopeDispose(() => listeners.delete(read))
}
