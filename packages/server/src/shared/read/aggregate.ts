import type { FieldNode } from 'graphql'
import { asColumns, Measures } from './measures.js'
import { mediansOf } from './medians.js'
import type { PlainRow } from './reader.js'
import type { Rows } from './rows.js'
import type { Asking } from './select.js'
import { joined, raw, sql } from './sql.js'

/** The aggregates over all rows that match, for each row above: one statement (and one for medians). */
export async function aggregatesOf(rows: Rows, nodes: readonly FieldNode[], info: Asking): Promise<(parent: string) => PlainRow> {
  const measures = new Measures(rows.target, rows.reading)
  measures.take(nodes, info)
  const columns = [sql`${rows.parents ? rows.parent : raw(`''`)} as parent`, ...asColumns(measures.columns)]
  const found = measures.columns.length
    ? await rows.read(sql`select ${joined(columns, ', ')} from ${rows.source} where ${rows.condition('whole')} ${raw(rows.parents ? 'group by 1' : '')}`)
    : []
  const byParent = new Map(found.map((row) => [row['parent'] as string, row]))
  const medians = await mediansOf(rows, [], undefined, measures.medians)
  return (parent) => {
    const shaped = measures.shape(byParent.get(parent))
    Object.assign(shaped['figures'] as PlainRow, medians(parent, []))
    return shaped
  }
}
