import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { v7 as uuid } from 'uuid'
import type { Enterprise } from '../enterprise/enterprise.entity.js'
import { allThings, type Datum, dataOfThing, datumOf, type Thing, thingOf } from '../shared/datum.js'
import { addDays } from '../shared/days.js'
import { scopeOfRow } from '../shared/entry.js'
import { keysOf } from './keys.js'

type Row = Record<string, unknown>
/** Where a made row stands: of which enterprise it is, whose place it carries, in which workshop. */
export interface Site {
  firm: Enterprise
  at: Enterprise
  workshop?: string
}
/** A row that stands at one site and whose links lead to rows of another. */
export type Wish = readonly [stands: Site, leads: Site]

/** A thing of which there are fewer gets rows of its own here. */
const ENOUGH = 8
const OPEN_ROWS = 3
const AUDIENCES = ['TOWN_OFFICE', 'STATION', 'WORKSHOP']

/**
 * Rows of every scoped thing of which the store has none or hardly any, made from what its decorators say: a module that
 * comes later is there without anybody writing rows for it. Past every rule of the work, so call it within an act
 * from which nothing follows. Links that are still empty are filled last, those of the rows that were there too.
 */
export async function oneOfEach(em: SqlEntityManager, wishes: readonly Wish[], later: readonly Wish[] = wishes): Promise<void> {
  const maker = new Maker(em)
  for (const thing of allThings()) if (thing.scope || thing.open) await maker.load(thing)
  for (const thing of allThings()) if (thing.scope) maker.make(thing, wishes)
  await em.flush()
  maker.fill(later.map(([, leads]) => leads))
}

class Maker {
  readonly #rows = new Map<string, Row[]>()
  /** Which values a unique key has taken. */
  readonly #taken = new Set<string>()
  readonly #made = new Set<string>()
  #count = 0

  constructor(private readonly em: SqlEntityManager) {}

  async load({ target, name }: Thing): Promise<void> {
    const rows = (await this.em.find(target as never, {}, { filters: false })) as Row[]
    this.#rows.set(name, rows)
    for (const row of rows) this.#take(thingOf(target), row)
  }

  make(thing: Thing, wishes: readonly Wish[]): void {
    if (this.#made.has(thing.name)) return
    this.#made.add(thing.name)
    const rows = this.#rows.get(thing.name)!
    if (rows.length >= (thing.scope ? ENOUGH : 1)) return
    for (const datum of dataOfThing(thing.target)) if (datum.kind === 'link') this.make(thingOf(datum.target!()), wishes)
    const asked: readonly (Wish | undefined)[] = thing.scope ? wishes : Array.from({ length: OPEN_ROWS }, () => undefined)
    for (const [i, wish] of asked.entries()) {
      const row = this.#row(thing, wish, i)
      if (row) {
        rows.push(row)
        this.em.persist(row)
      }
    }
  }

  /** Links that may be empty, once everything they can lead to is there. */
  fill(sites: readonly Site[]): void {
    for (const thing of allThings()) {
      const links = dataOfThing(thing.target).filter(({ kind, nullable }) => kind === 'link' && nullable)
      for (const [i, row] of (thing.scope ? this.#rows.get(thing.name)! : []).entries())
        for (const [j, link] of links.entries()) {
          if (row[link.name] != null || (i + j) % 4 === 3) continue
          const to = this.#targets(link, sites[(i + j) % sites.length], i).find(
            (one) => one !== row && this.#free(thing, { ...row, [link.name]: one }, link.name),
          )
          if (!to) continue
          row[link.name] = ref(to)
          this.#take(thing, row, link.name)
        }
    }
  }

  /** undefined when every row it could be is there already. */
  #row(thing: Thing, wish: Wish | undefined, turn: number): Row | undefined {
    const row = Reflect.construct(thing.target, []) as Row
    const n = (this.#count += 1)
    this.#bare(thing, row)
    for (const datum of dataOfThing(thing.target)) if (isValue(datum)) row[datum.name] = valueOf(datum, n)
    if (wish) place(thing, row, wish[0])
    const links = dataOfThing(thing.target).filter(({ kind, nullable, name }) => kind === 'link' && !nullable && name !== thing.scope?.enterprise)
    for (const link of links) {
      const targets = this.#targets(link, wish?.[1], turn)
      const to = targets.find((one) => this.#free(thing, { ...row, [link.name]: one }, link.name))
      if (!to) return undefined
      row[link.name] = ref(to)
    }
    return this.#take(thing, row) ? row : undefined
  }

  /** The rows of a link's target, those that stand at the site first. */
  #targets({ target }: Datum, site: Site | undefined, turn = 0): Row[] {
    const thing = thingOf(target!())
    const rows = this.#rows.get(thing.name) ?? []
    if (!thing.scope || !site) return rows
    const near = (row: Row): number => {
      const { division, enterprise, workshop } = scopeOfRow(thing.target, row)!
      const misses = [
        division !== site.at.division,
        (enterprise ?? site.firm.id) !== site.firm.id,
        workshop !== undefined && workshop !== (site.workshop ?? null),
      ]
      return misses.filter(Boolean).length
    }
    const ranked = rows.map((row) => [near(row), row] as const).sort(([a], [b]) => a - b)
    const best = ranked.filter(([misses]) => misses === ranked[0]![0]).length
    // Of those that are equally near each has its turn.
    return ranked.map((_, i) => ranked[i < best ? (i + turn) % best : i]![1])
  }

  /** Columns that no decorator of ours speaks of. */
  #bare(thing: Thing, row: Row): void {
    for (const { name, primary, version, nullable, type, kind } of this.em.getMetadata().get(thing.target as never).props as unknown as Bare[])
      if (kind === 'scalar' && !primary && !version && !nullable && !datumOf(thing.target, name) && row[name] == null)
        row[name] = type === 'string' || type === 'text' ? uuid().slice(-20) : 1
  }

  #key(thing: Thing, row: Row, names: readonly string[]): string | undefined {
    const values = names.map((name) => idOrValue(row[name]))
    return values.some((value) => value == null) ? undefined : JSON.stringify([thing.name, names, values])
  }

