import type { GraphQLResolveInfo } from 'graphql'
import type { SignedIn } from '../context.js'
import { type ThingClass, thingOf } from '../datum.js'
import type { PlainRow } from './reader.js'
import { compileSelection, selectionOf } from './select.js'
import { scopeSql } from './where.js'

/** One record as a plain row with what the answer asks of it; null when it lies outside the reader's scope. */
export async function rowOf(target: ThingClass, context: SignedIn, info: GraphQLResolveInfo, id: string): Promise<PlainRow | null> {
  const { scope } = context.actor
  const compiled = compileSelection(selectionOf(target, info, [[]]), 't', scope)
  const within = scopeSql(target, 't', scope)
  const sql = `select ${compiled.columns.join(', ')} from ${thingOf(target).table} t ${compiled.joins.sql} where t.id = ? and (${within.sql})`
  const [row] = await context.reader.all(sql, [...compiled.joins.params, id, ...within.params])
  return row ? compiled.shape(row) : null
}
