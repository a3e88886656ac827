import Database from 'better-sqlite3'
import { LRUCache } from 'lru-cache'
import pg from 'pg'
import { listenOn } from './listen.js'

export type Engine = 'sqlite' | 'postgres'
export type PlainRow = Record<string, unknown>

/**
 * The read path's own door to the store: plain rows, prepared statements, values always bound. It sees committed rows
 * only, and never waits for the writer. SQL is written once with `?`.
 */
export interface Reader {
  readonly engine: Engine
  all(sql: string, params?: readonly unknown[]): Promise<PlainRow[]>
  /** One row at a time with flat memory, for exports of any size. */
  stream(sql: string, params?: readonly unknown[]): AsyncIterable<PlainRow>
  /** Calls back when another process may have committed, where the engine can tell; gives what ends it. */
  listen(wake: () => void): () => void
  close(): Promise<void>
}

const STATEMENTS = 500

export class SqliteReader implements Reader {
  readonly engine = 'sqlite'
  readonly #db: Database.Database
  readonly #statements = new LRUCache<string, Database.Statement>({ max: STATEMENTS })
  constructor(private readonly file: string) {
    this.#db = new Database(file, { readonly: true })
    this.#db.pragma('cache_size = -16000')
    this.#db.pragma('mmap_size = 268435456')
    this.#db.pragma('busy_timeout = 5000')
  }
  #prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql)
    if (!statement) this.#statements.set(sql, (statement = this.#db.prepare(sql)))
    return statement
  }
  all(sql: string, params: readonly unknown[] = []): Promise<PlainRow[]> {
    try {
      return Promise.resolve(this.#prepare(sql).all(...params) as PlainRow[])
    } catch (error) {
      return Promise.reject(error as Error)
    }
  }
  async *stream(sql: string, params: readonly unknown[] = []): AsyncIterable<PlainRow> {
    // A handle of its own: an open cursor would hold back the checkpoint and the other reads of this one.
    const db = new Database(this.file, { readonly: true })
    try {
      let seen = 0
      for (const row of db.prepare(sql).iterate(...params)) {
        yield row as PlainRow
        if (++seen % 500 === 0) await new Promise((resolve) => setImmediate(resolve)) // let other requests in
      }
    } finally {
      db.close()
    }
  }
  listen(): () => void {
    return () => undefined // a file does not tell; wake.ts looks every second
  }
  close(): Promise<void> {
    this.#db.close()
    return Promise.resolve()
  }
}

// int8 and numeric arrive as text by default; counts and seqs here stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

export class PostgresReader implements Reader {
  readonly engine = 'postgres'
  readonly #pool: pg.Pool
  readonly #names = new LRUCache<string, { text: string; name: string }>({ max: STATEMENTS })
  readonly #listening = new Set<() => void>()
  #count = 0
  constructor(
    private readonly url: string,
    size = 8,
  ) {
    this.#pool = new pg.Pool({ connectionString: url, max: size })
    this.#pool.on('error', () => undefined) // a lost idle connection is replaced by the pool; the next query says if the database is gone
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
    const result = await this.#pool.query<PlainRow>({ ...this.#prepare(sql), values: [...params] })
    return result.rows
  }
  async *stream(sql: string, params: readonly unknown[] = []): AsyncIterable<PlainRow> {
    const client = await this.#pool.connect()
    try {
      await client.query('begin read only')
      await client.query(`declare rows_of no scroll cursor for ${this.#prepare(sql).text}`, [...params])
      for (;;) {
        const { rows } = await client.query<PlainRow>('fetch 1000 from rows_of')
        yield* rows
        if (rows.length < 1000) break
      }
      await client.query('commit')
    } finally {
      client.release(true)
    }
  }
  listen(wake: () => void): () => void {
    const stop = listenOn(this.url, wake)
    this.#listening.add(stop)
    return () => {
      stop()
      this.#listening.delete(stop)
    }
  }
  close(): Promise<void> {
    for (const stop of this.#listening) stop()
    return this.#pool.end()
  }
}
