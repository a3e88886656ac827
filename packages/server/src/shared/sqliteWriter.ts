import { LRUCache } from 'lru-cache'

const LONG_MS = 20
const STATEMENTS = 300

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
