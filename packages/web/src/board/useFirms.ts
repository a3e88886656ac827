import { onScopeDispose, shallowRef, watch } from 'vue'

interface Stand {
  place: string | undefined
  past: boolean
  /** Where the board stands. */
  seq: string
}
const REST_MS = 1000
const AGAIN_MS = 5000

/**
 * The enterprises of the place that is shown, unknown until they have come and never those of another place. Read anew
 * with the board: colours that two enterprises exchange leave every total as it was. Nothing is read in the past.
 */
export function useFirms<Firm>(read: (place: string | undefined) => Promise<Firm>, stand: () => Stand) {
  const firms = shallowRef<Firm>()
  let follow: ReturnType<typeof follower> | undefined

  /** One question at a time, a rest after each: a board may move twice a second. */
  function follower(place: string | undefined) {
    let [busy, due, over] = [false, true, false]
    let rest: ReturnType<typeof setTimeout>
    const ask = async () => {
      busy = true
      due = false
      const found = await read(place).catch(() => undefined)
      if (over) return
      if (found === undefined) due = true
      else firms.value = found
      rest = setTimeout(rested, found === undefined ? AGAIN_MS : REST_MS)
    }
    const rested = () => {
      busy = false
      if (due) void ask()
    }
    void ask()
    return {
      moved: () => (busy ? (due = true) : void ask()),
      end: () => {
        over = true
        clearTimeout(rest)
      },
    }
  }

  let at: Stand | undefined
  watch(
    stand,
    (now) => {
      const same = !!at && at.place === now.place && at.past === now.past
      if (same && at?.seq === now.seq) return
      at = { ...now }
      if (same) return void follow?.moved()
      follow?.end()
      firms.value = undefined
      follow = now.past ? undefined : follower(now.place)
    },
    { immediate: true },
  )
  onScopeDispose(() => follow?.end())
  return firms
}
