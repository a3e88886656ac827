import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MikroORM } from '@mikro-orm/core'
import { migrationsFor } from '../migrations/migrations.js'
import type { Engine } from '../shared/read/reader.js'
import { ormOptions } from '../store.js'

/**
 * `migrations` prints the SQL that brings a migrated store to what the entities say, per engine; `--check` fails when
 * there is any. DATABASE_URL of an empty database gives PostgreSQL's half.
 */
const check = process.argv.includes('--check')
const databaseUrl = process.env['DATABASE_URL']
const engine: Engine = databaseUrl ? 'postgres' : 'sqlite'
const dataDir = mkdtempSync(join(tmpdir(), 'anbiao-migrations-'))
const orm = await MikroORM.init(ormOptions({ dataDir, databaseUrl }))
try {
  if (migrationsFor(engine).length) await orm.migrator.up()
  const sql = (await orm.schema.getUpdateSchemaSQL({ wrap: false, safe: false })).trim()
  // The migrator's own table, the log's guard and its index of later entries, which each engine says in its own words, are not entities.
  const missing = sql
    .split('\n')
    .filter((line) => line.trim() && !/\bmigration\b|change_(is|change)_/.test(line))
    .join('\n')
  if (check && missing) {
    console.error(`The ${engine} migrations do not match the entities; missing:\n${missing}`)
    process.exitCode = 1
  } else console.log(check ? `The ${engine} migrations match the entities` : missing)
} finally {
  await orm.close(true)
  rmSync(dataDir, { recursive: true, force: true })
}
