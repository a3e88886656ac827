import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'

const MAIN = join(import.meta.dirname, '..', '..', 'server', 'dist', 'main.js')

/** The demo accounts' password in every journey. */
export const PASSWORD = 'anbiao-journey-1'

export interface RunningApp {
  url: string
  pid: number
  /** What the server has printed so far. */
  output(): string
  stop(): Promise<void>
}

export const dataFolder = () => mkdtempSync(join(tmpdir(), 'anbiao-journey-'))
export const removeFolder = (folder: string) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })

/** The town's day. */
export const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })

/**
 * The built server as a town runs it, on a free port, with a store of its own that is gone afterwards: the demo town of this
 * run, or as `env` says. A day later the town comes about anew: what a new day brings is not there at once.
 */
export async function startApp(env: Record<string, string> = {}): Promise<RunningApp> {
  const data = dataFolder()
  const demo = inject('demo')
  const goesOn = !env['SEED'] && demo.day === today()
  if (goesOn) cpSync(demo.folder, data, { recursive: true })
  const running = await startOn(data, env)
  return {
    ...running,
    output: () => (goesOn ? demo.output : '') + running.output(),
    async stop() {
      await running.stop()
      removeFolder(data)
    },
  }
}

/** The server on a folder that stays when it ends. */
export async function startOn(data: string, env: Record<string, string> = {}): Promise<RunningApp> {
  if (!existsSync(MAIN)) throw new Error('The server is not built: npm test builds it')
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN], {
    env: { ...inherited(), NODE_ENV: 'production', HOST: '127.0.0.1', PORT: '0', DATA_DIR: data, DEMO_PASSWORD: PASSWORD, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const killed = () => child.kill('SIGKILL')
  process.once('exit', killed)
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => {
      killed()
      reject(new Error(`The server ${why}:\n${said}`))
    }
    const late = setTimeout(() => fail('is not up after 150 s'), 150_000)
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      const found = /https?:\/\/[\w.[\]:-]+:\d+/.exec(said)?.[0]
      if (!found) return
      clearTimeout(late)
      resolve(found)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('exit', (code) => fail(`ended with ${code}`))
  })
  return {
    url,
    pid: child.pid!,
    output: () => said,
    async stop() {
      process.off('exit', killed)
      // Not 'exit': what it has printed may still be on its way then.
      const gone = new Promise((resolve) => child.once('close', resolve))
      if (child.exitCode === null && child.kill('SIGTERM')) await gone
    },
  }
}

/** The settings of the person who runs the tests are not those of the journey. */
function inherited(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _1, SEED: _2, PUBLIC_URL: _3, TZ: _4, ...rest } = process.env
  return rest
}
