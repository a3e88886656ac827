import { randomBytes } from 'node:crypto'
import { sameForAll } from '../shared/sameForAll.js'
import type { BoardChange } from './change.js'
import { deltaOf } from './delta.js'
import type { Board } from './snapshot.js'

/** So many steps back a board is told what it missed; from further back, or from another process, it is shown everything. */
const KEPT = 120

/**
 * The pictures of one board in their order, and what leads from one to another. Each step has a name of this process: two
 * processes may have counted at different moments, and what changed since the one's picture need not fit the other's.
 */
export class Steps {
  readonly #origin = randomBytes(6).toString('base64url')
  readonly #boards = new Map<string, Board>()
  readonly #names = new WeakMap<Board, string>()
  readonly #changes = new WeakMap<Board, Map<string, BoardChange>>()
  #count = 0
  #last: Board | undefined
  /** `same`: whether two pictures say the same. */
  constructor(private readonly same: (a: Board, b: Board) => boolean) {}

  /** The name of a picture; one that says the same as the last has the last's. */
  nameOf(board: Board): string {
    const known = this.#names.get(board)
    if (known) return known
    const same = this.#last && this.same(this.#last, board)
    const name = same ? this.#names.get(this.#last!)! : `${this.#origin}-${++this.#count}`
    this.#names.set(board, name)
    this.#last = board
    this.#boards.set(name, this.#boards.get(name) ?? board)
    if (this.#boards.size > KEPT) this.#boards.delete(this.#boards.keys().next().value!)
    return name
  }

  /** The step to this picture from the one that a screen shows; undefined when it shows this one. One and the same for all who show the same. */
  to(board: Board, shown: string | undefined): BoardChange | undefined {
    const step = this.nameOf(board)
    if (shown === step) return undefined
    const before = shown === undefined ? undefined : this.#boards.get(shown)
    const since = before ? shown! : null
    let changes = this.#changes.get(board)
    if (!changes) this.#changes.set(board, (changes = new Map<string, BoardChange>()))
    let change = changes.get(since ?? '')
    if (!change) {
      const { seq, asOf, changedAt } = board
      change = sameForAll({ ...{ step, since, seq, asOf, changedAt }, board: before ? null : board, delta: before ? deltaOf(before, board) : null })
      changes.set(since ?? '', change)
    }
    return change
  }
}
