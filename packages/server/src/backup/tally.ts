/** One line of progress. */
export type Say = (line: string) => void

const EVERY = 200_000

/** Counts the rows of a table; says how far it is now and then, so that nobody takes a large one for a standstill. */
export class Tally {
  rows = 0
  #next = EVERY
  constructor(
    private readonly table: string,
    private readonly say: Say,
  ) {}
  add(rows: number): void {
    this.rows += rows
    if (this.rows < this.#next) return
    this.say(`  ${this.table}：${this.rows} 行 …`)
    this.#next += EVERY
  }
  done(): number {
    if (this.rows) this.say(`  ${this.table}：${this.rows} 行`)
    return this.rows
  }
}
