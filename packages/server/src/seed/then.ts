import type { SqlEntityManager } from '@mikro-orm/sql'
import { dataOfThing, type ThingClass, thingOf } from '../shared/datum.js'
import { insertRows } from '../shared/insertRows.js'
import type { Entry } from '../shared/log.js'
import { columnOf } from '../shared/read/column.js'
import { isSqlite, run } from '../shared/run.js'

type Row = Record<string, unknown>
interface Table {
  table: string
  columns: Map<string, string>
  names: string[]
  rows: Map<string, Row>
  touched: Set<string>
}

/**
 * The town as it stood: the log replayed, an entry at a time, into temporary tables that stand before the real ones of the
 * same names. Every formula that is asked meanwhile, in the same transaction, is answered from them.
 */
export class Then {
  readonly #tables = new Map<string, Table>()
  private constructor(private readonly em: SqlEntityManager) {}

  static async open(em: SqlEntityManager, things: readonly ThingClass[]): Promise<Then> {
    const then = new Then(em)
    for (const target of things) {
      const { name, table } = thingOf(target)
      const data = dataOfThing(target).filter(({ kind }) => !['id', 'derived', 'lookup', 'many'].includes(kind))
      const columns = new Map(data.map((datum) => [datum.name, columnOf(datum)]))
      then.#tables.set(name, { table, columns, names: ['id', 'version', ...columns.values()], rows: new Map(), touched: new Set() })
      await run(em, `create temp table ${table} as select * from ${table} where 1 = 0`)
      for (const column of ['id', 'enterprise_id'])
        if (column === 'id' || [...columns.values()].includes(column))
          await run(em, isSqlite(em) ? `create index temp.then_${table}_${column} on ${table} (${column})` : `create index on ${table} (${column})`)
    }
    return then
  }

  /** Takes what happened next; it stands in the tables after `settle`. */
  take({ thing, record, diff }: Pick<Entry, 'thing' | 'record' | 'diff'>): void {
    const known = this.#tables.get(thing)
    if (!known) return
    const row = known.rows.get(record) ?? { id: record, version: 0 }
    row['version'] = Number(row['version']) + 1
    for (const [name, [, is]] of Object.entries(diff)) row[known.columns.get(name)!] = typeof is === 'boolean' && isSqlite(this.em) ? Number(is) : is
    // A removal leaves nothing of a record.
    if (known.names.some((name) => name !== 'id' && name !== 'version' && row[name] != null)) known.rows.set(record, row)
    else known.rows.delete(record)
    known.touched.add(record)
  }

  async settle(): Promise<void> {
    for (const { table, names, rows, touched } of this.#tables.values()) {
      if (!touched.size) continue
      const ids = [...touched]
      for (let i = 0; i < ids.length; i += 500) {
        const some = ids.slice(i, i + 500)
        await run(this.em, `delete from ${table} where id in (${some.map(() => '?').join(', ')})`, some)
      }
      await insertRows(
        this.em,
        table,
        names,
        ids.map((id) => rows.get(id)).filter((row) => row !== undefined),
      )
      touched.clear()
    }
  }

  async close(): Promise<void> {
    for (const { table } of this.#tables.values()) await run(this.em, `drop table ${isSqlite(this.em) ? 'temp' : 'pg_temp'}.${table}`)
  }
}
