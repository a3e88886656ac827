import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../refusal.js'
import type { Form } from './csvLine.js'
import type { Said, Told } from './laneChild.js'
import { type Asker, type Chunk, CHUNK_ROWS, STALLED_MS, type Written } from './reader.js'
import { stopped, tooSlow } from './tooSlow.js'

// Beside this file, in the same language: built, or as vitest and Node read it.
const CHILD = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './laneChild.ts' : './laneChild.js', import.meta.url))
const HEAP_MB = 768
/** On the scale of `nice`. */
const PATIENT = 7
/** Chunks under way to the reader: enough that neither side waits for the other. */
const AHEAD = 4

interface Job {
  hear(said: Said): void
  fail(error: Error): void
}

/** One process of the heavy lane, seen from the server. */
export class LaneProcess {
  readonly #child: ChildProcess
  readonly #jobs = new Map<number, Job>()
  #count = 0
  #resting: NodeJS.Timeout | undefined
  #gone = false

  constructor(
    file: string,
    private readonly idleMs: number,
    /** Everybody's next click comes first. */
    patient = false,
  ) {
    this.#child = fork(CHILD, [file], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${HEAP_MB}`, '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    if (patient) this.#child.once('spawn', () => yieldTo(this.#child.pid!))
    this.#child.on('message', (said) => this.#jobs.get((said as Said).id)?.hear(said as Said))
    this.#child.on('error', (error) => this.#end(error))
    this.#child.on('exit', (code, signal) => this.#end(new Error(`a reading process ended (${signal ?? code})`)))
    this.#rest()
  }

  get jobs(): number {
    return this.#jobs.size
  }
  get gone(): boolean {
    return this.#gone
  }
  get pid(): number | undefined {
    return this.#child.pid
  }

  async all(sql: string, params: readonly unknown[], deadlineMs: number, signal: AbortSignal | undefined): Promise<Chunk> {
    const id = ++this.#count
    return new Promise((resolve, reject) => {
      // Nothing else ends a statement that runs.
      const late = setTimeout(() => this.#end(tooSlow(deadlineMs)), deadlineMs)
      const left = () => this.#end(stopped())
      const done = () => {
        clearTimeout(late)
        signal?.removeEventListener('abort', left)
        this.#forget(id)
      }
      const fail = (error: Error) => {
        done()
        reject(error)
      }
      signal?.addEventListener('abort', left, { once: true })
      this.#jobs.set(id, {
        fail,
        hear: (said) => {
          if ('error' in said) return fail(new Error(said.error))
          done()
          if ('rows' in said) resolve(said)
        },
      })
      this.#tell({ do: 'all', id, sql, params: [...params] })
    })
  }

  chunks(sql: string, params: readonly unknown[], deadlineMs: number, asker: Asker): AsyncGenerator<Chunk, void, undefined> {
    return this.#walk({ sql, params: [...params] }, deadlineMs, asker, (said) => ('rows' in said && said.rows.length ? said : undefined))
  }

  csv(sql: string, params: readonly unknown[], forms: readonly Form[], deadlineMs: number, asker: Asker): AsyncGenerator<Written, void, undefined> {
    return this.#walk({ sql, params: [...params], forms: [...forms] }, deadlineMs, asker, (said) => ('csv' in said && said.count ? said : undefined))
  }

  /** The child stays a few chunks ahead of who takes them, and no more. */
  async *#walk<Part>(
    asked: { sql: string; params: unknown[]; forms?: Form[] },
    deadlineMs: number,
    { signal }: Asker,
    partOf: (said: Said) => Part | undefined,
  ): AsyncGenerator<Part, void, undefined> {
    const id = ++this.#count
    const come: Said[] = []
    let done = false
    let failed: Error | undefined
    let wake: (() => void) | undefined
    const fail = (error: Error) => {
      failed ??= error
      wake?.()
    }
    const left = () => fail(stopped())
    signal?.addEventListener('abort', left, { once: true })
    this.#jobs.set(id, {
      fail,
      hear: (said) => {
        if ('error' in said) return fail(new Error(said.error))
        come.push(said)
        done = said.done
        wake?.()
      },
    })
    this.#tell({ do: 'open', id, ...asked, rows: CHUNK_ROWS, ahead: AHEAD })
    try {
      for (;;) {
        if (failed) throw failed
        const said = come.shift()
        if (said) {
          const part = partOf(said)
          if (part) {
            const stalled = setTimeout(() => fail(new Error('nobody takes the rows of this stream')), STALLED_MS).unref()
            yield part
            clearTimeout(stalled)
          }
          if (!done) this.#tell({ do: 'more', id })
        } else if (done) return
        else await this.#next(id, deadlineMs, (woken) => (wake = woken))
      }
    } finally {
      signal?.removeEventListener('abort', left)
      if (!done) this.#tell({ do: 'stop', id })
      this.#forget(id)
    }
  }

  #next(id: number, deadlineMs: number, waitFor: (woken: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      // A chunk that takes so long holds up the other walks of this process as well.
      const late = setTimeout(() => this.#end(tooSlow(deadlineMs), id), deadlineMs)
      waitFor(() => {
        clearTimeout(late)
        resolve()
      })
    })
  }

  async close(): Promise<void> {
    const ended = this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined ? once(this.#child, 'exit') : undefined
    this.#child.ref()
    this.#end(new Error('the store is closed'))
    await ended
  }

  #tell(told: Told): void {
    clearTimeout(this.#resting)
    if (this.#gone) return this.#jobs.get(told.id)?.fail(new Error('a reading process ended'))
    this.#child.ref()
    this.#child.channel?.ref()
    this.#child.send(told, (error) => error && this.#jobs.get(told.id)?.fail(error))
  }

  #forget(id: number): void {
    this.#jobs.delete(id)
    if (!this.#jobs.size) this.#rest()
  }

  /** Without work it keeps nothing alive, and ends after a while. */
  #rest(): void {
    if (this.#gone) return
    this.#child.unref()
    this.#child.channel?.unref()
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => this.#end(new Error('idle')), this.idleMs).unref()
  }

  /** `of`: the job whose fault it is; the others are told that they were interrupted. */
  #end(error: Error, of?: number): void {
    if (this.#gone) return
    this.#gone = true
    clearTimeout(this.#resting)
    this.#child.kill('SIGKILL')
    for (const [id, job] of [...this.#jobs]) job.fail(of === undefined || of === id ? error : new Refusal('BUSY', '读取被中断，请重试', { retryAfter: 1 }))
  }
}

function yieldTo(pid: number): void {
  try {
    setPriority(pid, PATIENT)
  } catch {
    // Some systems do not let us; the statement is then merely less polite.
  }
}
