import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'

/** The settings of an empty store of one test file, on the engine of this run. */
export interface EmptyStore {
  DATA_DIR: string
  DATABASE_URL?: string
}

export type Engine = 'sqlite' | 'postgres'
export const engine = (): Engine => (inject('postgres') ? 'postgres' : 'sqlite')

const made: EmptyStore[] = []

/** A store that nobody else uses: a folder of its own, and on PostgreSQL a database of its own. */
export async function emptyStore(): Promise<EmptyStore> {
  const store: EmptyStore = { DATA_DIR: mkdtempSync(join(tmpdir(), 'anbiao-test-')) }
  const postgres = inject('postgres')
  if (postgres) {
    const name = `test_${randomBytes(6).toString('hex')}`
    await onServer(postgres, `create database ${name}`)
    store.DATABASE_URL = postgres.replace(/\/postgres$/, `/${name}`)
  }
  made.push(store)
  return store
}

/** Removes what emptyStore made in this file; the connections must be closed before. */
export async function removeStores(): Promise<void> {
  const postgres = inject('postgres')
  for (const store of made.splice(0)) {
    rmSync(store.DATA_DIR, { recursive: true, force: true, maxRetries: 5 })
    if (postgres && store.DATABASE_URL) await onServer(postgres, `drop database if exists ${new URL(store.DATABASE_URL).pathname.slice(1)} with (force)`)
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
