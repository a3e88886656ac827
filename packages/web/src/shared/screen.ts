import { readonly, ref, type Ref } from 'vue'

function matching(query: string): Readonly<Ref<boolean>> {
  const media = window.matchMedia(query)
  const state = ref(media.matches)
  media.addEventListener('change', () => (state.value = media.matches))
  return readonly(state)
}

/** A phone, or a window as narrow as one: cards instead of tables, a drawer instead of the side menu. */
export const narrow = matching('(max-width: 767px)')

export const online = ref(navigator.onLine)
window.addEventListener('online', () => (online.value = true))
window.addEventListener('offline', () => (online.value = false))
