import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  getOperationAST,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { words } from '../shared/words'
import { labelOf } from './label'

export interface AnswerColumn {
  /** Where the value stands in a row, such as `key.enterprise.station`. */
  key: string
  title: string
  /** The field's own name, whatever the query calls it. */
  field: string
  type: string
  choices?: GraphQLEnumType
  /** The bucket of a day: MONTH, WEEKDAY … */
  by?: string
  numeric: boolean
  /** How many things of a list within the row there are. */
  counts?: boolean
}
export interface AnswerRow {
  id: string
  cells: Record<string, unknown>
}
export interface AnswerTable {
  /** Its place in the answer, such as `hazards.groups.nodes`. */
  key: string
  title: string
  columns: AnswerColumn[]
  rows: AnswerRow[]
  /** One row of figures over everything, not a list. */
  single: boolean
  /** The graph cut the list off at its limit. */
  truncated: boolean
}

interface Shape {
  columns: { path: string[]; column: AnswerColumn }[]
  lists: { path: string[]; titles: string[]; shape: Shape }[]
}

/** The frame that the graph puts around data; it says nothing to the reader. */
const FRAME = new Set(['key', 'nodes', 'edges', 'node', 'aggregate', 'groups', 'figures', 'pageInfo'])
const SILENT = new Set(['__typename', 'truncated', 'cursor', 'hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor'])
const OPERATIONS = new Set(['sum', 'avg', 'min', 'max', 'countDistinct'])
const NUMBERS = new Set(['Int', 'Float'])

const isList = (field: GraphQLField<unknown, unknown>) => isListType(isNonNullType(field.type) ? field.type.ofType : field.type)

/** What was answered, as tables: every list of the answer is one, and the figures that stand alone are another. */
export function tablesOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  data: unknown,
  variables: Record<string, unknown> = {},
  operationName?: string,
): AnswerTable[] {
  const operation = getOperationAST(document, operationName)
  const root = schema.getQueryType()
  if (!operation || !root || !data) return []
  const shape = shapeOf(operation.selectionSet, root, { schema, document, variables })
  // One thing asked about needs not be named again at each of its figures.
  const roots = fieldsOf(operation.selectionSet, document)
  const only = roots.length === 1 ? root.getFields()[roots[0]?.name.value ?? ''] : undefined
  const named = only ? `${labelOf(only)} · ` : ''
  for (const { column } of shape.columns) if (named) column.title = column.title.replace(named, '')
  const singles = shape.columns.map(({ column }) => column)
  const single: AnswerTable[] = singles.length
    ? [{ key: '', title: words.global.t('question.total'), columns: singles, rows: [rowOf(data, shape, '0')], single: true, truncated: false }]
    : []
  return [...shape.lists.flatMap((list) => tables(list, [data], [], { columns: [], lists: [] })), ...single]
}

/** One table for a list, and one for each list within it, its rows led by what they belong to. */
function tables(list: Shape['lists'][number], owners: readonly unknown[], above: readonly string[], owner: Shape): AnswerTable[] {
  const key = [...above, ...list.path].join('.')
  const inner = owners.map((one) => {
    const found = at(one, list.path)
    return Array.isArray(found) ? (found as unknown[]) : []
  })
  const led = owner.columns.map(({ path, column }) => ({ path, column: { ...column, key: `^${column.key}` } }))
  const rows = inner.flatMap((found, place) =>
    found.map((value, index): AnswerRow => {
      const row = rowOf(value, list.shape, `${place}.${index}`)
      for (const { path, column } of led) row.cells[column.key] = at(owners[place], path)
      return row
    }),
  )
  const counted = list.shape.lists.map(({ path, titles }) => ({
    key: path.join('.'),
    title: titles.join(' · '),
    field: path.at(-1) ?? '',
    type: 'Int',
    numeric: true,
    counts: true,
  }))
  const own: AnswerTable = {
    key,
    title: list.titles.join(' · '),
    columns: [...led.map(({ column }) => column), ...list.shape.columns.map(({ column }) => column), ...counted],
    rows,
    single: false,
    truncated: owners.some((one) => at(one, [...list.path.slice(0, -1), 'truncated']) === true),
  }
  return [own, ...list.shape.lists.flatMap((below) => tables({ ...below, titles: [...list.titles, ...below.titles] }, inner.flat(), [key], list.shape))]
}

