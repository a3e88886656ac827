import { nextTick, onActivated, watch, type Ref } from 'vue'

/** A page behind another tab leaves the document, and its scroll boxes forget where they were. This one remembers. */
export function useKeptScroll(box: Readonly<Ref<HTMLElement | null>>): void {
  let place = { top: 0, left: 0 }
  watch(box, (now, _before, gone) => {
    const note = () => {
      // Leaving the document also scrolls to the top; that is not where the person was.
      if (now?.isConnected) place = { top: now.scrollTop, left: now.scrollLeft }
    }
    now?.addEventListener('scroll', note, { passive: true })
    gone(() => now?.removeEventListener('scroll', note))
  })
  onActivated(async () => {
    await nextTick()
    box.value?.scrollTo(place)
  })
}
