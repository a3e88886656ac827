import { computed, onBeforeUnmount, ref } from 'vue'
import { useRoute } from 'vue-router'

const STAY_MS = 30_000
export const SCENES = ['hazards', 'campaign'] as const
export type Scene = (typeof SCENES)[number]

/** Which scene the wall shows: in turn, or the one that the address asks for (`?scene=campaign`). */
export function useScene(possible: () => boolean) {
  const { scene: asked } = useRoute().query
  const fixed = SCENES.find((one) => one === asked)
  const turn = ref(fixed ? SCENES.indexOf(fixed) : 0)
  const timer = fixed ? undefined : setInterval(() => turn.value++, STAY_MS)
  onBeforeUnmount(() => clearInterval(timer))
  return {
    scene: computed<Scene>(() => (possible() ? SCENES[turn.value % SCENES.length]! : 'hazards')),
    next: () => void turn.value++,
  }
}
