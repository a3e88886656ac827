import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Engine } from '../shared/read/reader.js'
import { startCluster } from '../testing/cluster.js'
import { answer } from './load.js'
import { type Program, startProgram } from '../testing/program.js'

export const dist = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const PASSWORD = 'anbiao-bench-1'

/** A store with data of the wished size, and the built server in front of it as a town runs it. */
export interface Rig {
  engine: Engine
  /** Hazards in the store. */
  rows: number
  /** The settings of the store, for other programs on the same data. */
  env: Record<string, string>
  server: Program
  signIn(username: string): Promise<string>
  ask<T>(token: string | undefined, query: string, variables?: object): Promise<T>
  /** The settings of another store on this engine, with nothing in it. */
  emptyStore(): Promise<Record<string, string>>
  /** Stops the server and starts it anew on the same store. */
  restart(): Promise<void>
  close(): Promise<void>
}

export async function openRig(engine: Engine, rows: number, say: (text: string) => void): Promise<Rig> {
  const data = mkdtempSync(join(tmpdir(), 'anbiao-bench-'))
  const cluster = engine === 'postgres' ? await startCluster({ durable: true }) : undefined
  const env = {
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: data,
    DEMO_PASSWORD: PASSWORD,
    SEED: 'demo',
    ...(cluster ? { DATABASE_URL: cluster.url() } : { DATABASE_URL: '' }),
  }
  say(`${engine}: filling the store`)
  fill(env, rows)
  const start = () => startProgram([dist('main.js')], env)
  const rig: Rig = {
    ...{ engine, rows: 0, env },
    server: await start(),
    signIn: async (username) =>
      (
        await rig.ask<{ signIn: { token: string } }>(undefined, 'mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }', {
          u: username,
          p: PASSWORD,
        })
      ).signIn.token,
    ask: async <T>(token: string | undefined, query: string, variables: object = {}) => {
      const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
      const { data, errors } = (await answer({
        port: rig.server.port,
        method: 'POST',
        path: '/graphql',
        headers,
        body: JSON.stringify({ query, variables }),
      })) as { data: T; errors?: { message: string }[] }
      if (errors) throw new Error(errors[0]!.message)
      return data
    },
    emptyStore: async () => {
      const name = `bench_${randomBytes(4).toString('hex')}`
      if (cluster) await query(cluster.url(), `create database ${name}`)
      return { DATA_DIR: join(data, name), DEMO_PASSWORD: PASSWORD, SEED: 'empty', DATABASE_URL: cluster ? cluster.url(name) : '' }
    },
    restart: async () => {
      await rig.server.stop()
      rig.server = await start()
    },
    close: async () => {
      await rig.server.stop()
      await cluster?.stop()
      rmSync(data, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  if (cluster) await query(cluster.url(), 'vacuum analyze') // as the store of an office is, after its first minute
  rig.rows = (await rig.ask<{ hazards: { totalCount: number } }>(await rig.signIn('county'), '{ hazards(first: 0) { totalCount } }')).hazards.totalCount
  return rig
}

/** The demo town, and beside it as many more hazards as it takes. */
function fill(env: Record<string, string>, rows: number): void {
  const seed = dist('cli/seed.js')
  if (!existsSync(seed)) return
  const { status, stderr } = spawnSync(process.execPath, [seed, '--enterprises', String(Math.max(320, Math.round(rows / 20))), '--hazards', String(rows)], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`the store could not be filled:\n${stderr}`)
}

async function query(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
