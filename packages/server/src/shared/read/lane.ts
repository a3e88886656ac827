import type { Form } from './csvLine.js'
import { LaneProcess } from './laneProcess.js'
import { type Asker, type Chunk, DEADLINE_MS, type Written } from './reader.js'
import { busy } from './tooSlow.js'
import { Turns } from './turns.js'

const ASKING = 2
const STREAMING = 2
const MOST_STREAMS = 24
const IDLE_MS = 60_000
const STREAM_MS = 4 * DEADLINE_MS

interface LaneOptions {
  idleMs?: number
}

/** Heavy statements on SQLite: a few processes beside the server's own, started when needed and ended when idle. */
export class Lane {
  readonly #turns = new Turns({ slots: ASKING, ofOne: ASKING - 1, waiting: 60, waitMs: DEADLINE_MS, operations: 4 })
  #asking: LaneProcess[] = []
  #streaming: LaneProcess[] = []
  #closed = false

  constructor(
    private readonly file: string,
    private readonly options: LaneOptions = {},
  ) {}

  get pids(): number[] {
    return [...this.#asking, ...this.#streaming].filter(({ gone }) => !gone).flatMap(({ pid }) => pid ?? [])
  }

  /** The processes are there before the first heavy question. */
  async warm(): Promise<void> {
    await Promise.all(Array.from({ length: ASKING }, () => this.all('select 1', [], {})))
  }

  async all(sql: string, params: readonly unknown[], asker: Asker = {}): Promise<Chunk> {
    const done = await this.#turns.take(asker)
    try {
      this.#asking = this.#asking.filter(({ gone }) => !gone)
      const free = this.#asking.find(({ jobs }) => jobs === 0) ?? this.#start(this.#asking)
      return await free.all(sql, params, asker.deadlineMs ?? DEADLINE_MS, asker.signal)
    } finally {
      done()
    }
  }

  /** A stream lasts as long as its reader takes, so that streams share their processes, chunk by chunk. */
  async *chunks(sql: string, params: readonly unknown[], asker: Asker = {}): AsyncGenerator<Chunk, void, undefined> {
    yield* this.#forStream().chunks(sql, params, asker.deadlineMs ?? STREAM_MS, asker)
  }

  async *csv(sql: string, params: readonly unknown[], forms: readonly Form[], asker: Asker = {}): AsyncGenerator<Written, void, undefined> {
    yield* this.#forStream().csv(sql, params, forms, asker.deadlineMs ?? STREAM_MS, asker)
  }

  #forStream(): LaneProcess {
    this.#streaming = this.#streaming.filter(({ gone }) => !gone)
    if (this.#streaming.reduce((sum, { jobs }) => sum + jobs, 0) >= MOST_STREAMS) throw busy('正在导出的人太多', 30)
    const idle = this.#streaming.find(({ jobs }) => jobs === 0)
    return idle ?? (this.#streaming.length < STREAMING ? this.#start(this.#streaming) : this.#streaming.reduce((a, b) => (a.jobs <= b.jobs ? a : b)))
  }

  #start(among: LaneProcess[]): LaneProcess {
    if (this.#closed) throw new Error('the store is closed')
    const started = new LaneProcess(this.file, this.options.idleMs ?? IDLE_MS, among === this.#asking)
    among.push(started)
    return started
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#asking, ...this.#streaming].map((one) => one.close()))
  }
}
