import { type FieldNode, GraphQLError, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import type { Actor } from '../shared/context.js'
import { Door, type Prepared } from '../shared/door.js'
import { Refusal } from '../shared/refusal.js'
import { answerName, fieldsOf } from '../shared/read/select.js'

/** A query as it was asked, before it is known to be one. */
export interface Query {
  query: string
  variables?: Record<string, unknown> | undefined
  operationName?: string | undefined
  /** Which of several lists is meant, by the name under which it is answered. */
  list?: string | undefined
}

/** A query that passed the door, and the part of it that a file shows. */
export interface Understood {
  prepared: Prepared
  type: GraphQLObjectType
  /** The fields of the answer that are meant: one, or the same one asked for in several places. */
  root: readonly FieldNode[]
  name: string
}

const doors = new WeakMap<GraphQLSchema, Door>()
/** The graph's own door, for a query that is looked at and not run: the same limits in the same words. */
export function doorOf(schema: GraphQLSchema): Door {
  let door = doors.get(schema)
  if (!door) doors.set(schema, (door = new Door(schema, { introspection: false, report: () => undefined })))
  return door
}

/** Parses, validates and weighs a query; only questions pass, and it is clear which list a file of it would hold. */
export function understand(door: Pick<Door, 'prepare' | 'schema'>, asked: Query, who: Pick<Actor, 'role'> & Partial<Actor>): Understood {
  const prepared = door.prepare(asked, who)
  if (isRefused(prepared)) throw asRefusal(prepared[0]!)
  if (prepared.operation.operation !== 'query') throw new Refusal('QUESTION_QUERY', '问题只能查询，不能办理或订阅', { field: 'query' })
  const asking = { fragments: fragmentsOf(prepared), variableValues: asked.variables ?? {} }
  const fields = Map.groupBy(fieldsOf([prepared.operation], asking), answerName)
  fields.delete('__typename')
  const name = asked.list ?? (fields.size === 1 ? [...fields.keys()][0]! : undefined)
  const root = name === undefined ? undefined : fields.get(name)
  if (!root || name === undefined) throw new Refusal('QUESTION_LIST', `请指明导出哪一个：${[...fields.keys()].join('、') || '（没有）'}`, { field: 'list' })
  return { prepared, type: prepared.schema.getQueryType()!, root, name }
}

export const fragmentsOf = ({ document }: Prepared) =>
  Object.fromEntries(document.definitions.flatMap((one) => (one.kind === 'FragmentDefinition' ? [[one.name.value, one] as const] : [])))

const isRefused = (prepared: Prepared | readonly GraphQLError[]): prepared is readonly GraphQLError[] => Array.isArray(prepared)

/** What the door says, beside the field where the query is typed. */
function asRefusal({ message, extensions, locations }: GraphQLError): Refusal {
  const code = extensions['code']
  if (typeof code === 'string' && code !== 'BAD_QUERY') return new Refusal(code, message, { field: 'query' })
  const at = locations?.[0]
  return new Refusal('QUESTION_QUERY', `查询写法有误：${message}`, { field: 'query', ...(at ? { line: at.line, column: at.column } : {}) })
}
