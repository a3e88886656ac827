import { setTimeout as pause } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { dayOf, instant } from '../shared/days.js'
import { Newest } from '../shared/newest.js'
import { allOf } from '../shared/allOf.js'
import type { Reader } from '../shared/read/reader.js'
import { sameForAll } from '../shared/sameForAll.js'
import type { Scope } from '../shared/scope.js'
import { watchOf } from '../shared/wake.js'
import { CampaignFigures } from './campaignFigures.js'
import type { BoardChange } from './change.js'
import { compose } from './compose.js'
import { Kept } from './kept.js'
import { groupDigits } from './names.js'
import { readCounts } from './readCounts.js'
import { countChanges, type Moved } from './readHazards.js'
import { lastChangeAt } from './lastChange.js'
import type { Board } from './snapshot.js'
import { Steps } from './steps.js'
import { Tally } from './tally.js'

/** At most two snapshots a second, however many acts commit; a short wait first gathers those of one moment. */
const GAP_MS = 500
const GATHER_MS = 40
const DAY_LOOK_MS = 1_000

export interface Resume {
  /** The seq and the instant of the snapshot that the board still shows. */
  after?: string | undefined
  asOf?: string | undefined
}

/** The board of one scope, counted once however many look at it: each snapshot is one object for all of them. */
export class BoardFeed {
  #tally: Tally | undefined
  readonly #campaign: CampaignFigures
  readonly #kept: Kept
  readonly #steps = new Steps((a, b) => !this.#newer(a, b) && !this.#newer(b, a))
  /** In which order the boards were counted, and after how many failures: a database that was brought back may have lost its end. */
  readonly #counted = new WeakMap<Board, { order: number; failures: number }>()
  #order = 0
  #failures = 0
  readonly #beside = new LRUCache<string, { now: string; said: Promise<unknown> }>({ max: 50 })
  #read = 0
  #board: Board | undefined
  #shown: Board | undefined
  #running: Promise<unknown> = Promise.resolve()
  #queued: Promise<Board> | undefined
  readonly #lookers = new Set<() => void>()
  #stop: AbortController | undefined

  constructor(
    private readonly reader: Reader,
    private readonly scope: Scope,
    private readonly clock: () => Date,
  ) {
    this.#campaign = new CampaignFigures(reader, scope)
    this.#kept = new Kept(reader)
  }

