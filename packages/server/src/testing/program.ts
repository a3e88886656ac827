import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Program {
  port: number
  pid: number
  /** From the start of the process to the line that says where it listens. */
  upAfterMs: number
  stop(): Promise<void>
}

/** Starts a program that prints the address it listens on. */
export function startProgram(args: string[], env: Record<string, string | undefined>): Promise<Program> {
  const started = performance.now()
  const child = spawn(process.execPath, args, { env: { ...process.env, NODE_ENV: 'production', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const port = /https?:\/\/[^\s/]+:(\d+)/.exec(said)?.[1]
      if (!port) return
      resolve({
        port: Number(port),
        pid: child.pid!,
        upAfterMs: performance.now() - started,
        stop: async () => {
          process.off('exit', kill)
          const gone = new Promise((done) => child.once('exit', done))
          if (child.exitCode === null && child.kill('SIGTERM')) await gone
        },
      })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}:\n${said}`)))
  })
}

/** Resident memory of a process in MB; null where the system does not tell. */
export function residentMb(pid: number): number | null {
  try {
    const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kb ? Number(kb) / 1024 : null
  } catch {
    return null
  }
}
