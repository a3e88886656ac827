import type { EntityMetadata, MikroORM } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Actor } from '../shared/context.js'
import { linkedId, type ThingClass } from '../shared/datum.js'
import { instant } from '../shared/days.js'
import { type DataRow, entryOf, snapshot } from '../shared/entry.js'
import { insertRows } from '../shared/insertRows.js'
import type { Entry } from '../shared/log.js'
import type { Recorded } from '../shared/recorded.entity.js'
import { isSqlite } from '../shared/run.js'

/** An act of the past: its name, who did it and when. Nobody stands for the system. */
export interface Past {
  act: string
  by: Actor | undefined
  at: Date
  request?: string
  reason?: string
}

/**
 * Records that live their history in memory and are then written at once, each with the entries that its acts would
 * have left in the log had they been done one by one.
 */
export class Chronicle {
  readonly #things: Map<ThingClass, Recorded[]>
  readonly #entries: Entry[] = []

  /** The kinds of records in the order in which they are inserted: what is linked to comes first. */
  constructor(...order: ThingClass[]) {
    this.#things = new Map(order.map((thing) => [thing, []]))
  }

  add<T extends Recorded>(record: T, past: Past): T {
    record.createdAt = instant(past.at)
    record.version = 1
    const thing = record.constructor as ThingClass
    this.#things.get(thing)!.push(record)
    this.#log(entryOf(thing, past.act, undefined, record as unknown as DataRow), past)
    return record
  }

  /** One act on one record; a change that is none leaves neither a new version nor an entry, as in the unit of work. */
  change(record: Recorded, past: Past, work: () => void): void {
    const thing = record.constructor as ThingClass
    const before = snapshot(thing, record as unknown as DataRow)
    work()
    const entry = entryOf(thing, past.act, before, record as unknown as DataRow)
    if (!entry) return
    record.version += 1
    this.#log(entry, past)
  }

  /** What happened to records that another chronicle has inserted. */
  follow(other: Chronicle): void {
    for (const entry of other.#entries) this.#entries.push(entry)
  }

  #log(entry: Entry | undefined, { at, by, request, reason }: Past): void {
    if (entry) this.#entries.push(Object.assign(entry, { at: instant(at), actor: by?.id ?? 'system', reason: reason ?? null }, request ? { request } : {}))
  }

  all<T extends Recorded>(thing: new () => T): T[] {
    return (this.#things.get(thing) ?? []) as T[]
  }

  /** What happened (to these things), in the order in which it happened; what happened at once keeps the order in which it was done. */
  entries(...things: string[]): Entry[] {
    const told = things.length ? this.#entries.filter(({ thing }) => things.includes(thing)) : [...this.#entries]
    return told.sort((a, b) => (a.at! < b.at! ? -1 : a.at! > b.at! ? 1 : 0))
  }

  async insert(em: SqlEntityManager, orm: Pick<MikroORM, 'getMetadata'>): Promise<void> {
    for (const [thing, records] of this.#things) {
      const columns = columnsOf(orm.getMetadata().get(thing as never), isSqlite(em))
      await insertRows(em, columns.table, columns.names, records.map(columns.row))
    }
  }
}

interface Columns {
  table: string
  names: string[]
  row: (record: Recorded) => Record<string, unknown>
}

function columnsOf(meta: EntityMetadata, sqlite: boolean): Columns {
  const props = meta.props.filter((prop) => prop.persist !== false && prop.fieldNames?.length === 1)
  const value = (given: unknown): unknown => {
    if (given === undefined || given === null) return null
    if (typeof given === 'object') return linkedId(given)
    return sqlite && typeof given === 'boolean' ? Number(given) : given
  }
  return {
    table: meta.tableName,
    names: props.map((prop) => prop.fieldNames[0]!),
    row: (record) => Object.fromEntries(props.map((prop) => [prop.fieldNames[0]!, value((record as unknown as DataRow)[prop.name])])),
  }
}