  /** The board as it stands now, every commit up to this moment counted. Who asks while it is being counted shares the next count. */
  current(): Promise<Board> {
    return (this.#queued ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#queued = undefined
        const counting = this.#count()
        this.#running = counting
        return counting
      }))
  }

  /** Something else that only the changes of this board can change: worked out once for all who ask in between. */
  async shared<T>(name: string, workOut: () => Promise<T>): Promise<T> {
    const { seq, asOf } = await this.current()
    const now = `${seq} ${dayOf(asOf)} ${this.#failures}` // a store that was brought back may come to the same seq by another way
    const known = this.#beside.get(name)
    if (known?.now === now) return known.said as Promise<T>
    const said = workOut()
    this.#beside.set(name, { now, said })
    said.catch(() => this.#beside.delete(name))
    return said
  }

  /** The board now, and again whenever it has changed, the newest only. Nothing at first for who resumes and has missed nothing. */
  watch({ after, asOf }: Resume, signal: AbortSignal): Newest<Board> {
    return new Newest(async (more) => {
      const leave = this.#enter(more)
      try {
        let board = await this.current()
        let missed = !this.#knows(board, after, asOf)
        const take = () => {
          if (this.#shown && this.#newer(this.#shown, board)) board = this.#shown
          else if (!missed) return undefined
          missed = false
          return board
        }
        return { take, leave }
      } catch (error) {
        leave()
        throw error
      }
    }, signal)
  }

  /** The same step by step: a whole picture, then what has changed of it; from where the screen stands, as far as that is known. */
  changes(after: string | undefined, signal: AbortSignal): Newest<BoardChange> {
    let shown = after
    return this.watch({}, signal).map((board) => {
      const change = this.#steps.to(board, shown)
      shown = this.#steps.nameOf(board)
      return change
    })
  }

  #knows(board: Board, after: string | undefined, asOf: string | undefined): boolean {
    const seen = Number(after ?? NaN)
    return seen >= Number(board.seq) && seen <= Math.max(this.#read, Number(board.seq)) && (asOf === undefined || dayOf(asOf) === dayOf(board.asOf))
  }

  /** Gives what ends it, once. */
  #enter(more: () => void): () => void {
    const looker = () => more()
    this.#lookers.add(looker)
    if (this.#lookers.size === 1) {
      this.#stop = new AbortController()
      void this.#follow(this.#stop.signal)
    }
    return () => {
      if (this.#lookers.delete(looker) && !this.#lookers.size) this.#stop?.abort()
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const watch = watchOf(this.reader)
    const wait = (ms: number) => pause(ms, undefined, { signal, ref: false }).catch(() => undefined)
    while (!signal.aborted) {
      const turn = watch.turn()
      // When the database is away the last board stands, and its time tells; the next look tries again.
      const board = await this.current().catch(() => this.#shown)
      if (board && (!this.#shown || this.#newer(board, this.#shown))) {
        this.#shown = board
        for (const more of this.#lookers) more()
        await wait(GAP_MS - GATHER_MS)
      }
      await watch.grown(turn, AbortSignal.any([signal, AbortSignal.timeout(DAY_LOOK_MS)]))
      await wait(GATHER_MS)
    }
  }

  async #count(): Promise<Board> {
    const board = await this.#countNow()
    if (!this.#counted.has(board)) this.#counted.set(board, { order: ++this.#order, failures: this.#failures })
    return board
  }

  /** Whether a screen that shows `b` has to be told `a`: something has happened since, or a day has begun. */
  #newer(a: Board, b: Board): boolean {
    if (a === b) return false
    const [one, other] = [this.#counted.get(a)!, this.#counted.get(b)!]
    return one.order > other.order && (a.seq !== b.seq || dayOf(a.asOf) !== dayOf(b.asOf) || one.failures !== other.failures)
  }

  async #countNow(): Promise<Board> {
    const now = this.clock()
    try {
      const moved = this.#tally?.today === dayOf(now) ? await countChanges(this.reader, this.#tally, this.#read) : undefined
      if (!moved) return (this.#board = await this.#countAnew(now))
      this.#read = moved.seq
      await this.#kept.follow(moved)
      return (this.#board = await this.#after(moved, this.#board!, now))
    } catch (error) {
      this.#tally = undefined // half-way: the next count begins anew
      this.#failures++
      throw error
    }
  }

  async #countAnew(now: Date): Promise<Board> {
    this.#tally = undefined
    this.#kept.forget()
    const tally = new Tally(this.scope, dayOf(now), await groupDigits(this.reader, this.scope.division))
    const seq = await readCounts(this.reader, tally)
    const changedAt = await lastChangeAt(this.reader, this.scope, seq)
    const [picture] = await allOf([compose(this.reader, tally, this.#kept), this.#campaign.keep(undefined, tally.today)])
    const board = { ...picture, campaign: this.#campaign.shown, asOf: instant(now), seq: String(seq), changedAt }
    this.#tally = tally
    this.#read = seq
    return sameForAll(board)
  }

  async #after({ shown: hazards, counted }: Moved, board: Board, now: Date): Promise<Board> {
    const moved = await this.#campaign.keep(counted.things, this.#tally!.today)
    const shown = moved && (!hazards || counted.last!.seq > hazards.seq) ? counted.last : hazards
    if (shown)
      return sameForAll({
        ...(await compose(this.reader, this.#tally!, this.#kept)),
        campaign: this.#campaign.shown,
        asOf: instant(now),
        seq: String(shown.seq),
        changedAt: shown.at,
      })
    // Nothing new: the same board, as of now; those who look share it for a second.
    return now.getTime() - Date.parse(board.asOf) < 1_000 ? board : sameForAll({ ...board, asOf: instant(now) })
  }
}
