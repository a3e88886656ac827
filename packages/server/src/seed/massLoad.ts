import { randomUUID } from 'node:crypto'
import { openFiles } from '../attachment/openFiles.js'
import type { Config } from '../config.js'
import { act, type Acting } from '../shared/act.js'
import { addDays, dayOf, startOf } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { run } from '../shared/run.js'
import type { Store } from '../store.js'
import { type DemoTown, demoTown, divisions, hazardTexts, stations } from './content.js'
import { newChronicle, worldOf } from './demoTowns.js'
import { Numbers } from './numbers.js'
import { Accounts } from './people.js'
import { Pictures } from './pictures.js'
import { Random } from './random.js'
import { addReference, demoVillages, oneAtATime } from './reference.js'
import { firmIds, firmsOf, staffOf } from './residents.js'
import { adminOf, settleFirms, type Firm, type Town } from './settle.js'
import { tell } from './story.js'
import { Field } from './year.js'

export interface Wish {
  enterprises: number
  hazards: number
  years: number
}
type Say = (what: 'enterprises' | 'hazards', done: number, of: number) => void

/** So many are made, logged and committed at a time: little enough for the memory and for others to get a word in. */
const CHUNK = 1_500
const FIRM_CHUNK = 1_000
/** Enterprises among which the hazards of a few chunks are spread. */
const POOL = 4_000
const POOL_CHUNKS = 25
const YEAR = 365
/** Of the two towns the neighbour gets one enterprise in so many. */
const NEIGHBOUR = 10

/** Adds any number of fictional enterprises and hazards to a prepared store, each with its history in the log. */
export class MassLoad {
  readonly #content: DemoTown = demoTown()
  readonly #random: Random
  readonly #began: Date
  #towns: Town[] = []

  constructor(
    private readonly store: Store,
    private readonly config: Config,
    private readonly wish: Wish,
    private readonly now: Date,
    private readonly say: Say,
  ) {
    this.#random = new Random(randomUUID())
    this.#began = new Date(Date.parse(startOf(addDays(dayOf(now), -YEAR * wish.years - 35))) + 9 * 3_600_000)
  }

  get #acting(): Acting {
    return { em: this.store.em(undefined), actor: undefined, now: this.now, request: randomUUID() }
  }

  async run(passwordHash: string): Promise<void> {
    const { neighbour } = this.#content
    await addReference(this.#acting, demoVillages(neighbour.code, neighbour.villages))
    // Pages of the indexes change in every chunk: they are kept at hand and written back now and then.
    if (this.store.engine === 'sqlite')
      for (const pragma of ['cache_size = -128000', 'wal_autocheckpoint = 16000']) await run(this.#acting.em, `pragma ${pragma}`)
    const accounts = new Accounts(passwordHash, this.#random, this.#began.getTime())
    await this.#settle(accounts)
    for (let done = 0; done < this.wish.enterprises; done += FIRM_CHUNK)
      await this.#enterprises(accounts, done, Math.min(FIRM_CHUNK, this.wish.enterprises - done))
    if (this.wish.hazards) await this.#hazards()
  }

  async #settle(accounts: Accounts): Promise<void> {
    const { town, neighbour } = this.#content
    const places = [
      { code: town.code, name: town.name, villages: divisions().filter(({ code }) => code.startsWith(town.code) && code.length === 12), tag: '' },
      { code: neighbour.code, name: neighbour.name, villages: demoVillages(neighbour.code, neighbour.villages), tag: `${neighbour.account}.` },
    ]
    const chronicle = newChronicle()
    for (const { tag, ...place } of places) {
      const { staff, newcomers } = await staffOf(
        this.store.reader,
        accounts,
        place,
        stations().map(({ code }) => code),
        tag,
      )
      for (const person of newcomers) chronicle.add(person, { act: 'accountCreate', by: undefined, at: this.#began })
      this.#towns.push({ ...place, staff })
    }
    await act(this.#acting, 'seed', async ({ em, log }) => {
      await chronicle.insert(em, this.store.orm)
      log(chronicle.entries())
    })
  }

  async #enterprises(accounts: Accounts, done: number, many: number): Promise<void> {
    const [here, there] = this.#towns
    const beside = Math.floor(many / NEIGHBOUR)
    await act(this.#acting, 'seed', async ({ em, log }) => {
      await oneAtATime(em)
      const numbers = await Numbers.take(em)
      const chronicle = newChronicle()
      const settling = { chronicle, accounts, admin: adminOf(accounts), random: this.#random, began: this.#began }
      const from = numbers.enterprises(many)
      settleFirms(settling, here!, this.#content.trades, from, many - beside)
      settleFirms(settling, there!, this.#content.trades, from + many - beside, beside)
      await chronicle.insert(em, this.store.orm)
      await numbers.keep(em)
      log(chronicle.entries())
    })
    this.say('enterprises', done + many, this.wish.enterprises)
  }

  async #hazards(): Promise<void> {
    const { hazards, years } = this.wish
    const texts = hazardTexts()
    const pictures = await Pictures.draw(openFiles(this.config).files)
    const ids = await firmIds(this.store.reader)
    if (!ids.length) throw new Refusal('NO_ENTERPRISES', '还没有虚构企业，请同时给出 --enterprises')
    let field: Field | undefined
    for (let done = 0, chunk = 0; done < hazards; chunk++) {
      if (chunk % POOL_CHUNKS === 0) field = new Field(await this.#pool(ids), texts, this.#random)
      const many = Math.min(CHUNK, hazards - done)
      await act(this.#acting, 'seed', async ({ em, log }) => {
        await oneAtATime(em)
        const world = await worldOf(em, this.#content, { chronicle: newChronicle(), random: this.#random, now: this.now, pictures, lean: true })
        for (let i = 0; i < many; i++) {
          // The oldest first; the last were found yesterday.
          const { firm, text, course } = field!.past(1 + Math.floor((1 - (done + i + 1) / hazards) * YEAR * years))
          tell(world, firm, text, course)
        }
        await world.chronicle.insert(em, this.store.orm)
        await world.numbers.keep(em)
        log(world.chronicle.entries())
      })
      done += many
      this.say('hazards', done, hazards)
    }
  }

  async #pool(ids: readonly string[]): Promise<Firm[]> {
    const drawn = ids.length > POOL ? Array.from({ length: POOL }, () => this.#random.pick(ids)) : [...ids]
    const firms: Firm[] = []
    for (let i = 0; i < drawn.length; i += 500) firms.push(...(await firmsOf(this.store.reader, drawn.slice(i, i + 500), this.#towns, this.#content.trades)))
    return firms
  }
}
