import type { FieldNode } from 'graphql'
import type { SignedIn } from '../context.js'
import { type Datum, datumOf, type ThingClass, thingOf } from '../datum.js'
import { COUNTY_CODE } from '../scope.js'
import { ask } from './ask.js'
import { columnNamed, columnOf } from './column.js'
import type { PlainRow } from './reader.js'
import { hopSql, type Reading, readingOf, scopeSql } from './reading.js'
import { type Past, sourceSql, withOnce } from './source.js'
import { both, raw, sql, type Sql, TRUE } from './sql.js'
import { type Where, whereSql } from './where.js'

/** The rows that one to-many field is about: those which point at any of the rows above, one statement for all of them. */
export interface Parents {
  above: ThingClass
  many: Datum
  keys: readonly string[]
}

export interface Wish {
  where?: Where | null | undefined
  /** A condition of our own on alias t, beside the caller's filter. */
  also?: Sql | undefined
  asOf?: string | null | undefined
}

/** The key under which the whole stands where there is nothing above. */
export const WHOLE = ''

/**
 * All rows of a thing that match, before paging: what a page, a total, an aggregate and groups of one field are taken
 * from. The scope is compiled in here, once for all of them.
 */
export class Rows {
  readonly reading: Reading
  readonly #made = new Map<string, unknown>()
  /** Of a past instant: the other tables that these rows are asked about, each worked out once a statement. */
  readonly #past = new Map<string, Past>()
  constructor(
    readonly target: ThingClass,
    readonly context: SignedIn,
    readonly wish: Wish,
    readonly parents?: Parents,
  ) {
    const reading = readingOf(context, wish.asOf ?? undefined)
    this.reading = reading.asOf ? { ...reading, hoist: this.#past } : reading
  }

  /** `from hazard t`: joins of the caller's come between this and `where`. */
  get source(): Sql {
    const { hoist: _hoist, ...own } = this.reading
    return sql`${sourceSql(this.target, own)} t`
  }

  /** Of each row, what it points at above. */
  get parent(): Sql {
    if (!this.parents) return raw(`''`)
    const child = datumOf(this.target, this.parents.many.from!)!
    return raw(`t.${child.by ? columnNamed(this.target, child.by.name) : columnOf(child)}`)
  }

  /** The condition on alias t; 'walk' when the order's index is to be walked, 'whole' when every row is looked at anyhow, 'one' for the row above called `p` alone. */
  condition(way?: 'walk' | 'whole' | 'one' | false): Sql {
    const { target, reading, wish, parents } = this
    // Of a county's store a county is all there is: its rows are looked at one after the other, not by an index.
    const within = parents
      ? both(way === 'one' ? sql`${this.parent} = p.value` : this.#below(parents), hopSql(target, 't', reading))
      : scopeSql(
          target,
          't',
          reading.scope,
          reading.engine === 'sqlite' && (way === 'walk' || (way === 'whole' && reading.scope.division.length <= COUNTY_CODE)),
        )
    return both(within, wish.also ?? TRUE, whereSql(target, 't', wish.where, reading))
  }

  #below({ keys }: Parents): Sql {
    const list = this.reading.engine === 'sqlite' ? sql`(select value from json_each(${JSON.stringify(keys)}))` : undefined
    return list ? sql`${this.parent} in ${list}` : sql`${this.parent} = any(${[...keys]})`
  }

  /** What is sent for a statement over these rows. */
  whole = (statement: Sql): Sql => withOnce(statement, this.#past)

  /** Reads, in the lane that the rows looked at call for; `page` when an index walks the order and stops after it. */
  read(statement: Sql, page?: { size: number; offset: number }): Promise<PlainRow[]> {
    const { target, wish, parents } = this
    return ask(this.context, this.whole(statement), {
      target,
      where: wish.where,
      also: !!wish.also && wish.also !== TRUE,
      asOf: !!wish.asOf,
      ...(parents ? { below: { keys: parents.keys.length, table: thingOf(parents.above).table } } : {}),
      ...(page ? { page } : {}),
    })
  }

  /** Rows above share what was read for all of them: the first who asks has it read. */
  once<T>(what: string, nodes: readonly FieldNode[], make: () => Promise<T>): Promise<T> {
    const key = what + nodes.map(numberOf).join()
    const known = this.#made.get(key) as Promise<T> | undefined
    if (known) return known
    const made = make()
    this.#made.set(key, made)
    return made
  }
}

let count = 0
const numbers = new WeakMap<FieldNode, number>()
/** A field of a document as a key: the same field asks the same thing. */
export function numberOf(node: FieldNode): number {
  let number = numbers.get(node)
  if (!number) numbers.set(node, (number = ++count))
  return number
}
