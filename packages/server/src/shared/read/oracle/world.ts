import { allThings, type Datum, datumOf, dataOfThing, type ThingClass, thingOf } from '../../datum.js'
import type { Scope } from '../../scope.js'
import type { Reader } from '../reader.js'

/** One record as the tables keep it, by the names of its data; a relation holds the id. */
export type Value = string | number | boolean | null
export type Row = Record<string, Value>

/**
 * Every row of every table, read once and without any scope. The oracle answers from these plain lists, in the most
 * literal way there is, so that the compiler has something to be measured against that shares nothing with it.
 */
export class World {
  /** What a row leads to is looked for once; who may see it is asked every time. */
  readonly #ones = new Map<Datum, Map<Row, Row | undefined>>()
  readonly #many = new Map<string, Row[]>()
  private constructor(
    private readonly tables: Map<ThingClass, Row[]>,
    /** The day in Shanghai on which the figures are told. */
    readonly today: string,
  ) {}

  static async read(reader: Reader, now: Date): Promise<World> {
    const tables = new Map<ThingClass, Row[]>()
    for (const { target, table } of allThings()) {
      const kept = dataOfThing(target).filter((datum) => !['derived', 'lookup', 'many'].includes(datum.kind))
      const rows = await reader.all(`select * from ${table}`)
      tables.set(
        target,
        rows.map((row) => Object.fromEntries(kept.map((datum) => [datum.name, valueOf(datum, row[columnNameOf(datum)])]))),
      )
    }
    return new World(tables, dayOf(now))
  }

  all = (target: ThingClass): Row[] => this.tables.get(target)!

  /** What the reader may see of a thing; of what the graph never lists, nothing. */
  seen(target: ThingClass, scope: Scope): Row[] {
    return this.all(target).filter((row) => maySee(target, row, scope))
  }

  /** The row a relation leads to; null when there is none, or none that the reader may see. */
  one(datum: Datum, row: Row, scope: Scope): Row | null {
    const target = datum.target!()
    const known = this.#ones.get(datum) ?? new Map<Row, Row | undefined>()
    this.#ones.set(datum, known)
    if (!known.has(row))
      known.set(
        row,
        this.all(target).find((other) => leadsTo(datum, row, other)),
      )
    const found = known.get(row)
    return found && maySee(target, found, scope) ? found : null
  }

  /** The rows that point at this one and that the reader may see. */
  many(datum: Datum, row: Row, scope: Scope): Row[] {
    const child = datum.target!()
    const key = `${child.name}.${datum.from!} ${String(row['id'])}`
    let found = this.#many.get(key)
    if (!found) {
      const back = datumOf(child, datum.from!)!
      this.#many.set(key, (found = this.all(child).filter((other) => leadsTo(back, other, row))))
    }
    return found.filter((other) => maySee(child, other, scope))
  }

  /**
   * This world as the graph tells it afterwards: what is personal is not kept in the log, so that it is empty once it
   * has changed.
   */
  lookedBackAtFrom(later: World, today: Date): World {
    const tables = [...this.tables].map(([target, rows]): [ThingClass, Row[]] => {
      const personal = dataOfThing(target).filter((datum) => datum.personal)
      const now = new Map(later.all(target).map((row) => [row['id'], row]))
      const forgotten = (row: Row) => personal.filter(({ name }) => now.get(row['id']!)?.[name] !== row[name]).map(({ name }) => [name, null])
      return [target, rows.map((row): Row => ({ ...row, ...(Object.fromEntries(forgotten(row)) as Row) }))]
    })
    return new World(new Map(tables), dayOf(today))
  }

  /** The same rows on another day. */
  on = (today: Date): World => new World(this.tables, dayOf(today))
}

/** Shanghai is eight hours ahead, and always was in the years of the ledger. */
const dayOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

const columnNameOf = (datum: Datum): string => {
  const plain = datum.name.replace(/[A-Z]/g, (letter) => '_' + letter.toLowerCase())
  return datum.kind === 'link' ? plain + '_id' : plain
}

const valueOf = (datum: Datum, stored: unknown): Value => {
  if (stored === null || stored === undefined) return null
  return datum.kind === 'flag' ? Boolean(stored) : (stored as Value)
}

function leadsTo(datum: Datum, from: Row, to: Row): boolean {
  if (datum.kind === 'link') return from[datum.name] !== null && from[datum.name] === to['id']
  const { name, to: code, length } = datum.by!
  const held = from[name]
  return typeof held === 'string' && (length === undefined ? held : held.slice(0, length)) === to[code]
}

/** Territory × trade × own enterprise × own workshop, as domain.md §1.2 words it. */
function maySee(target: ThingClass, row: Row, scope: Scope): boolean {
  const { scope: columns, open } = thingOf(target)
  if (!columns) return open
  if (columns.division && !String(row[columns.division] ?? '?').startsWith(scope.division)) return false
  return (['station', 'enterprise', 'workshop'] as const).every((key) => !columns[key] || scope[key] === undefined || row[columns[key]] === scope[key])
}
