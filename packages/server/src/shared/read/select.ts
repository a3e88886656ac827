import { type FieldNode, getDirectiveValues, GraphQLIncludeDirective, type GraphQLResolveInfo, GraphQLSkipDirective, type SelectionSetNode } from 'graphql'
import { dataByName, type Datum, datumOf, type ThingClass } from '../datum.js'
import { columnOf } from './column.js'
import { Joins } from './joins.js'
import type { PlainRow } from './reader.js'
import { datumFor, type Reading } from './reading.js'
import { raw, type Sql } from './sql.js'

/** Which data of a thing, and of the things it links to, one answer needs. */
export interface Selection {
  target: ThingClass
  data: Set<string>
  links: Map<string, Selection>
}

/** What is needed of the operation to walk what was asked. */
export type Asking = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues'>

/** The fields asked for under `path` (for example `nodes` and `edges.node`) of some fields, merged. */
export function selectionOf(target: ThingClass, info: Asking & { fieldNodes: readonly FieldNode[] }, paths: string[][]): Selection {
  const selection: Selection = { target, data: new Set(['id']), links: new Map() }
  for (const path of paths) for (const node of info.fieldNodes) follow(node.selectionSet, path, info, (set) => collect(selection, set, info))
  return selection
}

/** Whether a field is asked for at all, directly below the resolver's own field. */
export function asks(info: Asking & { fieldNodes: readonly FieldNode[] }, name: string): boolean {
  return fieldsOf(info.fieldNodes, info).some((field) => field.name.value === name)
}

const kept = new WeakMap<FieldNode, Map<string, unknown> | 'varies'>()
/** What was found out about the fields below a field: the same for every run of its document, unless a directive may leave some of them out. */
export function onceFor<T>(info: Asking & { fieldNodes: readonly FieldNode[] }, what: string, make: () => T): T {
  const [node, ...others] = info.fieldNodes
  if (!node || others.length) return make()
  let known = kept.get(node)
  if (!known) kept.set(node, (known = varies(node.selectionSet, info) ? 'varies' : new Map()))
  if (known === 'varies') return make()
  if (!known.has(what)) known.set(what, make())
  return known.get(what) as T
}

const varies = (set: SelectionSetNode | undefined, info: Asking): boolean =>
  (set?.selections ?? []).some(
    (node) => !!node.directives?.length || varies(node.kind === 'FragmentSpread' ? info.fragments[node.name.value]?.selectionSet : node.selectionSet, info),
  )

/** The fields asked for directly below some fields, through fragments, without those that are skipped. */
export function fieldsOf(nodes: readonly Pick<FieldNode, 'selectionSet'>[], info: Asking): FieldNode[] {
  const found: FieldNode[] = []
  for (const node of nodes) each(node.selectionSet, info, (field) => void found.push(field))
  return found
}

export const answerName = (field: FieldNode): string => field.alias?.value ?? field.name.value

function follow(set: SelectionSetNode | undefined, path: string[], info: Asking, then: (set: SelectionSetNode | undefined) => void): void {
  const [head, ...rest] = path
  if (!head) return then(set)
  each(set, info, (field) => {
    if (field.name.value === head) follow(field.selectionSet, rest, info, then)
  })
}

function each(set: SelectionSetNode | undefined, info: Asking, visit: (field: FieldNode) => void): void {
  for (const node of set?.selections ?? []) {
    if (node.directives?.length && skipped(node, info)) continue
    if (node.kind === 'Field') visit(node)
    else if (node.kind === 'InlineFragment') each(node.selectionSet, info, visit)
    else each(info.fragments[node.name.value]?.selectionSet, info, visit)
  }
}

const skipped = (node: Parameters<typeof getDirectiveValues>[1], info: Asking): boolean =>
  getDirectiveValues(GraphQLSkipDirective, node, info.variableValues)?.['if'] === true ||
  getDirectiveValues(GraphQLIncludeDirective, node, info.variableValues)?.['if'] === false

function collect(into: Selection, set: SelectionSetNode | undefined, info: Asking): void {
  const data = dataByName(into.target)
  each(set, info, (field) => {
    const name = field.name.value
    const datum = data.get(name)
    if (!datum?.shown) {
      if (name === 'version') into.data.add('version')
      return
    }
    if (datum.kind === 'derived') for (const need of datum.needs!) into.data.add(need)
    else if (datum.kind === 'link' || datum.kind === 'lookup') {
      const known = into.links.get(name) ?? { target: datum.target!(), data: new Set(['id']), links: new Map() }
      into.links.set(name, known)
      collect(known, field.selectionSet, info)
    } else if (datum.kind === 'many') for (const need of neededBy(datum)) into.data.add(need)
    else into.data.add(name)
  })
}

/** What a row must carry so that those which point at it are found. */
export const neededBy = (many: Datum): string[] => {
  const back = datumOf(many.target!(), many.from!)!
  return [back.by?.to ?? 'id']
}

export interface Compiled {
  columns: string[]
  joins: Sql
  /** Makes the nested plain object of one flat row. */
  shape(row: PlainRow): PlainRow
}

const VERSION: Pick<Datum, 'name' | 'kind'> = { name: 'version', kind: 'whole' }

/** One statement's columns and to-one joins for a selection; a joined row outside the scope joins as null. */
export function compileSelection(selection: Selection, alias: string, reading: Reading, joins = new Joins(reading)): Compiled {
  const columns: string[] = []
  type Shape = (row: PlainRow) => PlainRow | null
  const build = (at: Selection, name: string): Shape => {
    const reads: [string, string, boolean][] = []
    const data = dataByName(at.target)
    for (const need of at.data) {
      const datum = need === 'version' ? VERSION : data.get(need)!
      const as = `c${columns.length}`
      columns.push(`${name}.${columnOf(datum)} as ${as}`)
      reads.push([need, as, datum.kind === 'flag'])
    }
    const idAs = reads.find(([need]) => need === 'id')![1]
    const links: [string, Shape][] = []
    for (const [field, inner] of at.links) links.push([field, build(inner, joins.to(at.target, name, datumFor(at.target, field, 'read', reading)))])
    return (row) => {
      if (row[idAs] == null) return null
      const out: PlainRow = {}
      for (const [need, as, flag] of reads) out[need] = flag ? !!row[as] : row[as]
      for (const [field, inner] of links) out[field] = inner(row)
      return out
    }
  }
  const shape = build(selection, alias)
  return { columns, joins: joins.sql(), shape: (row) => shape(row)! }
}

export const listed = (columns: readonly string[]): Sql => raw(columns.join(', '))
