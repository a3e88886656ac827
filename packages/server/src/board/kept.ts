import { Hazard } from '../hazard/hazard.entity.js'
import type { Day } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'
import { type Reading, scopeSql } from '../shared/read/reading.js'
import { sql } from '../shared/read/sql.js'
import { colorsOf } from './colors.js'
import { type Names, readNames } from './names.js'
import type { Moved } from './readHazards.js'
import type { BoardColors } from './snapshot.js'
import type { Tally } from './tally.js'

/** What stands on a board beside its counts and seldom changes: read anew only when the log says that it may have. */
export class Kept {
  #names: { today: Day; names: Promise<Names> } | undefined
  #colors: { today: Day; colors: Promise<BoardColors>; closed: Promise<Set<string>> } | undefined
  constructor(private readonly reader: Reader) {}

  names({ scope, today, digits }: Tally): Promise<Names> {
    if (this.#names?.today !== today) this.#names = { today, names: readNames(this.reader, scope, today, digits) }
    return this.#names.names
  }

  async colors(tally: Tally, names: Names): Promise<BoardColors> {
    const { today, scope } = tally
    if (this.#colors?.today !== today) {
      const reading: Reading = { engine: this.reader.engine, scope, today }
      // The enterprises first: one whose first closure comes between the two is then found missing, and counted again.
      const closed = this.#closed(reading)
      this.#colors = { today, closed, colors: closed.then(() => colorsOf(this.reader, tally, names, reading)) }
    }
    return this.#colors.colors
  }

  /** 双控覆盖 asks whether an enterprise has closed any hazard at all: only its first closure changes that. */
  async #closed(reading: Reading): Promise<Set<string>> {
    const { sql: text, params } = sql`select distinct t.enterprise_id as id from hazard t where t.stage = 'CLOSED' and ${scopeSql(Hazard, 't', reading.scope)}`
    return new Set((await this.reader.all(text, params)).map((row) => row['id'] as string))
  }

  async follow({ places, standings, closed, reopened }: Moved): Promise<void> {
    if (places) this.forget()
    else if (standings || reopened) this.#colors = undefined
    else if (closed.length && this.#colors) {
      const known = await this.#colors.closed
      if (closed.some((enterprise) => !known.has(enterprise))) this.#colors = undefined
    }
  }

  forget(): void {
    this.#names = this.#colors = undefined
  }
}
