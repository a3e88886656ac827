import { computed, onBeforeUnmount, ref } from 'vue'

const TURN_MS = 10_000

/** More rows than the wall has room for: one page after the other, turned by itself, or by hand while somebody reads. */
export function usePaging<Row>(rows: () => readonly Row[], size: number, held: () => boolean = () => false) {
  const turns = ref(0)
  const pages = computed(() => Math.max(1, Math.ceil(rows().length / size)))
  const page = computed(() => ((turns.value % pages.value) + pages.value) % pages.value)
  const timer = setInterval(() => held() || turns.value++, TURN_MS)
  onBeforeUnmount(() => clearInterval(timer))
  return { page, pages, turn: (by: 1 | -1) => void (turns.value += by), shown: computed(() => rows().slice(page.value * size, (page.value + 1) * size)) }
}
