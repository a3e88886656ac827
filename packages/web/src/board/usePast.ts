import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { graphql } from '../gql/board'
import { askWall } from './askWall'
import type { Board } from './live'
import { REPLAY_DAYS, replayFrames } from './scenes'

const THEN = graphql(`
  query BoardThen($at: Instant!) {
    boardThen(at: $at) {
      ...BoardFigures
    }
  }
`)
/** A month in a minute. */
const FRAME_MS = 60_000 / REPLAY_DAYS
/** Kept so many frames ahead, so that a slow one is not seen. */
const AHEAD = 8
const HOLD_MS = 8_000
const KEPT = 200
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** 时光机: the board of a past instant in place of the one of now, or a month of them one after the other. */
export function usePast(token: string | undefined) {
  const board = shallowRef<Board>()
  const at = ref<number>()
  const playing = ref(false)
  const known = new Map<number, Promise<Board>>()
  let turn = 0

  function fetched(when: number): Promise<Board> {
    const had = known.get(when)
    if (had) return had
    const asked = askWall(token, THEN, { at: new Date(when).toISOString() }).then(({ boardThen }) => boardThen)
    known.set(when, asked)
    asked.catch(() => known.delete(when))
    if (known.size > KEPT) known.delete(known.keys().next().value!)
    return asked
  }

  function now() {
    turn++
    board.value = at.value = undefined
    playing.value = false
  }

  async function turnTo(when: number) {
    const own = ++turn
    playing.value = false
    at.value = when
    // Whatever cannot be had is not shown in its place: the wall goes back to now.
    const past = await fetched(when).catch(() => undefined)
    if (own !== turn) return
    if (past) board.value = past
    else now()
  }

  async function replay(end: number, since: number) {
    const own = ++turn
    const frames = replayFrames(end, since)
    if (!frames.length) return
    playing.value = true
    at.value = frames[0]
    for (const [i, frame] of frames.entries()) {
      for (const ahead of frames.slice(i, i + AHEAD)) void fetched(ahead).catch(() => undefined)
      const began = Date.now()
      const past = await fetched(frame).catch(() => undefined)
      if (own !== turn) return
      if (past) {
        board.value = past
        at.value = frame
      }
      await pause(Math.max(0, FRAME_MS - (Date.now() - began)))
      if (own !== turn) return
    }
    playing.value = false
    await pause(HOLD_MS)
    if (own === turn) now()
  }

  onBeforeUnmount(() => void turn++)
  return { board, at, playing, on: computed(() => at.value !== undefined), now, turnTo, replay }
}
