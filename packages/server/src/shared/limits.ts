import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'
import { Refusal } from './refusal.js'

/** What one operation may ask for; the same on both doors. Messages say which part to narrow. */
export const LIMITS = {
  tokens: 4_000,
  depth: 14,
  aliases: 60,
  rootFields: 20,
  /** Fields that an answer may have to fill, lists multiplied by their page. */
  cost: 30_000,
  variableNodes: 5_000,
  variableDepth: 14,
}
/** Acts that guess or change a secret: once in an operation, or a throttle can be stepped around with aliases. */
const ONCE = new Set(['signIn', 'passwordChange'])
const DEFAULT_PAGE = 50
const DEFAULT_GROUPS = 100

export interface Measured {
  cost: number
}

type Variables = Record<string, unknown> | null | undefined

/** Walks the operation with its variables resolved; refuses before anything runs. */
export function measure(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): Measured {
  const fragments = new Map(document.definitions.filter((d): d is FragmentDefinitionNode => d.kind === 'FragmentDefinition').map((d) => [d.name.value, d]))
  let aliases = 0
  let steps = 0
  const walk = (set: SelectionSetNode | undefined, depth: number, times: number, page: number): number => {
    if (depth > LIMITS.depth) throw new Refusal('QUERY_TOO_DEEP', `查询最多嵌套 ${LIMITS.depth} 层，请减少嵌套`)
    let cost = 0
    for (const node of set?.selections ?? []) {
      if (++steps > 20_000) throw tooCostly(node.kind === 'Field' ? node.name.value : '片段')
      if (node.kind === 'Field') {
        if (node.alias && ++aliases > LIMITS.aliases) throw new Refusal('QUERY_TOO_WIDE', `一次查询最多 ${LIMITS.aliases} 个别名，请分几次查询`)
        // Only what stands in a list comes as often as the list is long; its total, its aggregates come once.
        const below = ROWS.has(node.name.value) ? times * page * (sizeAsked(node, variables) ?? 1) : times
        cost += times + walk(node.selectionSet, depth + 1, below, pageOf(node, variables))
        if (cost > LIMITS.cost) throw tooCostly(node.alias?.value ?? node.name.value)
      } else if (node.kind === 'InlineFragment') cost += walk(node.selectionSet, depth, times, page)
      else cost += walk(fragments.get(node.name.value)?.selectionSet, depth, times, page)
    }
    return cost
  }
  once(rootFields(document, operation))
  boundVariables(variables)
  return { cost: walk(operation.selectionSet, 0, 1, 1) }
}

const tooCostly = (field: string) => new Refusal('QUERY_TOO_COSTLY', `查询太大（上限 ${LIMITS.cost}），请缩小 ${field} 的页长或字段`)

const ROWS = new Set(['nodes', 'edges'])
const PAGED = new Set(['first', 'last', 'limit'])

/** How many rows a list may give; a literal and a variable weigh the same, an absent page counts as the default. */
const pageOf = (field: FieldNode, variables: Variables): number =>
  sizeAsked(field, variables) ??
  (field.selectionSet?.selections.some((node) => node.kind === 'Field' && ROWS.has(node.name.value)) ? (field.name.value === 'groups' ? DEFAULT_GROUPS : DEFAULT_PAGE) : 1)

function sizeAsked(field: FieldNode, variables: Variables): number | undefined {
  let size: number | undefined
  for (const { name, value } of field.arguments ?? []) {
    if (!PAGED.has(name.value)) continue
    const asked = value.kind === 'Variable' ? variables?.[value.name.value] : value.kind === 'IntValue' ? Number(value.value) : undefined
    size = Math.max(size ?? 1, typeof asked === 'number' ? Math.abs(asked) : DEFAULT_PAGE)
  }
  return size
}

/** The names asked for at the top, whatever fragments they stand in; the same name as often as it is asked for. */
export function rootFields(document: DocumentNode, operation: OperationDefinitionNode): string[] {
  const fragments = new Map(document.definitions.filter((d): d is FragmentDefinitionNode => d.kind === 'FragmentDefinition').map((d) => [d.name.value, d]))
  const names: string[] = []
  const visit = (at: SelectionSetNode | undefined) => {
    for (const node of at?.selections ?? []) {
      if (node.kind === 'InlineFragment') visit(node.selectionSet)
      else if (node.kind === 'FragmentSpread') visit(fragments.get(node.name.value)?.selectionSet)
      else if (names.push(node.name.value) > LIMITS.rootFields) throw new Refusal('QUERY_TOO_WIDE', `一次最多 ${LIMITS.rootFields} 个顶层字段，请分几次查询`)
    }
  }
  visit(operation.selectionSet)
  return names
}

function once(names: string[]): void {
  for (const name of ONCE) if (names.indexOf(name) !== names.lastIndexOf(name)) throw new Refusal('QUERY_TOO_WIDE', `一次请求只能有一个 ${name}`)
}

function boundVariables(variables: Variables): void {
  let nodes = 0
  const visit = (value: unknown, depth: number): void => {
    if (++nodes > LIMITS.variableNodes || depth > LIMITS.variableDepth) throw new Refusal('QUERY_TOO_WIDE', '变量太大或嵌套太深，请缩小')
    if (Array.isArray(value)) for (const one of value) visit(one, depth + 1)
    else if (value && typeof value === 'object') for (const one of Object.values(value)) visit(one, depth + 1)
  }
  visit(variables ?? {}, 0)
}
