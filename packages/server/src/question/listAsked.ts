import {
  getNamedType,
  getNullableType,
  getVariableValues,
  type GraphQLArgument,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInputObjectType,
  isLeafType,
  isListType,
  type OperationDefinitionNode,
  parse,
} from 'graphql'
import type { Role, SignedIn } from '../shared/context.js'
import { type Datum, dataOfThing, datumOf, opens, type ThingClass, thingOf } from '../shared/datum.js'
import { needWritable } from '../shared/plainText.js'
import type { ListField } from '../shared/read/listField.js'
import { notFound, Refusal } from '../shared/refusal.js'
import type { Graph } from './answerFile.js'
import type { Query } from './understand.js'
import { valueOf } from './values.js'

type Search = Record<string, string | string[] | undefined>

const PAGING = new Set(['first', 'after', 'last', 'before', 'offset'])
/** What only the machine reads. */
const MACHINE = new Set(['id', 'version', 'token', 'sha256', 'signature', 'content', 'acts', 'mine', 'foundByRole', 'checkedByRole'])
/** By what a record is called where another points at it; the first that it has. */
const NAMES = ['name', 'title', 'number', 'code']

/** The question that a list with nothing but its plain data is, `?where={…}&orderBy=[…]&search=…` as the list itself takes them. */
export function listAsked({ door, lists }: Graph, context: SignedIn, name: string, search: Search): Query & { title: string } {
  const list = lists.find((one) => one.name === name)
  if (!list) throw notFound('清单')
  const { role } = list.who(context).actor
  const schema = door.schemaFor(role)
  const fields = schema.getQueryType()!.getFields()
  const args = fields[name]!.args.filter((arg) => !PAGING.has(arg.name))
  const given = Object.entries(search).filter((one): one is [string, string | string[]] => one[1] !== undefined && one[1] !== '')
  const said = Object.fromEntries(given.map(([key, text]) => [key, read(args, key, text)]))
  const head = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')
  needValid(schema, head, said)
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
  return {
    query: `query (${head}) { ${name}(${passed}) { nodes { ${selectionOf(list, schema, role).join(' ')} } } }`,
    variables: said,
    title: titled(thingOf(list.target).label),
  }
}

const titled = (label: string): string => (/(清单|台账|记录)$/.test(label) ? label : `${label}清单`)

function read(args: readonly GraphQLArgument[], key: string, text: string | string[]): unknown {
  const arg = args.find((one) => one.name === key)
  if (!arg) throw new Refusal('BAD_FILTER', `没有参数 ${key}，可以用 ${args.map((one) => one.name).join('、')}`, { field: key })
  needWritable(text)
  if (!isInputObjectType(getNamedType(arg.type))) return valueOf(arg.type, text, key)
  try {
    const value: unknown = JSON.parse(String(text))
    needWritable(value)
    return value
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('BAD_FILTER', `${key} 不是 JSON`, { field: key })
  }
}

/** What the list would refuse, its file refuses too, and says which part is meant. */
function needValid(schema: GraphQLSchema, head: string, values: Record<string, unknown>): void {
  const { variableDefinitions } = parse(`query (${head}) { __typename }`).definitions[0] as OperationDefinitionNode
  const { errors } = getVariableValues(schema, variableDefinitions ?? [], values, { maxErrors: 1 })
  if (!errors) return
  const field = /"\$(\w+)"/.exec(errors[0]!.message)?.[1] ?? 'where'
  throw new Refusal('BAD_FILTER', `筛选条件不对（${field}）：${errors[0]!.message}`, { field })
}

/** Every plain datum that the role reads, and of each record pointed at its name; codes and when it was entered come last. */
function selectionOf({ target }: ListField, schema: GraphQLSchema, role: Role): string[] {
  const { name, scope } = thingOf(target)
  const type = schema.getType(name) as GraphQLObjectType
  const data = dataOfThing(target).filter((datum) => isRead(datum, role) && type.getFields()[datum.name])
  const late = [scope?.division, scope?.station, 'createdAt']
  return data
    .toSorted((a, b) => late.indexOf(a.name) - late.indexOf(b.name))
    .flatMap((datum) => (datum.target ? ofRelation(target, datum, role) : isPlain(type, datum.name) ? [datum.name] : []))
}

const isRead = ({ name, shown, read }: Datum, role: Role): boolean => shown && opens(read, role) && !MACHINE.has(name)

/** Values and lists of values; an id of something else says nothing on paper. */
function isPlain(type: GraphQLObjectType, name: string): boolean {
  const field = type.getFields()[name]!
  const bare = getNullableType(field.type)
  const named = getNamedType(field.type)
  return isLeafType(named) && named.name !== 'ID' && !field.args.length && (!isListType(bare) || isLeafType(getNullableType(bare.ofType)))
}

/** A record that does not say itself where it lies lies where its enterprise does. */
function ofRelation(of: ThingClass, { kind, name, target }: Datum, role: Role): string[] {
  if (kind !== 'link' && kind !== 'lookup') return []
  const called = calledBy(target!(), role)
  const places = name === 'enterprise' && !datumOf(of, 'village') ? ['village { name }', 'tradeStation { name }'] : []
  return called ? [`${name} { ${[called, ...places].join(' ')} }`] : []
}

const calledBy = (target: ThingClass, role: Role): string | undefined =>
  NAMES.find((name) => {
    const datum = datumOf(target, name)
    return datum?.kind === 'text' && isRead(datum, role)
  })
