import {
  getNamedType,
  getNullableType,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql'
import { Refusal } from '../shared/refusal.js'

/** The variables of an address, `?v.month=2026-10`, each read as what the query says it is. */
export function valuesOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  search: Record<string, string | string[] | undefined>,
): Record<string, unknown> {
  const types = new Map(
    (operation.variableDefinitions ?? []).map((one) => [one.variable.name.value, typeFromAST(schema, one.type as never) as GraphQLInputType]),
  )
  const values: Record<string, unknown> = {}
  for (const [key, given] of Object.entries(search)) {
    if (!key.startsWith('v.') || given === undefined) continue
    const name = key.slice(2)
    const type = types.get(name)
    if (!type) throw new Refusal('QUESTION_VARIABLES', `这个问题没有变量 ${name}，有：${[...types.keys()].join('、') || '（没有）'}`)
    values[name] = valueOf(type, given, name)
  }
  return values
}

/** One value of an address, as what it has to be. */
export function valueOf(type: GraphQLInputType, given: string | string[], name: string): unknown {
  const bare = getNullableType(type)
  if (isListType(bare)) {
    if (typeof given === 'string' && given.trimStart().startsWith('[')) return json(given, name)
    return (Array.isArray(given) ? given : given === '' ? [] : [given]).map((one) => valueOf(bare.ofType as GraphQLInputType, one, name))
  }
  const text = Array.isArray(given) ? (given.at(-1) ?? '') : given
  if (text === '' && !isNonNullType(type)) return null
  const named = getNamedType(type)
  if (isInputObjectType(named)) return json(text, name)
  if (named.name === 'Boolean') return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text
  if (named.name === 'Int' || named.name === 'Float') return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
  return text
}

function json(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new Refusal('QUESTION_VARIABLES', `变量 ${name} 不是 JSON`)
  }
}
