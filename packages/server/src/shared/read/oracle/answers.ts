import { datumOf, opens, type ThingClass } from '../../datum.js'
import { type Group, groupsOf, measuresOf } from './groups.js'
import { folded, matches } from './matches.js'
import { type Question, type Shown, targetOf } from './question.js'
import type { Reader } from './readers.js'
import { besides, comparedAs, sorted } from './sorted.js'
import type { Row, Value, World } from './world.js'

/** What a plain look at every row finds; an answer that must be refused is thrown as its code. */
export class MustRefuse extends Error {}

export interface Told {
  [name: string]: Told | Told[] | Value
}

/** The answer to a question about some rows, as the graph is to give it. */
export function answerOf(world: World, asked: Question, all: Row[], reader: Reader): Told {
  const { where, page, aggregate, groups, distinct } = asked
  const target = targetOf(asked)
  const rows = all.filter((row) => matches(world, target, row, where, reader.scope))
  return {
    ...(page ? pageOf(world, asked, page, rows, reader) : {}),
    ...(asked.total ? { totalCount: rows.length } : {}),
    ...(aggregate ? { aggregate: { count: rows.length, ...measuresOf(rows, aggregate, world.today) } } : {}),
    ...(groups ? { groups: groupsTold(world, target, rows, groups, reader) } : {}),
    ...(distinct ? { distinctValues: valuesOf(rows, distinct) } : {}),
  }
}

function pageOf(world: World, asked: Question, { first, offset, shown }: NonNullable<Question['page']>, rows: Row[], reader: Reader): Told {
  const target = targetOf(asked)
  const ordered = sorted(world, target, rows, asked.orderBy!, reader.scope)
  const nodes = ordered.slice(offset, offset + first).map((row) => rowTold(world, target, row, shown, reader))
  return { nodes, pageInfo: { hasNextPage: rows.length > offset + first, hasPreviousPage: offset > 0 } }
}

export function rowTold(world: World, target: ThingClass, row: Row, { fields, links, many }: Shown, reader: Reader): Told {
  const told: Told = {}
  for (const name of fields) told[name] = opens(datumOf(target, name)!.read, reader.role) ? row[name]! : null
  for (const [name, inner] of Object.entries(links)) {
    const datum = datumOf(target, name)!
    const other = world.one(datum, row, reader.scope)
    told[name] = other && rowTold(world, datum.target!(), other, inner, reader)
  }
  for (const [i, one] of many.entries()) told[`m${i}`] = answerOf(world, one, world.many(datumOf(target, one.field)!, row, reader.scope), reader)
  return told
}

function groupsTold(world: World, target: ThingClass, rows: Row[], asked: NonNullable<Question['groups']>, reader: Reader): Told {
  const found = groupsOf(world, target, rows, asked, reader.scope)
  if (!found) throw new MustRefuse('QUERY_TOO_COSTLY')
  const { records, keys } = asked
  const told = ({ keys: values, count, share, measures, rows: own }: Group): Told => {
    const ordered = records ? sorted(world, target, own, records.orderBy, reader.scope).slice(0, records.first) : []
    return {
      ...(keys.length ? { key: keyTold(keys, values) } : {}),
      ...{ count, share, ...measures },
      ...(records ? { nodes: ordered.map((row) => rowTold(world, target, row, records.shown, reader)) } : {}),
    }
  }
  return { nodes: found.nodes.map(told), truncated: found.truncated }
}

function keyTold(keys: NonNullable<Question['groups']>['keys'], values: Value[]): Told {
  const told: Told = {}
  for (const [i, { at }] of keys.entries()) {
    let place = told
    for (const name of at.slice(0, -1)) place = (place[name] ??= {}) as Told
    place[at.at(-1)!] = values[i]!
  }
  return told
}

/** The values of one field, the frequent ones first, then in their own order, nothing before something. */
function valuesOf(rows: Row[], { field, contains, limit }: NonNullable<Question['distinct']>): Told {
  const counts = new Map<Value, number>()
  for (const row of rows) {
    const value = row[field]!
    if (!contains || (value !== null && folded(value).includes(folded(contains)))) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const ordered = [...counts].sort(([a, n], [b, m]) => comparedAs(m, n) || besides(a, b, 'ASC', 'FIRST'))
  const values = ordered.slice(0, limit).map(([value, count]) => ({ value: value === null ? null : String(value), count }))
  return { values, truncated: ordered.length > limit }
}
