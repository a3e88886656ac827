import { type DatabaseConnection, PostgresDriver, SqliteDriver } from 'kysely'

type Rollback = (connection: DatabaseConnection) => Promise<void>
let done = false

/**
 * A rollback that fails gives its connection back all the same. SQLite rolls back by itself when the disk is full, and a
 * PostgreSQL that went away has nothing left to roll back: the driver's own rollback then fails and keeps the connection,
 * so that no act of this process would ever have its turn again.
 */
export function releaseAfterRollback(): void {
  if (done) return
  done = true
  for (const { prototype } of [SqliteDriver, PostgresDriver] as { prototype: { rollbackTransaction: Rollback } }[]) {
    const rollback = prototype.rollbackTransaction
    prototype.rollbackTransaction = function (connection) {
      // Why the act failed is told by what made it fail.
      return rollback.call(this, connection).catch((error: Error & { code?: string }) => {
        if (error.code === 'SQLITE_IOERR') throw error
      })
    }
  }
}
