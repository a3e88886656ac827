import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inject } from 'vitest'
import { type Config, readConfig } from '../config.js'
import { prepareTown } from '../seed/prepareTown.js'
import { openStore, type Store } from '../store.js'
import { databaseOf, emptyStore, type EmptyStore, newStore } from './store.js'

/** A Tuesday, 15:20 in Shanghai: where the demo town of the tests stands. */
export const DEMO_NOW = new Date('2026-11-24T07:20:00.000Z')
export const DEMO_PASSWORD = 'jingu-2026'

export interface Demo {
  store: Store
  config: Config
}
const opened = async (env: EmptyStore): Promise<Demo> => {
  const config = readConfig({ ...env, SEED: 'demo', DEMO_PASSWORD })
  return { store: await openStore(config), config }
}

/** A demo town that comes about anew at a moment, and what is printed of its accounts. */
export async function filledDemo(now: Date, env?: EmptyStore): Promise<Demo & { accounts: string | undefined }> {
  const demo = await opened(env ?? (await emptyStore()))
  return { ...demo, accounts: await prepareTown(demo.store, demo.config, now) }
}

/** The demo town at DEMO_NOW, for nobody else: a copy of the one that the first who asked in this run has filled. */
export async function copiedDemo(): Promise<Demo> {
  const original = await filledOnce()
  const env = await emptyStore(databaseOf(original))
  cpSync(original.DATA_DIR, env.DATA_DIR, { recursive: true })
  return opened(env)
}

/** Who asks while it is being filled waits; when that fails, the next one tries. */
async function filledOnce(): Promise<EmptyStore> {
  const run = inject('run')
  const [filled, turn] = [join(run, 'demo.json'), join(run, 'demo.turn')]
  while (!existsSync(filled)) {
    if (!taken(turn)) {
      await pause(200)
      continue
    }
    try {
      if (existsSync(filled)) break
      const env = await newStore(mkdtempSync(join(run, 'demo-')))
      const { store } = await filledDemo(DEMO_NOW, env)
      // A copy has what was counted of its rows, and not what would have it counted soon.
      if (store.engine === 'postgres') await store.reader.all('analyze')
      await store.close()
      writeFileSync(`${filled}.new`, JSON.stringify(env))
      renameSync(`${filled}.new`, filled)
    } finally {
      rmSync(turn, { recursive: true })
    }
  }
  return JSON.parse(readFileSync(filled, 'utf8')) as EmptyStore
}

/** Whoever makes the folder has the turn. */
function taken(turn: string): boolean {
  try {
    mkdirSync(turn)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
