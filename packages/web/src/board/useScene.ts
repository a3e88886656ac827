import { computed, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { useRoute } from 'vue-router'
import { type Pointing, possibleScenes, type Scene, SCENES } from './scenes'

const STAY_MS = 30_000

/** Which scene the wall shows: the one its room points at, else the one picked here (`?scene=colors`, keys 1 to 5, 0), else in turn. */
export function useScene(scenes: () => readonly Scene[], pointing: Ref<Pointing>, has: () => { campaign: boolean; meeting: boolean }) {
  const asked = String(useRoute().query.scene ?? '').toUpperCase()
  const picked = ref<Scene | undefined>(SCENES.find((one) => one === asked))
  const turn = ref(0)
  const timer = setInterval(() => turn.value++, STAY_MS)
  const typed = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    if (ctrlKey || metaKey || altKey || !/^[0-5]$/.test(key)) return
    picked.value = key === '0' ? undefined : SCENES[Number(key) - 1]
  }
  onMounted(() => addEventListener('keydown', typed))
  onBeforeUnmount(() => {
    clearInterval(timer)
    removeEventListener('keydown', typed)
  })
  const possible = computed(() => possibleScenes(scenes(), has()))
  const scene = computed<Scene>(() => {
    const wanted = pointing.value.scene ?? picked.value
    // What somebody asked for is shown though the link would not turn to it, but never a scene with nothing in it.
    return wanted && possibleScenes([wanted], has()).includes(wanted) ? wanted : possible.value[turn.value % possible.value.length]!
  })
  return { scene, picked, possible, fixed: computed(() => !!(pointing.value.scene ?? picked.value)) }
}
