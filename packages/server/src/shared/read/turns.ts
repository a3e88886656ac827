import type { Asker } from './reader.js'
import { busy, stopped } from './tooSlow.js'

export interface TurnLimits {
  /** So many run at once. */
  slots: number
  /** So many of one account: the last slot is for somebody else. */
  ofOne: number
  /** So many wait; the next is told to come again. */
  waiting: number
  waitMs: number
  /** So many operations of one account run or wait. */
  operations: number
}

interface Waiting {
  asker: Asker
  since: number
  begin(): void
}

const SYSTEM = ''
const accountOf = ({ account }: Asker) => account ?? SYSTEM

/** Who runs next: the account with the fewest running; among equals the one served longest ago; within one account first come, first served. */
export class Turns {
  readonly #running = new Set<Asker>()
  readonly #waiting = new Set<Waiting>()
  readonly #served = new Map<string, number>()
  #count = 0

  constructor(private readonly limits: TurnLimits) {}

  /** Resolves when it is one's turn, with what ends it. */
  async take(asker: Asker = {}): Promise<() => void> {
    if (asker.signal?.aborted) throw stopped()
    this.#bound(asker)
    if (!this.#mayRun(asker)) await this.#wait(asker)
    else this.#begin(asker)
    let over = false
    return () => {
      if (over) return
      over = true
      this.#running.delete(asker)
      this.#next()
    }
  }

  #mayRun(asker: Asker): boolean {
    if (this.#running.size >= this.limits.slots) return false
    return asker.account === undefined || this.#runningOf(accountOf(asker)) < this.limits.ofOne
  }

  #runningOf(account: string): number {
    let n = 0
    for (const one of this.#running) if (accountOf(one) === account) n++
    return n
  }

  #bound(asker: Asker): void {
    const { account, operation } = asker
    if (account !== undefined && operation !== undefined) {
      const own = new Set([operation])
      for (const one of [...this.#running, ...[...this.#waiting].map((waiting) => waiting.asker)]) if (one.account === account) own.add(one.operation ?? '')
      if (own.size > this.limits.operations) throw busy(`您已有 ${this.limits.operations} 个大查询在运行`, 5)
    }
    if (!this.#mayRun(asker) && this.#waiting.size >= this.limits.waiting) throw busy('现在做统计的人太多', 10)
  }

  #wait(asker: Asker): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (error: Error) => {
        this.#waiting.delete(waiting)
        done()
        reject(error)
      }
      const tooLong = setTimeout(() => leave(busy('现在做统计的人太多', 10)), this.limits.waitMs)
      const left = () => leave(stopped())
      const done = () => {
        clearTimeout(tooLong)
        asker.signal?.removeEventListener('abort', left)
      }
      const waiting: Waiting = {
        asker,
        since: ++this.#count,
        begin: () => {
          this.#waiting.delete(waiting)
          done()
          this.#begin(asker)
          resolve()
        },
      }
      asker.signal?.addEventListener('abort', left, { once: true })
      this.#waiting.add(waiting)
    })
  }

  #begin(asker: Asker): void {
    this.#running.add(asker)
    if (this.#served.size > 1_000) this.#served.clear()
    this.#served.set(accountOf(asker), ++this.#count)
  }

  #next(): void {
    const place = ({ asker, since }: Waiting) => [this.#runningOf(accountOf(asker)), this.#served.get(accountOf(asker)) ?? 0, since] as const
    const [first] = [...this.#waiting]
      .filter(({ asker }) => this.#mayRun(asker))
      .sort((a, b) => {
        const [x, y] = [place(a), place(b)]
        return x[0] - y[0] || x[1] - y[1] || x[2] - y[2]
      })
    if (!first) return
    first.begin()
    this.#next()
  }
}
