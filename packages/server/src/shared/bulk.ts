import { v7 as uuid } from 'uuid'
import type { Act } from './act.js'
import type { ThingClass } from './datum.js'
import { entryOf } from './entry.js'
import { insertRows } from './insertRows.js'
import { isSqlite } from './run.js'

/** A new record by the names of its data; a link is the id of the other. */
export type NewRow = Record<string, unknown>

/**
 * Enters many new records of one thing in a few statements, past the unit of work, and logs each one like any other
 * write. The rows must be whole: nothing fills in what is left out but the id and the first version.
 */
export async function insertMany({ em, log }: Act, name: string, target: ThingClass, rows: readonly NewRow[]): Promise<void> {
  if (!rows.length) return
  const whole = rows.map((row): NewRow => ({ id: uuid(), ...row, version: 1 }))
  const meta = em.getMetadata().get(target as never)
  const used = meta.props.filter((prop) => prop.persist !== false && prop.fieldNames?.length === 1 && whole.some((row) => row[prop.name] != null))
  const sqlite = isSqlite(em)
  const bound = (value: unknown) => (typeof value === 'boolean' && sqlite ? Number(value) : value)
  const columns = used.map((prop) => prop.fieldNames[0]!)
  const values = whole.map((row) => Object.fromEntries(used.map((prop) => [prop.fieldNames[0]!, bound(row[prop.name])])))
  await insertRows(em, meta.tableName, columns, values)
  log(whole.flatMap((row) => entryOf(target, name, undefined, row) ?? []))
}
