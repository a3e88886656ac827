import { ref, watch, type Ref } from 'vue'
import type { Found, SearchSource } from '../shared/searchSources'

const files = import.meta.glob<SearchSource>('../*/search.ts', { import: 'default' })
const PAUSE = 250

export interface Group {
  heading: string
  found: readonly Found[]
}

/** Asks every domain that offers a search, once the typing pauses; an answer to an older text is dropped. */
export function useGlobalSearch(text: Ref<string>) {
  const groups = ref<Group[]>([])
  const busy = ref(false)
  let timer: ReturnType<typeof setTimeout>
  let turn = 0

  async function search(wanted: string) {
    const mine = ++turn
    busy.value = true
    const sources = await Promise.all(Object.values(files).map((load) => load()))
    const answers = await Promise.all(sources.map(async ({ heading, find }) => ({ heading, found: await find(wanted).catch(() => []) })))
    if (mine !== turn) return
    groups.value = answers.filter(({ found }) => found.length)
    busy.value = false
  }
  watch(text, (now) => {
    clearTimeout(timer)
    const wanted = now.trim()
    if (wanted) timer = setTimeout(() => void search(wanted), PAUSE)
    else {
      turn++
      groups.value = []
      busy.value = false
    }
  })
  return { groups, busy }
}
