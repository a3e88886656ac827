import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { node, root } from './places.mjs'

/** Runs a program to its end and gives its exit code and, when it is not shown, what it printed. */
export function run(program, args, { show = 'inherit', env = {}, cwd = root, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, shell, env: { ...process.env, ...env }, stdio: show === 'quiet' ? ['ignore', 'pipe', 'pipe'] : show })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code: exitCode(code, signal), output }))
  })
}

export const exitCode = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 1)

/** A step that must go well; what it printed is shown only when it does not. */
export async function must(what, program, args, options = {}) {
  const { code, output } = await run(program, args, { show: 'quiet', ...options })
  if (code === 0) return
  process.stderr.write(output)
  throw new Failed(`${what} failed`, code)
}

export class Failed extends Error {
  constructor(message, code = 1) {
    super(message)
    this.code = code
  }
}

/** pnpm, without asking anybody to install it. The arguments are fixed words, so no shell needs quoting. */
export const PNPM = ['--yes', 'pnpm@12.21.0']
export const pnpm = (what, args) => must(what, 'npx', [...PNPM, ...args], { shell: process.platform === 'win32' })

/** Becomes the program: its output, its signals, its exit code. */
export function become(args, { env = {} } = {}) {
  const child = spawn(node, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' })
  // At a terminal Ctrl-C reaches the child by itself; sent twice, it would mean "do not wait".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm passes SIGTERM to the shell between us, and the shell dies of it without a word: an orphan ends as if it had been told.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref()
  child.once('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
  child.once('exit', (code, signal) => process.exit(exitCode(code, signal)))
}
