import { type FieldNode, getNamedType, type GraphQLError, type GraphQLObjectType, isObjectType, Kind } from 'graphql'
import type { SignedIn } from '../shared/context.js'
import type { Door, Prepared } from '../shared/door.js'
import { Refusal } from '../shared/refusal.js'
import { runQuery } from '../shared/runQuery.js'
import { answerName, type Asking, fieldsOf } from '../shared/read/select.js'
import { fragmentsOf, type Understood } from './understand.js'

export type Row = Record<string, unknown>
/** What a file of an answer is made of: rows of one type, read by the fields that asked for them. */
export interface Table {
  type: GraphQLObjectType
  fields: readonly FieldNode[]
  /** Where the rows stand in the answer, for JSON. */
  path: string[]
}
export type Part = 'nodes' | 'groups' | 'aggregate'

const PLACES: Record<Part, string[][]> = { groups: [['groups', 'nodes'], ['groups']], nodes: [['nodes'], ['edges']], aggregate: [[]] }

/** Which part of the answer is the table: groups before records before figures; `wanted` decides when several are asked for. */
export function tableOf(understood: Understood, wanted?: Part): Table & { part: Part } {
  const { prepared, type, root, name } = understood
  const asking = askingOf(prepared)
  const parts: Part[] = wanted ? [wanted] : ['groups', 'nodes', 'aggregate']
  for (const part of parts)
    for (const place of PLACES[part]) {
      const table = descend(type, root, [name], place, asking)
      if (table) return { ...table, part }
    }
  throw new Refusal('QUESTION_LIST', `这个问题没有要求 ${String(wanted)}`)
}

export const askingOf = (prepared: Prepared): Asking => ({ fragments: fragmentsOf(prepared), variableValues: prepared.variables ?? {} })

function descend(parent: GraphQLObjectType, fields: readonly FieldNode[], path: string[], place: readonly string[], asking: Asking): Table | undefined {
  const [next, ...rest] = place
  const at = getNamedType(parent.getFields()[fields[0]!.name.value]!.type)
  // A field that answers a plain value is a table of one cell.
  if (!isObjectType(at)) return next ? undefined : { type: parent, fields: [asSelection(fields)], path: [] }
  if (!next) return { type: at, fields, path }
  const below = fieldsOf(fields, asking).filter((field) => field.name.value === next)
  return below.length ? descend(at, below, [...path, answerName(below[0]!)], rest, asking) : undefined
}

const asSelection = (selections: readonly FieldNode[]): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '' },
  selectionSet: { kind: Kind.SELECTION_SET, selections },
})

/** Runs an operation in the caller's place; a refusal within is the refusal of the whole. */
export async function answerOf(door: Door, prepared: Prepared, context: SignedIn): Promise<Row> {
  const result = await runQuery(prepared.schema, prepared, context)
  const error = result.errors?.[0]
  if (error) throw refusalOf(error, door, context.request)
  return result.data as Row
}

function refusalOf(error: GraphQLError, door: Door, request: string): Refusal {
  if (error.originalError instanceof Refusal) return error.originalError
  const { message, extensions } = door.format(error, request)
  const code = extensions['code']
  return new Refusal(typeof code === 'string' ? code : 'BAD_QUERY', message)
}

/** The rows at a place of an answer: a list, or the one record that stands there. */
export function rowsAt(data: Row, path: readonly string[]): Row[] {
  let value: unknown = data
  for (const step of path) value = (value as Row | null | undefined)?.[step]
  if (value === null || value === undefined) return []
  return (Array.isArray(value) ? value : [value]) as Row[]
}
