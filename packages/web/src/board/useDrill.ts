import { computed, onBeforeUnmount, onMounted, type Ref, shallowRef, watch } from 'vue'
import type { Pointing } from './scenes'

export interface Depth {
  place: string | undefined
  firm: string | undefined
}
/** Left alone, the screen is the room's again. */
const HOLD_MS = 10 * 60_000

/** 下钻 at the screen itself: town, village, an enterprise's plan, and out again. What the room says afterwards goes before it. */
export function useDrill(pointing: Ref<Pointing>) {
  const own = shallowRef<Depth>()
  let lapse: ReturnType<typeof setTimeout>
  const set = (depth: Depth | undefined) => {
    own.value = depth
    clearTimeout(lapse)
    if (depth) lapse = setTimeout(leave, HOLD_MS)
  }
  const leave = () => set(undefined)
  const at = computed<Depth>(() => own.value ?? { place: pointing.value.place, firm: pointing.value.firm })
  const out = () => {
    const { place, firm } = at.value
    if (firm ?? place) set({ place: firm ? place : undefined, firm: undefined })
  }
  // By when it was said: the room may point where it had pointed before.
  watch(() => [pointing.value.pointedAt, pointing.value.scene, pointing.value.place, pointing.value.firm].join(), leave)
  const typed = ({ key }: KeyboardEvent) => {
    if (key === 'Escape' || key === 'Backspace') out()
    // The keys of the scenes (useScene.ts).
    if (/^[0-5]$/.test(key)) leave()
  }
  onMounted(() => addEventListener('keydown', typed))
  onBeforeUnmount(() => {
    clearTimeout(lapse)
    removeEventListener('keydown', typed)
  })
  return {
    /** The room's pointing with what was chosen here in its place. */
    shown: computed<Pointing>(() => (own.value ? { ...pointing.value, scene: 'COLORS', ...own.value } : pointing.value)),
    choose: (place: string) => set({ place, firm: undefined }),
    open: (firm: string) => set({ place: at.value.place, firm }),
    out,
    leave,
  }
}
