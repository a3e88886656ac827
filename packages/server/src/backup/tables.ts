import type { EntityMetadata, MikroORM } from '@mikro-orm/core'

/** What a backup must know of a table to carry its rows from one engine to the other. */
export interface Table {
  name: string
  key: string[]
  columns: { name: string; flag: boolean }[]
}

/** Every table of the store, each after those that it refers to, so that rows can be written back in this order. */
export function tablesOf(orm: MikroORM): Table[] {
  const waiting = new Map([...orm.getMetadata().getAll().values()].filter((meta) => !meta.abstract).map((meta) => [meta.tableName, meta]))
  const ordered: EntityMetadata[] = []
  while (waiting.size) {
    const ready = [...waiting.values()].filter((meta) => !referred(meta).some((other) => waiting.has(other)))
    if (!ready.length) throw new Error(`tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`)
    for (const meta of ready.sort((a, b) => (a.tableName < b.tableName ? -1 : 1))) {
      ordered.push(meta)
      waiting.delete(meta.tableName)
    }
  }
  return ordered.map(tableOf)
}

/** The other tables that must have their rows first. */
const referred = (meta: EntityMetadata): string[] =>
  meta.relations.flatMap((relation) => relation.targetMeta?.tableName ?? []).filter((name) => name !== meta.tableName)

function tableOf(meta: EntityMetadata): Table {
  const kept = meta.props.filter((prop) => prop.persist !== false && prop.fieldNames?.length)
  return {
    name: meta.tableName,
    key: meta.getPrimaryProps().flatMap((prop) => prop.fieldNames),
    columns: kept.flatMap((prop) => prop.fieldNames.map((name) => ({ name, flag: prop.runtimeType === 'boolean' }))),
  }
}

/** The same quotes on both engines; names come from the entities, never from outside. */
export const quoted = (name: string): string => `"${name}"`
export const selectOf = (table: Table): string =>
  `select ${table.columns.map((column) => quoted(column.name)).join(', ')} from ${quoted(table.name)} order by ${table.key.map(quoted).join(', ')}`
