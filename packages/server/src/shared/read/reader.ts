import type { Form } from './csvLine.js'

export type Engine = 'sqlite' | 'postgres'
export type PlainRow = Record<string, unknown>

/** Who asks, and how long he may wait: what a heavy statement needs to know to be fair and to end. */
export interface Asker {
  /** Heavy statements of one account take turns with those of the others. */
  account?: string | undefined
  /** The operation it belongs to; one account may have so many under way. */
  operation?: string | undefined
  deadlineMs?: number
  signal?: AbortSignal | undefined
}

/** Some rows as bare values, in the order of the columns. */
export interface Chunk {
  columns: string[]
  rows: unknown[][]
}

/** Some rows as lines of a CSV. */
export interface Written {
  csv: Uint8Array
  count: number
}

/** Statements that may look at many rows: beside everybody else's, one account after the other, never for long. */
export interface Heavy {
  all(sql: string, params?: readonly unknown[], asker?: Asker): Promise<PlainRow[]>
  /** For exports: as many rows as there are, as fast as they are taken, with flat memory. */
  chunks(sql: string, params?: readonly unknown[], asker?: Asker): AsyncGenerator<Chunk, void, undefined>
  /** The same, written down column by column in these forms. */
  csv(sql: string, params: readonly unknown[], forms: readonly Form[], asker?: Asker): AsyncGenerator<Written, void, undefined>
}

/**
 * The read path's own door to the store: plain rows, prepared statements, values always bound. It sees committed rows
 * only, and never waits for the writer. SQL is written once with `?`.
 */
export interface Reader {
  readonly engine: Engine
  readonly heavy: Heavy
  /** At once, for statements that look at few rows. */
  all(sql: string, params?: readonly unknown[]): Promise<PlainRow[]>
  /** At once or in the heavy lane, by the rows it is thought to look at (estimate.ts). */
  run(statement: { sql: string; params: readonly unknown[] }, rows: number, asker?: Asker): Promise<PlainRow[]>
  /** One row at a time with flat memory, for exports of any size. */
  stream(sql: string, params?: readonly unknown[], asker?: Asker): AsyncGenerator<PlainRow, void, undefined>
  /** Has ready what the first questions would wait for: processes, connections. */
  warm(): Promise<void>
  /** Calls back when another process may have committed, where the engine can tell; gives what ends it. */
  listen(wake: () => void): () => void
  close(): Promise<void>
}

/** About 20 ms of looking: more than that, and others would notice. */
export const HEAVY_ROWS = 20_000
export const DEADLINE_MS = 30_000
/** A stream whose reader takes nothing for so long is given up: it holds back the store's own housekeeping. */
export const STALLED_MS = 300_000
export const CHUNK_ROWS = 500

export const rowsOf = ({ columns, rows }: Chunk): PlainRow[] => rows.map((values) => rowOf(columns, values))

/** A plain object for the engine's eyes, of a kind of its own: where thousands of others begin with `{}`, one more becomes a slow dictionary. */
const Row = function () {} as unknown as new () => PlainRow
Row.prototype = Object.prototype

function rowOf(columns: readonly string[], values: readonly unknown[]): PlainRow {
  const row = new Row()
  for (let i = 0; i < columns.length; i++) row[columns[i]!] = values[i]
  return row
}

/** By hand, not as a generator: of those, each row would cost several turns of the queue. */
export function oneByOne(chunks: AsyncGenerator<Chunk, void, undefined>): AsyncGenerator<PlainRow, void, undefined> {
  let chunk: Chunk = { columns: [], rows: [] }
  let at = 0
  const next = async (): Promise<IteratorResult<PlainRow, void>> => {
    const { done, value } = await chunks.next()
    if (done) return { done: true, value: undefined }
    chunk = value
    at = 1
    return { done: false, value: rowOf(chunk.columns, chunk.rows[0]!) }
  }
  const end = async (): Promise<IteratorResult<PlainRow, void>> => {
    chunk = { columns: [], rows: [] }
    await chunks.return()
    return { done: true, value: undefined }
  }
  return {
    next: () => (at < chunk.rows.length ? Promise.resolve({ done: false as const, value: rowOf(chunk.columns, chunk.rows[at++]!) }) : next()),
    return: end,
    throw: async (error: unknown) => {
      await end()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.asyncDispose]: () => end().then(() => undefined),
  }
}
