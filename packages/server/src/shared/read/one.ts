import type { GraphQLResolveInfo } from 'graphql'
import type { SignedIn } from '../context.js'
import { type ThingClass } from '../datum.js'
import { Joins } from './joins.js'
import type { PlainRow } from './reader.js'
import { hopSql, readingOf, scopeSql } from './reading.js'
import { compileSelection, listed, selectionOf } from './select.js'
import { sourceSql } from './source.js'
import { both, joined, raw, sql } from './sql.js'

/** One record as a plain row with what the answer asks of it; null when it lies outside the reader's scope. */
export async function rowOf(target: ThingClass, context: SignedIn, info: GraphQLResolveInfo, id: string): Promise<PlainRow | null> {
  const reading = readingOf(context)
  const joins = new Joins(reading)
  const compiled = compileSelection(selectionOf(target, info, [[]]), 't', reading, joins)
  const within = scopeSql(target, 't', reading.scope)
  const statement = sql`select ${listed(compiled.columns)} from ${sourceSql(target, reading)} t ${joins.sql()} where ${both(sql`t.id = ${id}`, within)}`
  const [row] = await context.reader.all(statement.sql, statement.params)
  return row ? compiled.shape(row) : null
}

/** Records known by one of their columns, in one statement, for rows that were not read together with them. */
export async function rowsKnownBy(
  target: ThingClass,
  column: string,
  keys: readonly string[],
  context: SignedIn,
  info: GraphQLResolveInfo,
): Promise<Map<string, PlainRow>> {
  const reading = readingOf(context)
  const joins = new Joins(reading)
  const compiled = compileSelection(selectionOf(target, info, [[]]), 't', reading, joins)
  const marks = joined(
    keys.map((key) => sql`${key}`),
    ', ',
  )
  const known = raw(`t.${column}`)
  const condition = both(sql`${known} in (${marks})`, hopSql(target, 't', reading))
  const statement = sql`select ${listed(compiled.columns)}, ${known} as known_by from ${sourceSql(target, reading)} t ${joins.sql()} where ${condition}`
  const rows = await context.reader.all(statement.sql, statement.params)
  return new Map(rows.map((row) => [row['known_by'] as string, compiled.shape(row)]))
}
