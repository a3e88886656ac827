import { type Datum, type ThingClass } from '../datum.js'
import { meeting } from './column.js'
import { hopSql, type Reading } from './reading.js'
import { sourceSql } from './source.js'
import { both, joined, raw, sql, type Sql } from './sql.js'

/** The to-one joins of one statement; the same relation of the same row is joined once. A row outside the scope joins as null. */
export class Joins {
  readonly #known = new Map<string, string>()
  readonly #parts: Sql[] = []
  constructor(private readonly reading: Reading) {}

  /** The alias under which the row that `datum` leads to stands. */
  to(on: ThingClass, at: string, datum: Datum): string {
    const key = `${at}.${datum.name}`
    let alias = this.#known.get(key)
    if (!alias) {
      this.#known.set(key, (alias = `j${this.#known.size}`))
      const target = datum.target!()
      const condition = both(raw(meeting(on, datum, at, alias)), hopSql(target, alias, this.reading))
      this.#parts.push(sql`left join ${sourceSql(target, this.reading)} ${raw(alias)} on ${condition}`)
    }
    return alias
  }

  sql(): Sql {
    return joined(this.#parts, ' ')
  }
}
