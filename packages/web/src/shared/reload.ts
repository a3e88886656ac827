import { onActivated, onDeactivated, onScopeDispose } from 'vue'

const listeners = new Set<() => void>()

/** Asks every page that is in front to read its data again. */
export function reloadPages(): void {
  for (const listener of listeners) listener()
}

export function onReload(read: () => void): void {
  listeners.add(read)
  onActivated(() => listeners.add(read))
  onDeactivated(() => listeners.delete(read))
  onScopeDispose(() => listeners.delete(read))
}