  /** Whether a key that ends with this link is still free. */
  #free(thing: Thing, row: Row, link: string): boolean {
    return keysOf(this.em, thing.target)
      .filter((names) => names.includes(link))
      .every((names) => !this.#taken.has(this.#key(thing, row, names) ?? ''))
  }

  /** Takes the keys of a row, or those with one datum; none when one of them is taken. */
  #take(thing: Thing, row: Row, datum?: string): boolean {
    const keys = keysOf(this.em, thing.target)
      .filter((names) => !datum || names.includes(datum))
      .flatMap((names) => this.#key(thing, row, names) ?? [])
    if (keys.some((key) => this.#taken.has(key))) return false
    for (const key of keys) this.#taken.add(key)
    return true
  }
}
interface Bare {
  name: string
  primary?: boolean
  version?: boolean
  nullable?: boolean
  type: string
  kind: string
}

const idOrValue = (value: unknown): unknown => (value !== null && typeof value === 'object' ? (value as { id: string }).id : value)
const isValue = ({ kind }: Datum): boolean => ['text', 'day', 'instant', 'whole', 'flag', 'choice'].includes(kind)

function place({ scope, target }: Thing, row: Row, { firm, at, workshop }: Site): void {
  const { division, station, enterprise, workshop: part } = scope!
  if (division) row[division] = at.division
  if (station) row[station] = at.station ?? null
  if (enterprise && enterprise !== 'id') row[enterprise] = enterprise === 'enterprise' ? ref(firm) : firm.id
  if (part) row[part] = workshop ?? (datumOf(target, part)!.nullable ? null : uuid())
}

/** Never the same twice where it can be helped; now and then nothing at all, where that is allowed. */
function valueOf({ kind, name, nullable, enum: values, max }: Datum, n: number): unknown {
  if (nullable && (n + name.length) % 5 === 4) return null
  if (name === 'audience') return AUDIENCES[n % AUDIENCES.length]
  if (kind === 'text') return max === 36 ? uuid() : `样${n}`.slice(-(max ?? 60))
  if (kind === 'day') return addDays('2026-01-01', (n * 13) % 60)
  if (kind === 'instant') return `${addDays('2026-01-01', (n * 13) % 60)}T0${n % 10}:00:00.000Z`
  if (kind === 'whole') return n
  // Of two flags every pair occurs.
  if (kind === 'flag') return (n >> (name.length % 2)) % 2 === 0
  const all = Object.values(values!) as unknown[]
  return all[n % all.length]
}
