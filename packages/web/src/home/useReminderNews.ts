import { onMounted, onUnmounted } from 'vue'

const EVERY = 60_000

/** New reminders come with the daily escalation and with acts of others: looked for while the window is in front. */
export function useReminderNews(look: () => void): void {
  let timer: ReturnType<typeof setInterval>
  const whenSeen = () => !document.hidden && look()
  onMounted(() => {
    timer = setInterval(whenSeen, EVERY)
    document.addEventListener('visibilitychange', whenSeen)
  })
  onUnmounted(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', whenSeen)
  })
}
