import { LRUCache } from 'lru-cache'
import pg from 'pg'
import { cutOff } from '../trouble.js'
import { csvLines, type Form } from './csvLine.js'
import { listenOn } from './listen.js'
import {
  type Asker,
  type Chunk,
  CHUNK_ROWS,
  DEADLINE_MS,
  type Heavy,
  HEAVY_ROWS,
  oneByOne,
  type PlainRow,
  type Reader,
  rowsOf,
  STALLED_MS,
  type Written,
} from './reader.js'
import { stopped, tooSlow } from './tooSlow.js'
import { Turns } from './turns.js'

// int8 and numeric arrive as text by default; counts and seqs here stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

const STATEMENTS = 500
const ORDINARY = 8
const ASKING = 4
const STREAMING = 8
/** A connection that was opened for one screen is still there for the next. */
const IDLE_MS = 300_000
/** It keeps every statement that it has prepared, and so it ends one day. */
const LIFE_S = 3_600
/** Compiling a statement takes longer than it saves: even the long ones are over in a second. */
const ANY = '-c jit=off'
/** Those that look at many rows may sort and hash without a file; more than the server's usual 4 MB, for they are few. */
const LONG = `${ANY} -c work_mem=32MB`
/** So many ordinary connections are ready before anybody asks. */
const WARM = 4
const ORDINARY_MS = 15_000
const CANCELLED = '57014'

