import { randomUUID } from 'node:crypto'
import { contextFor } from '../app.js'
import { authenticate } from '../person/authenticate.js'
import { goOn, openRandomTown } from './randomTown.js'
import type { Town } from './town.js'
import type { Actor } from '../shared/context.js'
import { Door } from '../shared/door.js'
import { LIMITS } from '../shared/limits.js'
import { Refusal } from '../shared/refusal.js'
import { runQuery } from '../shared/runQuery.js'
import type { Told } from '../shared/read/oracle/answers.js'
import type { Question } from '../shared/read/oracle/question.js'
import { type Reader, readersOf, WHO } from '../shared/read/oracle/readers.js'
import { Variables, worded } from '../shared/read/oracle/wording.js'
import { World } from '../shared/read/oracle/world.js'

/** What a question costs and how long it may be is tested elsewhere; here it is only to be answered rightly. */
const WIDE = { ...LIMITS, textLength: 1e6, tokens: 1e6, aliases: 1e3, steps: 1e6, points: 1e9, documents: 10 }

const BEFORE = new Date('2026-03-02T02:00:00.000Z')
const LATER = new Date('2026-03-03T15:59:59.999Z')
const NOW = new Date('2026-03-03T16:00:00.000Z')

/** A random town with a past, and the graph in front of it, asked in process: ten thousand questions need not pay for HTTP. */
export class OracleTown {
  readonly #door: Door
  private constructor(
    private readonly town: Town,
    readonly readers: Record<string, Reader>,
    private readonly actors: Record<string, Actor>,
    /** How the world stood at the instants that can be asked for; undefined is now. */
    readonly worlds: Map<string | undefined, World>,
  ) {
    const report = (error: unknown) => {
      throw error
    }
    this.#door = new Door(town.app.door.schema, { introspection: false, report, limits: WIDE })
  }

  static async open(seed: number): Promise<OracleTown> {
    const town = await openRandomTown(seed)
    const { reader } = town.store
    const before = await World.read(reader, BEFORE)
    town.clock.now = LATER
    await goOn(town, seed + 1)
    town.clock.now = NOW
    const now = await World.read(reader, NOW)
    // Full of rows from one moment to the next: without this PostgreSQL still plans for empty tables.
    if (reader.engine === 'postgres') await reader.all('analyze')
    const justBefore = new Date(LATER.getTime() - 1)
    const worlds = new Map<string | undefined, World>([
      [undefined, now],
      [BEFORE.toISOString(), before.lookedBackAtFrom(now, BEFORE)],
      [justBefore.toISOString(), before.lookedBackAtFrom(now, justBefore)],
      [LATER.toISOString(), now.on(LATER)],
      ['2027-01-01T00:00:00.000Z', now],
    ])
    const actors: Record<string, Actor> = {}
    for (const who of WHO) actors[who] = (await authenticate(reader, await town.as(who), NOW))!.actor
    return new OracleTown(town, await readersOf(town), actors, worlds)
  }

  get schema() {
    return this.#door.schema
  }

  async close(): Promise<void> {
    await this.town.close()
  }

  /** The answers to several questions of one person in one request, or the code of its refusal. */
  async ask(who: string, questions: readonly Question[]): Promise<Told[] | string> {
    const variables = new Variables()
    const texts = questions.map((one, i) => worded(`q${i}`, one, variables))
    const { data, code } = await this.run(who, `query ${variables.declared()} { ${texts.join('\n')} }`, variables.values)
    return code ?? questions.map((_, i) => data![`q${i}`]!)
  }

  async run(who: string, query: string, variables: Record<string, unknown>): Promise<{ data?: Record<string, Told>; code?: string }> {
    const { store, clock } = this.town
    const actor = this.actors[who]!
    const prepared = this.#door.prepare({ query, variables }, { role: actor.role })
    if (!('document' in prepared)) throw new Error(`${prepared.map(({ message }) => message).join('\n')}\n${query}`)
    const asking = { actor, session: undefined, now: clock.now, request: randomUUID(), address: '', device: '', reply: NO_REPLY }
    const { data, errors } = await runQuery(this.schema, prepared, contextFor(store, asking))
    const error = errors?.[0]
    if (!error) return { data: plain(data) }
    if (error.originalError instanceof Refusal) return { code: error.originalError.code }
    throw new Error(`${error.message}\n${query}`, { cause: error.originalError })
  }
}

const NO_REPLY = { sessionDays: 1, setSession: () => undefined, clearSession: () => undefined }

/** As it would arrive: plain objects, no prototypes. */
const plain = (data: unknown) => JSON.parse(JSON.stringify(data)) as Record<string, Told>
