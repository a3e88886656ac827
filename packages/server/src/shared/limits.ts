import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { fragmentsOf, Measure } from './measure.js'
import { Refusal } from './refusal.js'

/** What one operation may ask for; the same on both doors. Messages say which part to narrow. */
export const LIMITS = {
  textLength: 64 * 1024,
  /** Documents kept parsed, and the length of their texts: parsed, they take many times that. */
  documents: 1_000,
  documentTexts: 2 * 1024 * 1024,
  tokens: 4_000,
  /** So many faults of a document are told. */
  errors: 5,
  depth: 14,
  aliases: 60,
  rootFields: 20,
  directives: 50,
  directivesOfOne: 4,
  /** Fields and fragments met on the way, those skipped too. */
  steps: 20_000,
  /** Fields that an answer may have to fill, lists multiplied by their page. */
  points: 30_000,
  page: 500,
  groups: 1_000,
  filterDepth: 12,
  filterLeaves: 100,
  filterList: 500,
  /** The longest text that is compared with or searched for. */
  filterText: 1_000,
  variableNodes: 5_000,
  variableDepth: 24,
  /** Acts that guess or change a secret: once in an operation, or a throttle can be stepped around with aliases. */
  once: ['signIn', 'passwordChange', 'identityBegin', 'identityUnlink', 'cardEnter'] as readonly string[],
  /** Points a minute that one account may spend; what an ordinary page costs is free. */
  pointsPerMinute: 1_000_000,
  pointsFree: 1_000,
}
export type Limits = typeof LIMITS

export interface Measured {
  cost: number
}
export type Variables = Record<string, unknown> | null | undefined

/** Walks the operation with its variables resolved; refuses before anything runs. */
export function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  limits: Limits = LIMITS,
): Measured {
  const names = rootFields(document, operation, limits)
  for (const name of limits.once) if (names.indexOf(name) !== names.lastIndexOf(name)) throw new Refusal('QUERY_TOO_WIDE', `一次请求只能有一个 ${name}`)
  boundVariables(variables, limits)
  return { cost: new Measure(schema, document, operation, variables, limits).points() }
}

/** The names asked for at the top, whatever fragments they stand in; the same name as often as it is asked for. */
export function rootFields(document: DocumentNode, operation: OperationDefinitionNode, limits: Limits = LIMITS): string[] {
  const fragments = fragmentsOf(document)
  const names: string[] = []
  const visit = (at: OperationDefinitionNode['selectionSet'] | undefined) => {
    for (const node of at?.selections ?? []) {
      if (node.kind === 'InlineFragment') visit(node.selectionSet)
      else if (node.kind === 'FragmentSpread') visit(fragments.get(node.name.value)?.selectionSet)
      else if (names.push(node.name.value) > limits.rootFields) throw new Refusal('QUERY_TOO_WIDE', `一次最多 ${limits.rootFields} 个顶层字段，请分几次查询`)
    }
  }
  visit(operation.selectionSet)
  return names
}

function boundVariables(variables: Variables, limits: Limits): void {
  let nodes = 0
  const visit = (value: unknown, depth: number): void => {
    if (++nodes > limits.variableNodes || depth > limits.variableDepth) throw new Refusal('QUERY_TOO_WIDE', '变量太大或嵌套太深，请缩小')
    if (Array.isArray(value)) for (const one of value) visit(one, depth + 1)
    else if (value && typeof value === 'object') for (const one of Object.values(value)) visit(one, depth + 1)
  }
  visit(variables ?? {}, 0)
}