/** Three pools: long statements and long downloads never hold the connections of everybody's next click. */
export class PostgresReader implements Reader {
  readonly engine = 'postgres'
  readonly heavy: Heavy
  readonly #pool: pg.Pool
  readonly #asking: pg.Pool
  readonly #streaming: pg.Pool
  readonly #turns = new Turns({ slots: ASKING, ofOne: ASKING - 1, waiting: 100, waitMs: DEADLINE_MS, operations: 4 })
  readonly #names = new LRUCache<string, { text: string; name: string }>({ max: STATEMENTS })
  readonly #listening = new Set<() => void>()
  readonly #deadlines = new WeakMap<pg.PoolClient, number>()
  #count = 0
  constructor(
    private readonly url: string,
    size = ORDINARY,
  ) {
    const pool = (max: number, statementMs: number, options: string) => {
      const limits = {
        max,
        options,
        statement_timeout: statementMs,
        idle_in_transaction_session_timeout: STALLED_MS,
        idleTimeoutMillis: IDLE_MS,
        maxLifetimeSeconds: LIFE_S,
        keepAlive: true,
      }
      const made = new pg.Pool({ connectionString: url, ...limits })
      // A lost connection is replaced by the pool, and the next query says if the database is gone. One that somebody holds is
      // nobody's but its own: without a listener it would take the process with it.
      made.on('connect', (client) => client.on('error', () => undefined))
      made.on('error', () => undefined)
      return made
    }
    this.#pool = pool(size, ORDINARY_MS, ANY)
    this.#asking = pool(ASKING, DEADLINE_MS, LONG)
    this.#streaming = pool(STREAMING, 4 * DEADLINE_MS, LONG)
    this.heavy = {
      all: (sql, params, asker) => this.#heavily(sql, params, asker),
      chunks: (sql, params, asker) => this.#chunks(sql, params, asker),
      csv: (sql, params, forms, asker) => this.#csv(sql, params, forms, asker),
    }
  }
  #prepare(sql: string) {
    let known = this.#names.get(sql)
    if (!known) {
      let n = 0
      known = { text: sql.replaceAll('?', () => `$${++n}`), name: `r${++this.#count}` }
      this.#names.set(sql, known)
    }
    return known
  }
  async all(sql: string, params: readonly unknown[] = []): Promise<PlainRow[]> {
    const result = await this.#pool.query<PlainRow>({ ...this.#prepare(sql), values: [...params] }).catch(inWords(ORDINARY_MS))
    return result.rows
  }
  run({ sql, params }: { sql: string; params: readonly unknown[] }, rows: number, asker?: Asker): Promise<PlainRow[]> {
    return rows > HEAVY_ROWS ? this.heavy.all(sql, params, asker) : this.all(sql, params)
  }
  stream(sql: string, params: readonly unknown[] = [], asker?: Asker): AsyncGenerator<PlainRow, void, undefined> {
    return oneByOne(this.#chunks(sql, params, asker))
  }

  async #heavily(sql: string, params: readonly unknown[] = [], asker: Asker = {}): Promise<PlainRow[]> {
    const { deadlineMs = DEADLINE_MS, signal } = asker
    const done = await this.#turns.take(asker)
    const client = await this.#asking.connect().catch((error: unknown) => {
      done()
      throw cutOff(error)
    })
    const free = this.#cancelling(client, signal)
    let failed: unknown
    try {
      await this.#within(client, Math.max(1, Math.floor(deadlineMs)))
      signal?.throwIfAborted()
      const { fields, rows } = await client.query<unknown[]>({ text: this.#prepare(sql).text, values: [...params], rowMode: 'array' })
      return rowsOf({ columns: fields.map(({ name }) => name), rows })
    } catch (error) {
      failed = error
      throw signal?.aborted ? stopped() : refused(error, deadlineMs)
    } finally {
      free()
      // A cancel that is still on its way would hit whoever has the connection next.
      client.release(!!signal?.aborted || (!!failed && !(failed instanceof pg.DatabaseError)))
      done()
    }
  }

  /** A connection is told how long a statement may take only when that is something else than before. */
  async #within(client: pg.PoolClient, deadlineMs: number): Promise<void> {
    if (this.#deadlines.get(client) === deadlineMs) return
    this.#deadlines.delete(client)
    await client.query(`set statement_timeout = ${deadlineMs}`)
    this.#deadlines.set(client, deadlineMs)
  }

  async *#chunks(sql: string, params: readonly unknown[] = [], { signal, deadlineMs = 4 * DEADLINE_MS }: Asker = {}): AsyncGenerator<Chunk, void, undefined> {
    const client = await this.#streaming.connect().catch((error: unknown) => {
      throw cutOff(error)
    })
    const free = this.#cancelling(client, signal)
    let whole = false
    try {
      await client.query(`begin read only; set local statement_timeout = ${Math.max(1, Math.floor(deadlineMs))}`)
      signal?.throwIfAborted()
      await client.query(`declare rows_of no scroll cursor for ${this.#prepare(sql).text}`, [...params])
      const fetch = () => client.query<unknown[]>({ text: `fetch ${CHUNK_ROWS} from rows_of`, rowMode: 'array' })
      let coming = fetch()
      for (;;) {
        const { fields, rows } = await coming
        const last = rows.length < CHUNK_ROWS
        if (!last) (coming = fetch()).catch(() => undefined) // thrown where it is awaited
        if (last) {
          await client.query('commit')
          whole = true
        }
        if (rows.length) yield { columns: fields.map(({ name }) => name), rows }
        if (last) return
      }
    } catch (error) {
      throw signal?.aborted ? stopped() : refused(error, deadlineMs)
    } finally {
      free()
      client.release(!whole || !!signal?.aborted)
    }
  }

  async *#csv(sql: string, params: readonly unknown[], forms: readonly Form[], asker?: Asker): AsyncGenerator<Written, void, undefined> {
    for await (const { rows } of this.#chunks(sql, params, asker)) yield { csv: Buffer.from(csvLines(rows, forms)), count: rows.length }
  }

  /** Cancels what the connection does as soon as its reader leaves; again and again, for a cancel that comes between two statements finds nothing. */
  #cancelling(client: pg.PoolClient, signal: AbortSignal | undefined): () => void {
    const { processID } = client as unknown as { processID: number }
    let again: NodeJS.Timeout | undefined
    const cancel = () => {
      again = setTimeout(cancel, 250).unref()
      this.#pool.query('select pg_cancel_backend($1)', [processID]).catch(() => undefined)
    }
    if (signal?.aborted) cancel()
    else signal?.addEventListener('abort', cancel, { once: true })
    return () => {
      clearTimeout(again)
      signal?.removeEventListener('abort', cancel)
    }
  }

  async warm(): Promise<void> {
    const tables = await this.all(
      "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema() where c.relkind = 'r' and has_table_privilege(c.oid, 'select')",
    )
    // A connection learns about a table when it is first asked for it, and that takes longer than many an answer.
    const every = `select ${tables.map(({ name }) => `exists (select 1 from "${String(name)}" where false)`).join(', ')}`
    const ready = (pool: pg.Pool, many: number) => Array.from({ length: many }, () => pool.query(every))
    await Promise.all([...ready(this.#asking, ASKING), ...ready(this.#pool, WARM), ...ready(this.#streaming, 1)])
  }

  listen(wake: () => void): () => void {
    const stop = listenOn(this.url, wake)
    this.#listening.add(stop)
    return () => {
      stop()
      this.#listening.delete(stop)
    }
  }
  async close(): Promise<void> {
    for (const stop of this.#listening) stop()
    await Promise.all([this.#pool, this.#asking, this.#streaming].map((pool) => pool.end()))
  }
}

const refused = (error: unknown, deadlineMs: number): unknown =>
  error instanceof pg.DatabaseError && error.code === CANCELLED ? tooSlow(deadlineMs) : cutOff(error)
const inWords = (deadlineMs: number) => (error: unknown) => {
  throw refused(error, deadlineMs)
}
