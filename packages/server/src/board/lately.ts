import { Hazard } from '../hazard/hazard.entity.js'
import type { Instant } from '../shared/days.js'
import { carriedOf, carryingRows, type Known, readKnown, rowsNow } from '../shared/read/known.js'
import type { PlainRow, Reader } from '../shared/read/reader.js'
import type { Reading } from '../shared/read/reading.js'
import { isLaterSql, laterSql } from '../shared/read/source.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'

/** How many entries are kept at most (some tens of megabytes), and how many hazards are put together in the server's own thread. */
export interface MostKept {
  entries: number
  hazards: number
}
const MOST: MostKept = { entries: 60_000, hazards: 5_000 }
/** So many entries that have come since are read at once; more of them as they are taken. */
const FEW = 2_000

/** An entry of the log of a hazard that stood already, with what it found of what a board names. */
interface Later {
  seq: number
  record: string
  at: Instant
  /** When the hazard began; null: it was removed when this was read, and its removal says so. */
  began: Instant | null
  was: Record<string, unknown>
}

/**
 * What has changed of hazards since an instant, kept for the next past that is asked: whoever looks back looks again, and
 * what the log has had it will always have. What has come since is read each time, what lies before it when it is asked for.
 */
export class Lately {
  #since: Instant | undefined
  /** From here to now there are more than are kept. */
  #tooFar: Instant | undefined
  /** The last entry of a hazard when the log was last read, and its hash: a store that came back without it is another one. */
  #last = { seq: 0, hash: null as unknown }
  #entries: Later[] = []
  #turn: Promise<unknown> = Promise.resolve()
  readonly #carried: ReturnType<typeof carriedOf>

  constructor(
    private readonly reader: Reader,
    private readonly columns: readonly string[],
    private readonly most = MOST,
  ) {
    this.#carried = carriedOf(Hazard, columns)
  }

  /** As `readKnown` says it; one after the other, also behind one that nobody waits for any more. */
  known(reading: Reading): Promise<Known> {
    const known = this.#turn.then(() => this.#known(reading))
    this.#turn = known.catch(() => undefined)
    return known
  }

  async #known(reading: Reading): Promise<Known> {
    const asOf = reading.asOf!
    const found = (await this.#reach(asOf)) ? this.#foundSince(asOf) : undefined
    const { seq } = this.#last
    if (!found) return readKnown(this.reader, reading, Hazard, this.columns)
    const ids = [...found.keys()]
    const stood = ids.filter((id) => !begunSince(found.get(id)!, asOf))
    const now = rowsNow(Hazard, this.columns, stood, reading)
    const rows = new Map((await this.reader.all(now.sql, now.params)).map((row) => [row['id'] as string, row]))
    const were = stood.map((id) => {
      const [said, is] = [found.get(id)!, rows.get(id)]
      return this.#carried.map(({ name, column }) => (name === 'id' ? id : name in said ? said[name] : (is?.[column] ?? (name === 'version' ? 1 : null))))
    })
    return carryingRows(reading, Hazard, this.columns, ids, were, seq)
  }

  /** Of each hazard that has changed since and does not say itself that it has begun since, what the first changes found; undefined: too many. */
  #foundSince(asOf: Instant): Map<string, Record<string, unknown>> | undefined {
    const found = new Map<string, Record<string, unknown>>()
    for (const { record, at, began, was } of this.#entries) {
      if (at <= asOf || (began !== null && began > asOf)) continue
      const known = found.get(record)
      if (known) {
        for (const name in was) if (!(name in known)) known[name] = was[name]
      } else if (found.size === this.most.hazards) return undefined
      else found.set(record, { ...was })
    }
    return found
  }

  /** Reads what is missing from then to now; false: that is more than is kept. */
  async #reach(asOf: Instant): Promise<boolean> {
    const last = `(select max(seq) from change where thing = 'Hazard')`
    const hash = (seq: string) => `(select hash from change where seq = ${seq})`
    const [head = {}] = await this.reader.all(`select ${last} as seq, ${hash(last)} as hash, ${hash('?')} as known`, [this.#last.seq])
    const next = { seq: Number(head['seq'] ?? 0), hash: head['hash'] }
    if (head['known'] !== this.#last.hash) this.#forget()
    if (this.#tooFar !== undefined && asOf <= this.#tooFar) return false
    if (this.#since !== undefined && next.seq > this.#last.seq) {
      const more = await this.#read(
        sql`change where thing = 'Hazard' and seq > ${this.#last.seq} and seq <= ${next.seq} and ${isLaterSql(this.reader.engine)}`,
        FEW,
      )
      if (!more) return this.#forget()
      for (const one of more) if (one.at > this.#since) this.#entries.push(one)
    }
    this.#last = next
    if (this.#since === undefined || asOf < this.#since) {
      const until = this.#since === undefined ? sql`` : sql` and at <= ${this.#since}`
      const older = await this.#read(sql`${laterSql(this.reader.engine)} and thing = 'Hazard' and at > ${asOf} and seq <= ${next.seq}${until}`)
      if (!older) {
        this.#tooFar = asOf
        return false
      }
      this.#entries = [...older, ...this.#entries].sort((a, b) => a.seq - b.seq)
      this.#since = asOf
    }
    return true
  }

  #forget(): false {
    this.#since = undefined
    this.#tooFar = undefined
    this.#last = { seq: 0, hash: null }
    this.#entries = []
    return false
  }

  /** Undefined: there is no room for so many. Few at once, with everybody else's statements; many as long as they take. */
  async #read(from: Sql, few = 0): Promise<Later[] | undefined> {
    const room = this.most.entries - this.#entries.length
    const upTo = (limit: number) => sql`select c.seq as seq, c.record as record, c.at as at, c.diff as diff, h.created_at as began
      from (select seq, record, at, diff from ${from} limit ${raw(String(limit))}) c left join hazard h on h.id = c.record order by c.seq`
    if (few && few < room) {
      const { sql: text, params } = upTo(few + 1)
      const rows = await this.reader.all(text, params)
      if (rows.length <= few) return rows.map((row) => this.#laterOf(row))
    }
    const { sql: text, params } = upTo(room + 1)
    const entries: Later[] = []
    for await (const row of this.reader.stream(text, params)) {
      if (entries.length === room) return undefined
      entries.push(this.#laterOf(row))
    }
    return entries
  }

  #laterOf({ seq, record, at, diff, began }: PlainRow): Later {
    const said = JSON.parse(diff as string) as Record<string, [unknown, unknown]>
    const was: Record<string, unknown> = {}
    for (const { name } of this.#carried) if (said[name]) was[name] = said[name][0]
    return { seq: Number(seq), record: record as string, at: at as Instant, began: began as Instant | null, was }
  }
}

/** Entered later than it says itself that it began, or begun since and removed again. */
const begunSince = ({ createdAt }: Record<string, unknown>, asOf: Instant): boolean =>
  createdAt === null || (createdAt !== undefined && (createdAt as Instant) > asOf)
