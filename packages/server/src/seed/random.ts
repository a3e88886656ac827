import { v7 } from 'uuid'

/** Numbers that look random and are the same every time (sfc32): the demo town is the same town on every machine. */
export class Random {
  #a: number
  #b: number
  #c: number
  #d = 1
  readonly #bytes = new Uint8Array(16)

  constructor(seed: string) {
    const hash = (start: number) => [...seed].reduce((h, char) => Math.imul(h ^ char.codePointAt(0)!, 0x01000193) >>> 0, start)
    this.#a = hash(0x811c9dc5)
    this.#b = hash(0x9e3779b9)
    this.#c = hash(0x243f6a88)
    for (let i = 0; i < 12; i++) this.#next()
  }

  #next(): number {
    const t = (this.#a + this.#b + this.#d++) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (this.#c << 21) | (this.#c >>> 11)
    this.#c = (this.#c + t) | 0
    return t >>> 0
  }

  /** A whole number from low to high, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor((this.#next() / 2 ** 32) * (high - low + 1))
  }

  /** True so many times in a hundred. */
  percent(share: number): boolean {
    return this.whole(0, 9_999) < share * 100
  }

  pick<T>(from: readonly T[]): T {
    return from[this.whole(0, from.length - 1)]!
  }

  /** One of the keys, each as often as its weight says. */
  weighted<T>(from: readonly (readonly [T, number])[]): T {
    let left = this.whole(
      1,
      from.reduce((sum, [, weight]) => sum + weight, 0),
    )
    return from.find(([, weight]) => (left -= weight) <= 0)![0]
  }

  shuffle<T>(list: T[]): T[] {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.whole(0, i)
      ;[list[i], list[j]] = [list[j]!, list[i]!]
    }
    return list
  }

  /** An id as a record made at that moment has one. */
  id(at: number): string {
    for (let i = 0; i < 16; i += 4) {
      const four = this.#next()
      for (let j = 0; j < 4; j++) this.#bytes[i + j] = (four >>> (8 * j)) & 0xff
    }
    return v7({ msecs: at, random: this.#bytes })
  }
}
