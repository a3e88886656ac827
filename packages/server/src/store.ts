import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DataloaderType, type FilterDef, MikroORM, type Options } from '@mikro-orm/core'
import { Migrator } from '@mikro-orm/migrations'
import { PostgreSqlDriver } from '@mikro-orm/postgresql'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { type SqliteConnection, SqliteDriver } from '@mikro-orm/sqlite'
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy'
import { keepCounts } from './board/keepCounts.js'
import { type Config } from './config.js'
import { ENTITIES } from './entities.js'
import './inspection/consequences.js'
import { keepStandings } from './risk/keepStanding.js'
import './remind/consequences.js'
import './visit/consequences.js'
import { LogSubscriber } from './shared/act.js'
import { allThings, type ThingClass } from './shared/datum.js'
import { openClient } from './shared/openClient.js'
import { Cursors } from './shared/read/cursor.js'
import { useCursors } from './shared/read/list.js'
import { PostgresReader } from './shared/read/postgresReader.js'
import type { Engine, Reader } from './shared/read/reader.js'
import { SqliteReader } from './shared/read/sqliteReader.js'
import { releaseAfterRollback } from './shared/rollback.js'
import { bindValues, keepStatements, takeTurns } from './shared/sqliteWriter.js'
import { type Scope, scopeFilter } from './shared/scope.js'
import { Refusal } from './shared/refusal.js'
import { secretOf } from './shared/secret.entity.js'
import { migrationsFor } from './migrations/migrations.js'

/** The open store: entities for acts, the reader for everything that is only looked at. */
export interface Store {
  orm: MikroORM
  engine: Engine
  reader: Reader
  /** A fresh manager for one operation; `scope` undefined makes every read of a scoped thing throw. */
  em(scope: Scope | undefined): SqlEntityManager
  close(): Promise<void>
}

/**
 * PostgreSQL: longer than the largest ledger is being written, so that only what never ends is not waited for. Whoever inherits
 * a place in a row's queue waits anew: at most twice as long.
 */
const HELD_MS = 60_000

type Where = Pick<Config, 'dataDir' | 'databaseUrl'>
export const sqliteFile = (where: Pick<Config, 'dataDir'>) => join(where.dataDir, 'anbiao.sqlite')

const SCOPE = 'scope'

/** One filter over all scoped things, which puts the scope into the columns that each has declared for it. */
function scopeFilters(): Record<string, FilterDef> {
  const scoped = allThings().filter((thing) => thing.scope)
  const columns = new Map(scoped.map(({ target, scope }) => [target.name, scope!]))
  const cond: FilterDef['cond'] = (args, _type, _em, _options, name) => scopeFilter(columns.get(name!)!, (args as { scope?: Scope }).scope) as never
  return { [SCOPE]: { name: SCOPE, entity: scoped.map(({ target }) => target as never), default: true, args: true, cond } }
}

export function ormOptions(where: Where): Options {
  const common = {
    entities: [...ENTITIES] as never,
    metadataProvider: ReflectMetadataProvider,
    discovery: { checkDuplicateTableNames: true },
    allowGlobalContext: false,
    dataloader: DataloaderType.ALL,
    subscribers: [new LogSubscriber()],
    extensions: [Migrator],
    filters: scopeFilters(),
    logger: () => undefined,
  }
  const engine: Engine = where.databaseUrl ? 'postgres' : 'sqlite'
  const migrations = { migrationsList: migrationsFor(engine), snapshot: false, tableName: 'migration', transactional: true, allOrNothing: true }
  if (where.databaseUrl) {
    const options = new URL(where.databaseUrl).searchParams.get('options') ?? `-c lock_timeout=${HELD_MS}`
    const driverOptions = { options, keepAlive: true, connectionTimeoutMillis: 2 * HELD_MS }
    return { ...common, driver: PostgreSqlDriver, clientUrl: where.databaseUrl, pool: { min: 1, max: 12 }, driverOptions, migrations } as unknown as Options
  }
  return {
    ...common,
    driver: SqliteDriver,
    dbName: sqliteFile(where),
    migrations,
    onCreateConnection: async (connection: { executeQuery(query: object): Promise<unknown> }) => {
      // FULL: a closed hazard survives a power cut in the office; commits are few, reads are many.
      for (const pragma of [
        'journal_mode = WAL',
        'synchronous = FULL',
        'busy_timeout = 15000',
        'foreign_keys = ON',
        'cache_size = -16000',
        'temp_store = MEMORY',
        // What a great import has grown shrinks again at the next checkpoint.
        'journal_size_limit = 67108864',
      ])
        await connection.executeQuery({
          sql: `pragma ${pragma}`,
          parameters: [],
          query: { kind: 'RawNode', sqlFragments: [], parameters: [] },
          queryId: { queryId: pragma },
        })
      takeTurns(connection)
    },
  } as unknown as Options
}

/** Opens the store, creating and migrating it when it is missing or behind; a store newer than the program is refused. */
export async function openStore(where: Where): Promise<Store> {
  keepStandings()
  keepCounts()
  releaseAfterRollback()
  if (!where.databaseUrl) mkdirSync(where.dataDir, { recursive: true })
  const orm = await MikroORM.init(ormOptions(where))
  await oneAtATime(where.databaseUrl, async () => {
    await migrate(orm)
    useCursors(new Cursors(await secretOf(scopedEm(orm, undefined), 'cursors')))
  })
  // Waiting inside SQLite stops the whole process: from now on it is run.ts that waits.
  if (!where.databaseUrl) {
    await orm.em.getConnection().execute('pragma busy_timeout = 50')
    bindValues(orm.em.getConnection() as never)
    keepStatements(await (orm.em.getConnection() as SqliteConnection).getNativeClient())
  }
  const engine: Engine = where.databaseUrl ? 'postgres' : 'sqlite'
  const reader: Reader = where.databaseUrl ? new PostgresReader(where.databaseUrl) : new SqliteReader(sqliteFile(where))
  return {
    orm,
    engine,
    reader,
    em: (scope) => scopedEm(orm, scope),
    close: async () => {
      await reader.close()
      await orm.close(true)
    },
  }
}

export function scopedEm(orm: MikroORM, scope: Scope | undefined): SqlEntityManager {
  const em = orm.em.fork() as SqlEntityManager
  em.setFilterParams(SCOPE, { scope })
  return em
}

/** Any number, the same for every process of a database. */
const OPENING = 20_230_006

/** Processes that start together open a database one after the other: the migrator takes no lock of its own. */
async function oneAtATime(databaseUrl: string | undefined, work: () => Promise<void>): Promise<void> {
  if (!databaseUrl) return work()
  const client = await openClient(databaseUrl)
  try {
    await client.query('select pg_advisory_lock($1)', [OPENING])
    await work()
    // On a connection that was lost meanwhile nobody was kept out.
    await client.query('select pg_advisory_unlock($1)', [OPENING])
  } finally {
    await client.end()
  }
}

async function migrate(orm: MikroORM): Promise<void> {
  const known = new Set(migrationsFor(orm.em.getPlatform().constructor.name.startsWith('Sqlite') ? 'sqlite' : 'postgres').map((m) => m.name))
  const done = await orm.migrator.getExecuted()
  const unknown = done.find((row) => !known.has(row.name))
  if (unknown) throw new Refusal('STORE_NEWER', `数据库由更新的版本写成（${unknown.name}），请先升级本程序`)
  if (done.length < known.size) await orm.migrator.up()
}

/** Everything the scope filters know about; a test compares this with the entities. */
export const scopedThings = (): ThingClass[] =>
  allThings()
    .filter((thing) => thing.scope)
    .map((thing) => thing.target)
