import { computed, onBeforeUnmount, ref } from 'vue'

const TURN_MS = 10_000

/** More rows than the wall has room for: one page after the other, turned by itself. */
export function usePaging<Row>(rows: () => readonly Row[], size: number) {
  const turns = ref(0)
  const pages = computed(() => Math.max(1, Math.ceil(rows().length / size)))
  const page = computed(() => turns.value % pages.value)
  const timer = setInterval(() => turns.value++, TURN_MS)
  onBeforeUnmount(() => clearInterval(timer))
  return { page, pages, shown: computed(() => rows().slice(page.value * size, (page.value + 1) * size)) }
}
