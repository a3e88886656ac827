import Database from 'better-sqlite3'
import { LRUCache } from 'lru-cache'
import { Lane } from './lane.js'
import { type Asker, type Heavy, HEAVY_ROWS, oneByOne, type PlainRow, type Reader, rowsOf } from './reader.js'

const STATEMENTS = 500

/** Reads in the server's own thread what is quickly read, and everything else in processes beside it. */
export class SqliteReader implements Reader {
  readonly engine = 'sqlite'
  readonly heavy: Heavy
  readonly #db: Database.Database
  readonly #lane: Lane
  readonly #statements = new LRUCache<string, Database.Statement>({ max: STATEMENTS })
  constructor(file: string) {
    this.#db = new Database(file, { readonly: true })
    this.#db.pragma('cache_size = -16000')
    this.#db.pragma('mmap_size = 2147418112') // as much as SQLite maps: a row somewhere in a large file then costs no call of the system
    this.#db.pragma('busy_timeout = 5000')
    const lane = (this.#lane = new Lane(file))
    this.heavy = {
      all: async (sql, params = [], asker) => rowsOf(await lane.all(sql, params, asker)),
      chunks: (sql, params = [], asker) => lane.chunks(sql, params, asker),
      csv: (sql, params, forms, asker) => lane.csv(sql, params, forms, asker),
    }
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
  run({ sql, params }: { sql: string; params: readonly unknown[] }, rows: number, asker?: Asker): Promise<PlainRow[]> {
    return rows > HEAVY_ROWS ? this.heavy.all(sql, params, asker) : this.all(sql, params)
  }
  stream(sql: string, params: readonly unknown[] = [], asker?: Asker): AsyncGenerator<PlainRow, void, undefined> {
    return oneByOne(this.heavy.chunks(sql, params, asker))
  }
  warm(): Promise<void> {
    return this.#lane.warm()
  }
  listen(): () => void {
    return () => undefined // a file does not tell; wake.ts looks twice a second
  }
  async close(): Promise<void> {
    await this.#lane.close()
    this.#db.close()
  }
}
