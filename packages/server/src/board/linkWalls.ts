import { sameForAll } from '../shared/sameForAll.js'
import type { Reader } from '../shared/read/reader.js'
import { touched } from '../shared/touched.js'
import { Waiters } from '../shared/waiters.js'
import type { BoardWall } from './wall.js'

/** A wall's code runs out, and a change may be missed while the database is away. */
const EVERY_MS = 5 * 60_000
/** Walls that are opened one after the other share a look so long: its time is the server's to a second. */
const SHARED_MS = 1_000

interface Seen {
  wall: BoardWall
  /** All of it but its time. */
  said: string
}

/** The walls that hang on one link, on however many screens: what is looked up for one of them is shown on all. */
class LinkWalls {
  hung = 0
  #turn = 0
  #last: { turn: number; at: number; seen: Promise<Seen> } | undefined
  readonly #waiting = new Waiters()
  readonly #timer = setInterval(() => this.turned(), EVERY_MS).unref()

  /** A mark to wait from, taken before looking: nothing that turns the walls after it goes unnoticed. */
  get turn(): number {
    return this.#turn
  }

  look(look: () => Promise<BoardWall>): Promise<Seen> {
    const now = performance.now()
    if (this.#last?.turn === this.#turn && now - this.#last.at < SHARED_MS) return this.#last.seen
    const seen = look().then((wall) => ({ wall: sameForAll(wall), said: JSON.stringify({ ...wall, at: undefined }) }))
    const last = (this.#last = { turn: this.#turn, at: now, seen })
    seen.catch(() => this.#last === last && (this.#last = undefined))
    return seen
  }

  /** The room has pointed them, or it is time to look anyway. */
  turned(): void {
    this.#turn++
    this.#waiting.wake()
  }

  /** Resolves when they have turned since, or the signal ends. */
  next(turn: number, signal: AbortSignal): Promise<void> {
    return turn === this.#turn ? this.#waiting.next(signal) : Promise.resolve()
  }

  end(): void {
    clearInterval(this.#timer)
  }
}

/** All walls of a store that are open: the log is followed once for them, and not at all without any. */
class OpenWalls {
  readonly #links = new Map<string, LinkWalls>()
  #stop: AbortController | undefined
  constructor(private readonly reader: Reader) {}

  enter(link: string): LinkWalls {
    if (!this.#stop) {
      this.#stop = new AbortController()
      void touched(this.reader, ['BoardLink'], (links) => links.forEach((one) => this.#links.get(one)?.turned()), this.#stop.signal)
    }
    const walls = this.#links.get(link) ?? new LinkWalls()
    this.#links.set(link, walls)
    walls.hung++
    return walls
  }

  leave(link: string, walls: LinkWalls): void {
    if (--walls.hung) return
    walls.end()
    this.#links.delete(link)
    if (this.#links.size) return
    this.#stop?.abort()
    this.#stop = undefined
  }
}
const opened = new WeakMap<Reader, OpenWalls>()
function openWalls(reader: Reader): OpenWalls {
  let open = opened.get(reader)
  if (!open) opened.set(reader, (open = new OpenWalls(reader)))
  return open
}

/** The wall now, and again when its room points it or its code runs out; one look and one event for all walls of the link. */
export async function* watchWall(look: () => Promise<BoardWall>, link: string, reader: Reader, signal: AbortSignal): AsyncGenerator<BoardWall> {
  const open = openWalls(reader)
  const walls = open.enter(link)
  let before = ''
  try {
    while (!signal.aborted) {
      const { turn } = walls
      // When the database is away the wall stays as it is; the next look tries again.
      const seen: Seen | undefined = await walls.look(look).catch((error: unknown) => {
        if (!before) throw error
        return undefined
      })
      if (seen && seen.said !== before) {
        before = seen.said
        yield seen.wall
      }
      await walls.next(turn, signal)
    }
  } finally {
    open.leave(link, walls)
  }
}
