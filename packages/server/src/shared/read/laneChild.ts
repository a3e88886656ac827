import Database from 'better-sqlite3'
import type { Form } from './csvLine.js'

/**
 * The heavy lane of SQLite: a process of its own, so that a long statement stops nobody and can itself be stopped, which
 * nothing inside a process can do. It speaks with laneProcess.ts. Started as it stands, by file name: of ours it loads but what writes lines, built or as it stands like itself.
 */
export type Told =
  | { do: 'all'; id: number; sql: string; params: unknown[] }
  | { do: 'open'; id: number; sql: string; params: unknown[]; rows: number; ahead: number; forms?: Form[] }
  | { do: 'more'; id: number }
  | { do: 'stop'; id: number }
export type Said =
  | { id: number; columns: string[]; rows: unknown[][]; done: boolean }
  | { id: number; csv: Uint8Array; count: number; done: boolean }
  | { id: number; error: string }

interface Walk {
  /** So many chunks may still be sent before one is taken. */
  ahead: number
  next(): Said
  close(): void
}

const { csvLines } = (await import(import.meta.url.replace('laneChild', 'csvLine'))) as typeof import('./csvLine.js')
const file = process.argv[2]!
const walks = new Map<number, Walk>()
const say = (said: Said) => void process.send?.(said)
let shared: Database.Database | undefined

/** `mapped`: so much of the file is read as memory; of a walk through all of it, none, for it would seem to take as much. */
function open(mapped: number): Database.Database {
  const db = new Database(file, { readonly: true })
  db.pragma('cache_size = -32000')
  db.pragma(`mmap_size = ${mapped}`)
  db.pragma('busy_timeout = 5000')
  return db
}

function all(id: number, sql: string, params: unknown[]): Said {
  shared ??= open(2_147_418_112)
  const statement = shared.prepare(sql).raw()
  const columns = statement.columns().map(({ name }) => name)
  return { id, columns, rows: statement.all(...params) as unknown[][], done: true }
}

/** A handle of its own: the walks of several readers do not meet, and ending one frees what it held. */
function walk({ id, sql, params, rows: size, ahead, forms }: Told & { do: 'open' }): Walk {
  const db = open(0)
  const close = () => {
    rows?.return?.()
    db.close()
  }
  let rows: IterableIterator<unknown> | undefined
  try {
    const statement = db.prepare(sql).raw()
    const columns = statement.columns().map(({ name }) => name)
    rows = statement.iterate(...params)
    const iterator = rows
    const said = (some: unknown[][], done: boolean): Said =>
      forms ? { id, csv: Buffer.from(csvLines(some, forms)), count: some.length, done } : { id, columns, rows: some, done }
    const next = (): Said => {
      const some: unknown[][] = []
      while (some.length < size) {
        const { value, done } = iterator.next() as IteratorResult<unknown[]>
        if (done) return said(some, true)
        some.push(value)
      }
      return said(some, false)
    }
    return { ahead, next, close }
  } catch (error) {
    close()
    throw error
  }
}

function go(id: number): void {
  const one = walks.get(id)
  if (!one || one.ahead < 1) return
  one.ahead--
  const said = one.next()
  if ('error' in said || said.done) end(id)
  say(said)
  setImmediate(attempt, id, () => go(id)) // the other walks, and what the reader says, come in between
}

function end(id: number): void {
  walks.get(id)?.close()
  walks.delete(id)
}

function attempt(id: number, act: () => void): void {
  try {
    act()
  } catch (error) {
    end(id)
    say({ id, error: error instanceof Error ? error.message : String(error) })
  }
}

function hear(told: Told): void {
  const { id } = told
  attempt(id, () => {
    if (told.do === 'all') say(all(id, told.sql, told.params))
    else if (told.do === 'stop') end(id)
    else if (told.do === 'open') {
      walks.set(id, walk(told))
      go(id)
    } else {
      const one = walks.get(id)
      if (one && ++one.ahead === 1) go(id)
    }
  })
}

process.on('message', hear)
process.on('disconnect', () => process.exit())
// Ctrl-C reaches every process of the terminal; the server ends this one when it has finished what is under way.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