function rowOf(value: unknown, shape: Shape, id: string): AnswerRow {
  const cells: Record<string, unknown> = {}
  for (const { path, column } of shape.columns) cells[column.key] = at(value, path)
  for (const { path } of shape.lists) {
    const found = at(value, path)
    cells[path.join('.')] = Array.isArray(found) ? found.length : null
  }
  return { id, cells }
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, step) => (inner && typeof inner === 'object' ? (inner as Record<string, unknown>)[step] : undefined), value)

interface Query {
  schema: GraphQLSchema
  document: DocumentNode
  variables: Record<string, unknown>
}

function shapeOf(set: SelectionSetNode, type: GraphQLObjectType, query: Query, path: string[] = [], said: string[] = []): Shape {
  const shape: Shape = { columns: [], lists: [] }
  for (const node of fieldsOf(set, query.document)) {
    const field = type.getFields()[node.name.value]
    if (!field || SILENT.has(field.name)) continue
    const here = [...path, node.alias?.value ?? node.name.value]
    const named = getNamedType(field.type)
    if (isLeafType(named)) {
      shape.columns.push({
        path: here,
        column: {
          key: here.join('.'),
          title: titleOf(field, said, path, node, query),
          field: field.name,
          type: named.name,
          choices: isEnumType(named) ? named : undefined,
          by: argumentOf(node, 'by', query),
          numeric: NUMBERS.has(named.name) && !isList(field),
        },
      })
    } else if (isObjectType(named) && node.selectionSet) {
      const titles = FRAME.has(field.name) || OPERATIONS.has(field.name) ? said : [...said, labelOf(field)]
      if (isList(field)) shape.lists.push({ path: here, titles, shape: shapeOf(node.selectionSet, named, query) })
      else {
        const below = shapeOf(node.selectionSet, named, query, here, titles)
        const [first, ...others] = below.columns
        // Of a thing that is only named, the name needs not be told apart from other data.
        if (first?.column.field === 'name' && !others.length && titles !== said) first.column.title = titles.join(' · ')
        shape.columns.push(...below.columns)
        shape.lists.push(...below.lists)
      }
    }
  }
  return shape
}

function titleOf(field: GraphQLField<unknown, unknown>, said: readonly string[], path: readonly string[], node: FieldNode, query: Query): string {
  const { t } = words.global
  const operation = path.at(-1) ?? ''
  const title = [...said, labelOf(field)].join(' · ')
  if (OPERATIONS.has(operation)) return t(`question.operation.${operation}`, { of: title })
  const by = argumentOf(node, 'by', query)
  return by ? t('question.bucketed', { of: title, by: t(`question.bucket.${by}`) }) : title
}

/** The value of an argument, written in place or given as a variable. */
function argumentOf(node: FieldNode, name: string, { variables }: Query): string | undefined {
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value
  if (value?.kind === Kind.ENUM) return value.value
  const given = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined
  return typeof given === 'string' ? given : undefined
}

/** The fields asked for, those of fragments among them; the same place asked for twice counts once. */
function fieldsOf(set: SelectionSetNode, document: DocumentNode): FieldNode[] {
  const found = new Map<string, FieldNode>()
  const visit = (selections: SelectionSetNode): void => {
    for (const node of selections.selections) {
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value
        const before = found.get(key)?.selectionSet
        found.set(
          key,
          before && node.selectionSet ? { ...node, selectionSet: { ...before, selections: [...before.selections, ...node.selectionSet.selections] } } : node,
        )
      } else if (node.kind === Kind.INLINE_FRAGMENT) visit(node.selectionSet)
      else {
        const fragment = document.definitions.find((one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === node.name.value)
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) visit(fragment.selectionSet)
      }
    }
  }
  visit(set)
  return [...found.values()]
}
