import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql'
import { type Datum, dataOfThing, type ThingClass, thingOf } from '../datum.js'
import type { Scope } from '../scope.js'
import type { PlainRow } from './reader.js'
import { columnOf, scopeSql, type Sql } from './where.js'

/** Which data of a thing, and of the things it links to, one answer needs. */
export interface Selection {
  target: ThingClass
  data: Set<string>
  links: Map<string, Selection>
}

type Fragments = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues'>

/** The fields asked for under `path` (for example `nodes` and `edges.node`), merged. */
export function selectionOf(target: ThingClass, info: GraphQLResolveInfo, paths: string[][]): Selection {
  const selection: Selection = { target, data: new Set(['id']), links: new Map() }
  for (const path of paths) for (const node of info.fieldNodes) follow(node.selectionSet, path, info, (set) => collect(selection, set, info))
  return selection
}

/** Whether a field is asked for at all, directly below the resolver's own field. */
export function asks(info: GraphQLResolveInfo, name: string): boolean {
  let found = false
  for (const node of info.fieldNodes) each(node.selectionSet, info, (field) => void (found ||= field.name.value === name))
  return found
}

function follow(set: SelectionSetNode | undefined, path: string[], info: Fragments, then: (set: SelectionSetNode | undefined) => void): void {
  const [head, ...rest] = path
  if (!head) return then(set)
  each(set, info, (field) => {
    if (field.name.value === head) follow(field.selectionSet, rest, info, then)
  })
}

function each(set: SelectionSetNode | undefined, info: Fragments, visit: (field: FieldNode) => void): void {
  for (const node of set?.selections ?? []) {
    if (node.kind === 'Field') visit(node)
    else if (node.kind === 'InlineFragment') each(node.selectionSet, info, visit)
    else each(info.fragments[node.name.value]?.selectionSet, info, visit)
  }
}

function collect(into: Selection, set: SelectionSetNode | undefined, info: Fragments): void {
  const data = dataOfThing(into.target)
  each(set, info, (field) => {
    const name = field.name.value
    const datum = data.find((one) => one.name === name)
    if (!datum?.shown) {
      if (name === 'version') into.data.add('version')
      return
    }
    if (datum.kind === 'derived') for (const need of datum.needs!) into.data.add(need)
    else if (datum.kind === 'link') {
      const known = into.links.get(name) ?? { target: datum.target!(), data: new Set(['id']), links: new Map() }
      into.links.set(name, known)
      collect(known, field.selectionSet, info)
    } else into.data.add(name)
  })
}

export interface Compiled {
  columns: string[]
  joins: Sql
  /** Makes the nested plain object of one flat row. */
  shape(row: PlainRow): PlainRow
}

const VERSION: Datum = { name: 'version', label: '版本', kind: 'whole', nullable: false, personal: false, shown: true, filter: false, sort: false }
export const dataByName = (target: ThingClass, name: string): Datum => (name === 'version' ? VERSION : dataOfThing(target).find((d) => d.name === name)!)

/** One statement's columns and to-one joins for a selection; a joined row outside the scope joins as null. */
export function compileSelection(selection: Selection, alias: string, scope: Scope): Compiled {
  const columns: string[] = []
  const joinSql: string[] = []
  const joinParams: unknown[] = []
  type Shape = (row: PlainRow) => PlainRow | null
  const build = (at: Selection, name: string): Shape => {
    const reads: [string, string, boolean][] = []
    for (const need of at.data) {
      const datum = dataByName(at.target, need)
      const as = `c${columns.length}`
      columns.push(`${name}.${columnOf(datum)} as ${as}`)
      reads.push([need, as, datum.kind === 'flag'])
    }
    const idAs = reads.find(([need]) => need === 'id')![1]
    const links: [string, Shape][] = []
    for (const [field, inner] of at.links) {
      const next = `${name}_${links.length}`
      const within = scopeSql(inner.target, next, scope)
      joinSql.push(`left join ${thingOf(inner.target).table} ${next} on ${next}.id = ${name}.${columnOf(dataByName(at.target, field))} and (${within.sql})`)
      joinParams.push(...within.params)
      links.push([field, build(inner, next)])
    }
    return (row) => {
      if (row[idAs] == null) return null
      const out: PlainRow = {}
      for (const [need, as, flag] of reads) out[need] = flag ? !!row[as] : row[as]
      for (const [field, inner] of links) out[field] = inner(row)
      return out
    }
  }
  const shape = build(selection, alias)
  return { columns, joins: { sql: joinSql.join(' '), params: joinParams }, shape: (row) => shape(row)! }
}
