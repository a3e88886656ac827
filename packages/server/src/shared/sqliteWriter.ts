import { isRaw } from '@mikro-orm/core'
import { CompiledQuery } from 'kysely'
import { LRUCache } from 'lru-cache'

const LONG_MS = 20
const STATEMENTS = 300

/** More of them make a statement that is hardly ever written again. */
const MOST_BOUND = 200

type Execute = (query: object) => Promise<unknown>
interface Preparing {
  prepare(sql: string): object
}

/** Since when the event loop has not turned, as far as statements have gone by. */
let since: number | undefined

/**
 * SQLite works in the server's own thread and answers at once, so that a long act would let nobody else have a turn from its
 * first statement to its last: the day's work of a county stopped every screen for seconds. After some time of it the
 * others are served between two statements. Nobody sees what is not committed: they read on another connection.
 */
export function takeTurns(connection: { executeQuery: Execute }): void {
  const execute = connection.executeQuery.bind(connection)
  connection.executeQuery = async (query) => {
    if (since === undefined) {
      since = performance.now()
      setImmediate(() => (since = undefined))
    }
    const result = await execute(query)
    if (since !== undefined && performance.now() - since > LONG_MS) await new Promise((resolve) => setImmediate(resolve))
    return result
  }
}

/** An act writes the same few statements again and again: each is prepared once. */
export function keepStatements(database: Preparing): void {
  const kept = new LRUCache<string, object>({ max: STATEMENTS })
  const prepare = database.prepare.bind(database)
  database.prepare = (sql) => {
    const known = kept.get(sql)
    if (known) return known
    const statement = prepare(sql)
    kept.set(sql, statement)
    return statement
  }
}

type Query = (
  query: unknown,
  values?: readonly unknown[],
  method?: 'all' | 'get' | 'run',
  transaction?: unknown,
  context?: { signal?: unknown },
) => Promise<unknown>
interface Mapping {
  execute: Query
  getClient(): unknown
}
interface Executing {
  executeQuery(query: object): Promise<{ rows: unknown[]; numAffectedRows?: bigint; insertId?: bigint }>
}

/**
 * The mapper writes the values into the text of its statements, so that none is ever the same as one before and each is prepared
 * anew. Where they are plain they are bound instead; all others go the mapper's own way.
 */
export function bindValues(mapping: Mapping): void {
  const execute = mapping.execute.bind(mapping)
  mapping.execute = async (query, values = [], method = 'all', transaction, context) => {
    const bound = bindable(query, values)
    if (!bound || context?.signal) return execute(query, values, method, transaction, context)
    const { rows, numAffectedRows, insertId } = await ((transaction ?? mapping.getClient()) as Executing).executeQuery(
      CompiledQuery.raw(bound.text, bound.values),
    )
    if (method === 'all') return rows
    if (method === 'get') return rows[0]
    return { affectedRows: Number(numAffectedRows ?? rows.length), insertId: insertId === undefined ? undefined : Number(insertId), row: rows[0], rows }
  }
}

/** A text and its values, bound where they are plain; what the mapper writes as SQL of its own (a version that is raised) stays in the text. */
function bindable(text: unknown, values: readonly unknown[]): { text: string; values: unknown[] } | undefined {
  // One in quotes is no mark to SQLite; one that is doubled or behind a backslash is another to the mapper.
  if (typeof text !== 'string' || !Array.isArray(values) || values.length > MOST_BOUND || /['\\]|\?\?/.test(text)) return undefined
  const bound: unknown[] = []
  const pieces = text.split('?')
  if (pieces.length !== values.length + 1) return undefined
  let bare = pieces[0]!
  for (const [i, value] of values.entries()) {
    const own = isRaw(value) ? bindable(value.sql, value.params) : PLANNED.test(pieces[i]!) ? planned(value) : plain(value)
    if (!own) return undefined
    bare += own.text + pieces[i + 1]!
    bound.push(...own.values)
  }
  return { text: bare, values: bound }
}

/** SQLite plans by these: bound ones make it prepare the statement anew each time (so does what follows a `like`, which few ask for). */
const PLANNED = /\b(limit|offset) $/
const planned = (value: unknown) => (Number.isSafeInteger(value) ? { text: String(value), values: [] } : undefined)

function plain(value: unknown): { text: string; values: unknown[] } | undefined {
  if (value === undefined || value === null) return { text: '?', values: [null] }
  if (typeof value === 'string') return { text: '?', values: [value] }
  // As a number it would be bound as one with a fraction.
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return { text: '?', values: [BigInt(value as boolean | number)] }
  return undefined
}
