import { createHash, randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { openStore } from '../store.js'

/** The settings of an empty store of one test file, on the engine of this run. */
export interface EmptyStore {
  DATA_DIR: string
  DATABASE_URL?: string
}

export type Engine = 'sqlite' | 'postgres'
export const engine = (): Engine => (inject('postgres') ? 'postgres' : 'sqlite')

const made: EmptyStore[] = []

/** What the migrations are, in a word: another set of them makes another template. */
function edition(): string {
  const folder = new URL('../../migrations/', import.meta.url)
  const told = readdirSync(folder).map((file) => `${file} ${statSync(new URL(file, folder)).mtimeMs}`)
  return createHash('sha256').update(told.sort().join()).digest('hex').slice(0, 16)
}

/** A store that nobody else uses, migrated already: a copy of one that the first test of a run has migrated. */
export async function migratedStore(): Promise<EmptyStore> {
  const postgres = inject('postgres')
  return postgres ? emptyStore(await templateOn(postgres)) : copiedStore()
}

async function copiedStore(): Promise<EmptyStore> {
  const store = await emptyStore()
  const folder = join(tmpdir(), `anbiao-template-${edition()}`)
  if (!existsSync(folder)) {
    // Two tests may make it at once: each aside, and the first to be done gives it its name.
    const aside = mkdtempSync(`${folder}-`)
    await (await openStore({ dataDir: aside, databaseUrl: undefined })).close()
    try {
      renameSync(aside, folder)
    } catch {
      rmSync(aside, { recursive: true, force: true })
    }
  }
  mkdirSync(store.DATA_DIR, { recursive: true })
  for (const file of readdirSync(folder)) if (file.startsWith('anbiao.sqlite')) copyFileSync(join(folder, file), join(store.DATA_DIR, file))
  return store
}

async function templateOn(postgres: string): Promise<string> {
  const name = `template_${edition()}`
  const client = new pg.Client({ connectionString: postgres })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(1)')
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (!rowCount) {
      await client.query(`create database ${name}_made`)
      await (await openStore({ dataDir: tmpdir(), databaseUrl: postgres.replace(/\/postgres$/, `/${name}_made`) })).close()
      await client.query(`alter database ${name}_made rename to ${name}`)
    }
    return name
  } finally {
    await client.end()
  }
}

/** A store that nobody else uses: a folder of its own, and on PostgreSQL a database of its own. */
export async function emptyStore(template?: string): Promise<EmptyStore> {
  const store = await newStore(mkdtempSync(join(tmpdir(), 'anbiao-test-')), template)
  made.push(store)
  return store
}

/** A store in a folder that is there; whoever asks for it sees to its end. */
export async function newStore(folder: string, template?: string): Promise<EmptyStore> {
  const store: EmptyStore = { DATA_DIR: folder }
  const postgres = inject('postgres')
  if (postgres) {
    const name = `test_${randomBytes(6).toString('hex')}`
    await onServer(postgres, `create database ${name}${template ? ` template ${template}` : ''}`)
    store.DATABASE_URL = postgres.replace(/\/postgres$/, `/${name}`)
  }
  return store
}

/** Removes what emptyStore made in this file; the connections must be closed before. */
export async function removeStores(): Promise<void> {
  const postgres = inject('postgres')
  for (const store of made.splice(0)) {
    rmSync(store.DATA_DIR, { recursive: true, force: true, maxRetries: 5 })
    if (postgres && store.DATABASE_URL) await onServer(postgres, `drop database if exists ${databaseOf(store)} with (force)`)
  }
}

export const databaseOf = ({ DATABASE_URL }: EmptyStore): string | undefined => DATABASE_URL && new URL(DATABASE_URL).pathname.slice(1)

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
