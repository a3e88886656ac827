import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'
import { boundFilter } from './filterBounds.js'
import type { Limits, Variables } from './limits.js'
import { Refusal } from './refusal.js'

const DEFAULT_PAGE = 50
/** A list without a page of its own, as photos of a hazard: few. */
const SHORT_LIST = 5
/** What each row of a list within a list costs beside its fields: it is looked up somewhere, not met on the way. */
const ROW_BELOW = 4
const PAGES = ['first', 'last', 'limit'] as const
const FILTERS = new Set(['where', 'having', 'search', 'contains'])

type Fragments = Map<string, FragmentDefinitionNode>
export const fragmentsOf = (document: DocumentNode): Fragments =>
  new Map(document.definitions.filter((one) => one.kind === 'FragmentDefinition').map((one) => [one.name.value, one]))

/** One walk through an operation: what each field multiplies to, and whether every argument keeps within its bounds. */
export class Measure {
  readonly #fragments: Fragments
  readonly #variables: Record<string, unknown>
  #aliases = 0
  #directives = 0
  #steps = 0

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
    given: Variables,
    private readonly limits: Limits,
  ) {
    this.#fragments = fragmentsOf(document)
    this.#variables = resolved(operation, given ?? {})
  }

  points(): number {
    return this.#walk(this.operation.selectionSet, this.schema.getRootType(this.operation.operation) ?? undefined, 0, 1, undefined)
  }

  /** `page`: how long the lists directly below are, when the field above them said so. */
  #walk(set: SelectionSetNode | undefined, type: GraphQLNamedType | undefined, depth: number, times: number, page: number | undefined): number {
    const { limits } = this
    if (depth > limits.depth) throw new Refusal('QUERY_TOO_DEEP', `查询最多嵌套 ${limits.depth} 层，请减少嵌套`)
    let points = 0
    for (const node of set?.selections ?? []) {
      const name = node.kind === 'InlineFragment' ? '片段' : node.name.value
      if (++this.#steps > limits.steps) throw this.#tooCostly(name)
      if (this.#left(node.directives ?? [], name)) continue
      if (node.kind === 'Field') points += this.#field(node, type, depth, times, page)
      else if (node.kind === 'InlineFragment')
        points += this.#walk(node.selectionSet, node.typeCondition ? this.schema.getType(node.typeCondition.name.value) : type, depth, times, page)
      else {
        const fragment = this.#fragments.get(node.name.value)
        points += this.#walk(fragment?.selectionSet, fragment && this.schema.getType(fragment.typeCondition.name.value), depth, times, page)
      }
      if (points > limits.points) throw this.#tooCostly(node.kind === 'Field' ? (node.alias?.value ?? name) : name)
    }
    return points
  }

  #field(node: FieldNode, parent: GraphQLNamedType | undefined, depth: number, times: number, inherited: number | undefined): number {
    if (node.alias && ++this.#aliases > this.limits.aliases) throw new Refusal('QUERY_TOO_WIDE', `一次查询最多 ${this.limits.aliases} 个别名，请分几次查询`)
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined
    const own = field && this.#page(node, field)
    const isList = !!field && isListType(getNullableType(field.type))
    const below = isList && node.selectionSet ? times * Math.max(own ?? inherited ?? SHORT_LIST, 1) : times
    const lookedUp = isList && node.selectionSet && times > 1 && (own ?? inherited) !== undefined ? below * ROW_BELOW : 0
    return times + lookedUp + this.#walk(node.selectionSet, field && getNamedType(field.type), depth + 1, below, isList ? undefined : own)
  }

  /** How many rows a list may give: a literal, a variable, a default and an absent argument weigh what they ask for. */
  #page(node: FieldNode, field: GraphQLField<unknown, unknown>): number | undefined {
    const given = new Map((node.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value, this.#variables) as unknown]))
    for (const [name, value] of given) if (FILTERS.has(name)) boundFilter(value, `${node.alias?.value ?? node.name.value}.${name}`, this.limits)
    const sizes: number[] = []
    const paged = field.args.filter(({ name }) => (PAGES as readonly string[]).includes(name))
    for (const { name, defaultValue } of paged) {
      const value = given.get(name) ?? defaultValue
      if (typeof value === 'number') sizes.push(this.#bounded(value, name, node))
    }
    if (given.get('first') != null && given.get('last') != null && this.limits.page < Infinity) throw new Refusal('BAD_PAGE', 'first 与 last 只能用一个')
    return paged.length ? Math.max(...sizes, sizes.length ? 0 : DEFAULT_PAGE) : undefined
  }

  #bounded(size: number, name: string, node: FieldNode): number {
    const most = name === 'limit' ? this.limits.groups : this.limits.page
    if (size < 0 || size > most) if (most < Infinity) throw new Refusal('BAD_PAGE', `${node.alias?.value ?? node.name.value} 的 ${name} 应在 0 到 ${most} 之间`)
    return Math.abs(size)
  }

  /** Whether a directive leaves the field out, as far as the variables say so. */
  #left(directives: readonly DirectiveNode[], name: string): boolean {
    this.#directives += directives.length
    if (directives.length > this.limits.directivesOfOne || this.#directives > this.limits.directives)
      throw new Refusal('QUERY_TOO_WIDE', `指令太多（${name}），请减少 @skip、@include`)
    return directives.some((directive) => {
      const condition = directive.arguments?.find((one) => one.name.value === 'if')?.value
      const value: unknown = condition && valueFromASTUntyped(condition, this.#variables)
      return (directive.name.value === 'skip' && value === true) || (directive.name.value === 'include' && value === false)
    })
  }

  #tooCostly(field: string): Refusal {
    return new Refusal('QUERY_TOO_COSTLY', `查询太大（上限 ${this.limits.points}），请缩小 ${field} 的页长或字段`, { part: field })
  }
}

/** What each variable stands for: what was sent, else its default. */
function resolved({ variableDefinitions }: OperationDefinitionNode, given: Record<string, unknown>): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const { variable, defaultValue } of variableDefinitions ?? []) {
    const name = variable.name.value
    if (Object.hasOwn(given, name)) values[name] = given[name]
    else if (defaultValue) values[name] = valueFromASTUntyped(defaultValue)
  }
  return values
}
