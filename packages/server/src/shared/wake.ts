import { onCommit } from './act.js'
import type { PlainRow, Reader } from './read/reader.js'
import { Waiters } from './waiters.js'

const LOOK_MS = 500
export const BATCH = 200

const ROWS = `select seq, at, act, thing, record, diff, division, station, enterprise, workshop, hash from change`

const watches = new WeakMap<Reader, LogWatch>()
export const watchOf = (reader: Reader): LogWatch => {
  let watch = watches.get(reader)
  if (!watch) watches.set(reader, (watch = new LogWatch(reader)))
  return watch
}

/**
 * Tells everybody who follows the log of one store when to read on: at once after a commit of this process (and of
 * others on PostgreSQL, which notifies), and by looking at the end of the log twice a second. It carries no rows; those
 * come from the store, read once for all who stand at the same place.
 */
export class LogWatch {
  #turn = 1
  #head = -1
  #idle = 0
  #stop: (() => void) | undefined
  readonly #waiting = new Waiters()
  readonly #batches = new Map<string, Promise<PlainRow[]>>()
  constructor(private readonly reader: Reader) {}

  get waiting(): number {
    return this.#waiting.size
  }

  /** A mark to wait from, taken before reading: nothing that commits after it goes unnoticed. */
  turn(): number {
    this.#start()
    return this.#turn
  }

  /** Resolves as soon as the log may have grown since that turn, or the signal ends. */
  grown(turn: number, signal?: AbortSignal): Promise<void> {
    this.#start()
    return turn === this.#turn ? this.#waiting.next(signal) : Promise.resolve()
  }

  /** The next rows behind a place, in order. */
  rowsAfter(seq: number, thing: string | undefined): Promise<PlainRow[]> {
    this.#start()
    const key = `${seq} ${thing ?? ''}`
    let batch = this.#batches.get(key)
    if (!batch) {
      const where = thing === undefined ? 'seq > ?' : 'thing = ? and seq > ?'
      batch = this.reader.all(`${ROWS} where ${where} order by seq limit ${BATCH}`, thing === undefined ? [seq] : [thing, seq])
      this.#batches.set(key, batch)
      // Kept only near the end of the log, where everybody stands; who catches up from far behind reads for himself.
      const forget = () => void (this.#batches.get(key) === batch && this.#batches.delete(key))
      batch.then((rows) => rows.length === BATCH && forget(), forget)
    }
    return batch
  }

  #wake(): void {
    this.#turn++
    this.#batches.clear()
    this.#waiting.wake()
  }

  #start(): void {
    this.#idle = 0
    if (this.#stop) return
    const timer = setInterval(() => void this.#look(), LOOK_MS)
    timer.unref()
    const offCommit = onCommit(() => this.#wake())
    const offNotify = this.reader.listen(() => this.#wake())
    this.#stop = () => {
      clearInterval(timer)
      offCommit()
      offNotify()
    }
    this.#wake() // whatever happened while nobody listened
  }

  async #look(): Promise<void> {
    if (!this.#waiting.size && ++this.#idle > 10) {
      this.#stop?.()
      this.#stop = undefined
      this.#batches.clear()
      return
    }
    try {
      const [row] = await this.reader.all('select seq from chain_head where id = 1')
      const head = Number(row?.['seq'] ?? -1)
      if (head === this.#head) return
      this.#head = head
      this.#wake()
    } catch {
      // The database is away for a moment; the next look finds what was missed.
    }
  }
}
