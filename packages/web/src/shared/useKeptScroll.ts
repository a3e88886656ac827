import { nextTick, onActivated, onDeactivated, type Ref } from 'vue'

/** A page behind another tab leaves the document, and its scroll boxes forget where they were. This one remembers. */
export function useKeptScroll(box: Readonly<Ref<HTMLElement | null>>): void {
  let place = { top: 0, left: 0 }
  let listened: HTMLElement | null = null
  const note = () => listened && (place = { top: listened.scrollTop, left: listened.scrollLeft })
  const listen = () => {
    listened?.removeEventListener('scroll', note)
    listened = box.value
    listened?.addEventListener('scroll', note, { passive: true })
  }
  onActivated(async () => {
    await nextTick()
    box.value?.scrollTo(place)
    listen()
  })
  onDeactivated(() => listened?.removeEventListener('scroll', note))
}
