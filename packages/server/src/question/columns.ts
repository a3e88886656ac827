import {
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLEnumType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql'
import { type Asking, answerName, fieldsOf } from '../shared/read/select.js'
import { type Cell, cellOf } from '../shared/read/csvLine.js'
import { labelOf, widthOf, wordOf } from './words.js'

/** One column of a file: its heading and how its cell is read from a row of the answer. */
export interface Column {
  header: string
  number: boolean
  width?: number | undefined
  cell(row: Record<string, unknown>): Cell
}

/** The columns that a selection answers, in its order: what is nested to one is flattened, 企业·名称. */
export function columnsOf(schema: GraphQLSchema, type: GraphQLObjectType, nodes: readonly FieldNode[], asking: Asking): Column[] {
  const columns: Column[] = []
  const walk = (at: GraphQLObjectType, of: readonly Pick<FieldNode, 'selectionSet'>[], path: string[], labels: string[]): void => {
    for (const [answer, fields] of Map.groupBy(fieldsOf(of, asking), answerName)) {
      const field = fields[0]!
      const name = field.name.value
      // What the analyst calls it goes before what we call it.
      const label = field.alias ? answer : labelOf(at, name)
      const below = [...path, answer]
      const header = [...labels, label].filter(Boolean)
      const fieldType = name === '__typename' ? undefined : at.getFields()[name]!.type
      const bare = fieldType && getNullableType(fieldType)
      const named = fieldType && getNamedType(fieldType)
      if (isListType(bare)) columns.push(listed(schema, header, below, named && isObjectType(named) ? named : undefined, fields, asking, named))
      else if (isObjectType(named)) walk(named, fields, below, header)
      else
        columns.push({
          header: header.join('·') || answer,
          number: isNumber(named),
          width: widthOf(at, name),
          cell: single(below, isEnumType(named) ? named : undefined, named),
        })
    }
  }
  walk(type, nodes, [], [])
  return distinct(columns)
}

const isNumber = (type: unknown): boolean => isLeafType(type as never) && ['Int', 'Float'].includes((type as { name: string }).name)

function valueAt(row: Record<string, unknown>, path: readonly string[]): unknown {
  let value: unknown = row
  for (const step of path) {
    if (value === null || value === undefined) return null
    value = (value as Record<string, unknown>)[step]
  }
  return value ?? null
}

const single =
  (path: string[], choice: GraphQLEnumType | undefined, type: unknown): Column['cell'] =>
  (row) =>
    shown(valueAt(row, path), choice, type)

function shown(value: unknown, choice: GraphQLEnumType | undefined, type: unknown): Cell {
  if (choice && value !== null && value !== undefined) return wordOf(choice, value)
  return cellOf(value, { as: (type as { name?: string } | undefined)?.name === 'Instant' ? 'instant' : 'text' })
}

/** A list inside a row is one cell: plain values joined by 、, records of several fields as JSON. */
function listed(
  schema: GraphQLSchema,
  header: string[],
  path: string[],
  type: GraphQLObjectType | undefined,
  fields: readonly FieldNode[],
  asking: Asking,
  named: unknown,
): Column {
  const inner = type ? columnsOf(schema, type, fields, asking) : []
  const only = inner.length === 1 ? inner[0] : undefined
  const text = (item: unknown): string =>
    type ? String(only!.cell(item as Record<string, unknown>) ?? '') : String(shown(item, isEnumType(named) ? named : undefined, named) ?? '')
  return {
    header: [...header, ...(only ? [only.header] : [])].join('·') || path.at(-1)!,
    number: false,
    cell: (row) => {
      const items = valueAt(row, path) as unknown[] | null
      if (!items?.length) return null
      return type && !only ? JSON.stringify(items) : items.map(text).join('、')
    },
  }
}

/** Two columns never bear the same heading: the second says that it is one. */
function distinct(columns: Column[]): Column[] {
  const seen = new Map<string, number>()
  for (const column of columns) {
    const times = (seen.get(column.header) ?? 0) + 1
    seen.set(column.header, times)
    if (times > 1) column.header = `${column.header}（${times}）`
  }
  return columns
}
