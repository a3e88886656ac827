import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ref } from '@mikro-orm/core'
import { startProgram } from './program.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { aHazard } from '../hazard/sample.js'
import { HazardStage } from '../hazard/terms.js'
import { act } from '../shared/act.js'
import { dayOf } from '../shared/days.js'
import { hear, liveClient } from './live.js'
import type { EmptyStore } from './store.js'
import { PASSWORD, type Town } from './town.js'

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url))
const MEMORY_TOLD = new URL('memoryTold.ts', import.meta.url).href
const WITHIN_MS = 60_000

/** A real server process on a store, that can be killed like one, and started again on its port. */
export interface Server {
  port: number
  url: string
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
  pid(): number
  alive(): boolean
  /** What it holds in memory once its garbage is collected, in MB. */
  memory(): Promise<number>
}

/** `more`: further settings of its environment. */
export async function startServer(where: EmptyStore, more: Record<string, string> = {}): Promise<Server> {
  if (!existsSync(MAIN)) throw new Error('build the server first: pnpm build in packages/server')
  const env = { ...where, DATABASE_URL: where.DATABASE_URL ?? '', HOST: '127.0.0.1', SEED: 'empty', DEMO_PASSWORD: PASSWORD, ...more }
  const file = join(where.DATA_DIR, `memory-${randomUUID()}.json`)
  const start = (port: number) => startProgram(['--import', MEMORY_TOLD, MAIN], { ...env, PORT: String(port), MEMORY_FILE: file })
  // Whichever is free at that moment; afterwards the same again.
  let program = await start(0)
  const { port } = program
  const gone = async () => {
    while (alive(program.pid)) await pause(10)
  }
  return {
    ...{ port, url: `ws://127.0.0.1:${port}/graphql` },
    kill: async () => {
      process.kill(program.pid, 'SIGKILL')
      await gone()
    },
    start: async () => void (program = await start(port)),
    stop: () => program.stop(),
    pid: () => program.pid,
    alive: () => alive(program.pid),
    memory: async () => {
      rmSync(file, { force: true })
      process.kill(program.pid, 'SIGUSR2')
      while (!existsSync(file)) await pause(20)
      const { heapUsed, external } = JSON.parse(readFileSync(file, 'utf8')) as NodeJS.MemoryUsage
      return (heapUsed + external) / 1024 / 1024
    },
  }
}
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Asks whichever server answers, again and again; what a server refuses is an answer. */
export class Asker {
  #at = 0
  /** How many requests were under way when their server went. */
  cut = 0
  constructor(private readonly servers: readonly Server[]) {}

  async ask<T>(query: string, variables: object = {}, token?: string): Promise<{ data: T | null; errors?: { extensions: { code: string } }[] }> {
    const deadline = Date.now() + WITHIN_MS
    for (;;) {
      try {
        const reply = await fetch(`http://127.0.0.1:${this.servers[this.#at]!.port}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
          body: JSON.stringify({ query, variables }),
        })
        const answer = (await reply.json()) as { data: T | null; errors?: { extensions: { code: string } }[] }
        // The database is away: not an answer yet.
        if (answer.errors ? !answer.errors.some(({ extensions }) => extensions.code === 'DATABASE_AWAY') : answer.data) return answer
      } catch (error) {
        const { code } = ((error as Error).cause ?? {}) as { code?: string }
        if (code !== 'ECONNREFUSED') this.cut++
        this.#at = (this.#at + 1) % this.servers.length
      }
      if (Date.now() > deadline) throw new Error('no server answers')
      await pause(50)
    }
  }

  async signIn(username: string): Promise<string> {
    const { data } = await this.ask<{ signIn: { token: string } }>('mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }', {
      u: username,
      p: PASSWORD,
    })
    return data!.signIn.token
  }
}

/** So many hazards that wait for their review, none of them late: the daily work lets them be. Of the tea factory, or spread over so many new ones. */
export async function awaitingReview(town: Town, many: number, firms = 0): Promise<string[]> {
  const ids: string[] = []
  await act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'test' }, 'test', async ({ em }) => {
    const tea = await em.findOneOrFail(Enterprise, { id: town.enterprises['tea']! })
    const others = Array.from({ length: firms }, (_, n) => anotherLike(tea, n))
    em.persist(others)
    const owners = firms ? others : [tea]
    for (let i = 0; i < many; i++) {
      const hazard = aHazard({
        number: `F-${i}`,
        enterprise: ref(owners[i % owners.length]!),
        stage: HazardStage.PENDING_REVIEW,
        dueOn: dayOf(new Date(Date.now() + 90 * 86_400_000)),
        photosAfter: 1,
      } as Partial<Hazard>)
      em.persist(hazard)
      ids.push(hazard.id)
    }
  })
  return ids
}

function anotherLike({ division, station, enteredOn, createdAt }: Enterprise, n: number): Enterprise {
  const people = { legalRep: '样本甲', principal: '样本乙', safetyOfficer: '样本丙', phone: '13800000001' }
  const facts = { name: `样本茶厂${n}`, noUsccReason: '个体', address: `样本路 ${n} 号`, division, enteredOn, createdAt }
  return Object.assign(new Enterprise(), { ...facts, ...people, ...(station ? { station } : {}) })
}

/** Follows a stream of a server by hand, coming back with the last seq wherever one answers. */
export class Follower<Event extends { seq: string }> {
  readonly events: Event[] = []
  comings = 0
  #stop: (() => Promise<void>) | undefined
  #over = false
  #at = 0
  readonly #done: Promise<void>

  constructor(
    private readonly servers: readonly Server[],
    private readonly token: string,
    private readonly query: string,
    private after: string | undefined,
    /** What to say beside `after` on coming back. */
    private readonly more: (last: Event) => object = () => ({}),
  ) {
    this.#done = this.#follow()
  }

  async #follow(): Promise<void> {
    while (!this.#over) {
      this.comings++
      await this.#once(this.servers[this.#at]!)
      this.#at = (this.#at + 1) % this.servers.length
      await pause(30)
    }
  }

  async #once({ url }: Server): Promise<void> {
    const client = liveClient(url, this.token)
    const last = this.events.at(-1)
    const heard = hear<Event>(client, this.query, { ...(this.after === undefined ? {} : { after: this.after }), ...(last ? this.more(last) : {}) })
    heard.events.push = (...events: Event[]) => {
      for (const event of events) {
        this.after = event.seq
        this.events.push(event)
      }
      return this.events.length
    }
    let cut = false
    const off = client.on('closed', () => void (cut = true))
    this.#stop = () => ((cut = true), Promise.resolve())
    while (!cut && !heard.ended) await pause(10)
    off()
    heard.stop()
    client.terminate()
    await client.dispose()
  }

  /** The line is cut; he comes back at once. */
  async cut(): Promise<void> {
    await this.#stop?.()
  }
  async end(): Promise<void> {
    this.#over = true
    await this.#stop?.()
    await this.#done
  }
}
