import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { noticeEnded } from '../shared/signedOut'
import { type Board, listenToBoard, type Wall } from './live'

const STALE_MS = 10_000

/** The board as the server tells it, and how far the screen can be believed. */
export function useBoard(token?: string) {
  const board = shallowRef<Board>()
  const wall = shallowRef<Wall>()
  const ended = ref(false)
  const now = ref(Date.now())
  const lostAt = ref<number | undefined>(Date.now())
  /** The server's clock against this computer's, which may be wrong. */
  const ahead = ref(0)

  const stop = listenToBoard(token, {
    shows: (next) => {
      ahead.value = Date.parse(next.asOf) - Date.now()
      board.value = next
    },
    turned: (next) => (wall.value = next),
    connected: (on) => {
      if (on) lostAt.value = undefined
      else lostAt.value ??= Date.now()
    },
    ended: () => {
      ended.value = true
      if (!token) noticeEnded()
    },
  })
  const timer = setInterval(() => (now.value = Date.now()), 1_000)
  onBeforeUnmount(() => {
    clearInterval(timer)
    stop()
  })

  const lostFor = computed(() => (lostAt.value === undefined ? 0 : now.value - lostAt.value))
  return {
    board,
    wall,
    ended,
    /** What time it is in the town. */
    time: computed(() => now.value + ahead.value),
    lostFor,
    /** Until when the screen was told everything. */
    heldAt: computed(() => (lostAt.value ?? now.value) + ahead.value),
    stale: computed(() => lostFor.value > STALE_MS),
    /** Seconds since the last change. */
    changed: computed(() => {
      const at = board.value?.changedAt
      return at ? Math.max(0, Math.floor((now.value + ahead.value - Date.parse(at)) / 1_000)) : undefined
    }),
  }
}
