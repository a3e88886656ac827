import { type DocumentNode, getOperationAST, GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode, parse, validate, visit } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Actor, Role } from './context.js'
import { Eyes } from './eyes.js'
import { LIMITS, type Limits, measure, rootFields } from './limits.js'
import { needWritable } from './plainText.js'
import { spend } from './rate.js'
import { forbidden, Refusal } from './refusal.js'
import { cutOff } from './trouble.js'

/** An operation that passed every gate and may run. */
export interface Prepared {
  /** The graph as who asks knows it. */
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
  operationName: string | undefined
  variables: Record<string, unknown> | undefined
  /** In points: the fields that the answer may have to fill. */
  cost: number
}
export interface Asked {
  query: string
  operationName?: string | null | undefined
  variables?: Record<string, unknown> | null | undefined
}

/** All that a post's PIN opens. */
const CARD_FIELDS = ['card', 'cardCheckSubmit', 'cardLeave']

interface Read {
  document: DocumentNode
  asksSchema: boolean
  /** What its operations cost with the variables last asked with: a screen asks the same again and again. */
  costs: Map<string, number>
}
type Known = Read | readonly GraphQLError[]
const MOST_COSTS = 20
const LONGEST_KEY = 300

type Who = Pick<Actor, 'role' | 'token'> & Partial<Pick<Actor, 'id' | 'opens'>>

/**
 * The one door to the graph, for HTTP and for the websocket: parsing, validation, limits, introspection and the words
 * of an error are decided here and nowhere else.
 */
export class Door {
  readonly #known: LRUCache<string, Known>
  readonly #limits: Limits
  readonly #eyes: Eyes
  readonly #numbers = new Map<GraphQLSchema, number>()

  constructor(
    readonly schema: GraphQLSchema,
    private readonly options: {
      introspection: boolean
      report: (error: unknown, request: string) => void
      /** Takes what an operation costs from what an access token may spend; refuses when that is used up. */
      spend?: (token: string, cost: number) => void
      /** Others than the town's own, for the tests that show what happens without. */
      limits?: Limits
    },
  ) {
    this.#eyes = new Eyes(schema)
    const { documents, documentTexts } = (this.#limits = options.limits ?? LIMITS)
    this.#known = new LRUCache({ max: documents, maxSize: documentTexts, sizeCalculation: (_, query) => query.length })
  }

  /** Gives the operation, or the errors that keep it out. */
  prepare(asked: Asked, who: Who | undefined): Prepared | readonly GraphQLError[] {
    const board = who?.role === 'BOARD'
    const card = who?.role === 'CARD'
    const signedIn = !!who && !board && !card
    if (asked.query.length > this.#limits.textLength) return [asError(new Refusal('QUERY_TOO_WIDE', '查询文本太长，请拆成几次'))]
    const schema = this.schemaFor(who?.role)
    const key = `${signedIn ? this.#numberOf(schema) : 0}${asked.query}`
    let known = this.#known.get(key)
    if (!known) this.#known.set(key, (known = this.#read(asked.query, signedIn, schema)))
    if (!('document' in known)) return known
    if (known.asksSchema && !(signedIn && this.options.introspection)) return [asError(new Refusal('FORBIDDEN', '没有权限查看图结构，请先登录'))]
    const operation = getOperationAST(known.document, asked.operationName)
    if (!operation) return [asError(new Refusal('BAD_QUERY', '请用 operationName 指明执行哪一个操作'))]
    try {
      needWritable(asked.variables)
      if (who?.token && operation.operation !== 'query') throw new Refusal('TOKEN_READ_ONLY', '访问令牌只能查询，不能办理')
      if (board && rootFields(known.document, operation, this.#limits).some((name) => !who.opens?.includes(name))) throw forbidden('看板链接只能看看板')
      if (card && rootFields(known.document, operation, this.#limits).some((name) => !CARD_FIELDS.includes(name)))
        throw forbidden('岗位口令只能打开本岗位的卡片')
      const cost = this.#cost(known, operation, asked, schema)
      this.#spend(who, cost)
      return { schema, document: known.document, operation, operationName: asked.operationName ?? undefined, variables: asked.variables ?? undefined, cost }
    } catch (error) {
      return [asError(error)]
    }
  }

  /** The graph as a role knows it (eyes.ts). */
  schemaFor(role: Role | undefined): GraphQLSchema {
    return role ? this.#eyes.of(role) : this.schema
  }

  /** A document is read anew for each graph that it is read against. */
  #numberOf(schema: GraphQLSchema): number {
    let number = this.#numbers.get(schema)
    if (!number) this.#numbers.set(schema, (number = this.#numbers.size + 1))
    return number
  }

  /** What an operation costs; refused when that is too much. */
  measure(document: DocumentNode, operation: OperationDefinitionNode, variables: Record<string, unknown> | null | undefined, schema = this.schema): number {
    return measure(schema, document, operation, variables, this.#limits).cost
  }

  #cost({ document, costs }: Read, operation: OperationDefinitionNode, asked: Asked, schema: GraphQLSchema): number {
    const key = plainKey(asked)
    const known = key === undefined ? undefined : costs.get(key)
    if (known !== undefined) return known
    const cost = this.measure(document, operation, asked.variables, schema)
    if (costs.size >= MOST_COSTS) costs.clear()
    if (key !== undefined) costs.set(key, cost)
    return cost
  }

  #spend(who: Who | undefined, cost: number): void {
    if (who?.token) this.options.spend?.(who.token, cost)
    else if (who?.id) spend(`account ${who.id}`, cost - this.#limits.pointsFree, this.#limits.pointsPerMinute)
  }

  #read(query: string, signedIn: boolean, schema: GraphQLSchema): Known {
    try {
      const document = parse(query, { maxTokens: this.#limits.tokens, noLocation: false })
      const errors = validate(schema, document, undefined, { maxErrors: this.#limits.errors, hideSuggestions: !signedIn })
      if (errors.length) return errors.slice(0, this.#limits.errors).map((error) => (signedIn ? error : anonymousError(error)))
      let asksSchema = false
      visit(document, {
        [Kind.FIELD]: (node) => void (asksSchema ||= node.name.value === '__schema' || node.name.value === '__type'),
        [Kind.STRING]: (node) => needWritable(node.value),
      })
      return { document, asksSchema, costs: new Map() }
    } catch (error) {
      return [error instanceof GraphQLError || error instanceof Refusal ? asError(error) : asError(new Refusal('BAD_QUERY', '查询写法有误'))]
    }
  }

  /** What a user is told about an error: a refusal's own words, the parser's, or nothing but a number to quote. */
  format(error: unknown, request: string): GraphQLError {
    const thrown = error instanceof GraphQLError ? error.originalError : error
    const original = cutOff(thrown)
    const at = error instanceof GraphQLError ? error : undefined
    if (original instanceof Refusal) {
      // Not the user's doing: whoever runs the server must hear of it too.
      if (original.cause) this.options.report(original.cause, request)
      return withPlace(asError(original), at)
    }
    if (at && (!original || original instanceof GraphQLError))
      return at.extensions['code'] ? at : new GraphQLError(at.message, { ...place(at), extensions: { ...at.extensions, code: 'BAD_QUERY' } })
    this.options.report(original ?? error, request)
    return withPlace(asError(new Refusal('INTERNAL', `系统出错了，已经记录（编号 ${request.slice(0, 8)}），请稍后再试`)), at)
  }
}

/** Operation and variables as one text; undefined where a variable is a tree, or long. */
function plainKey({ operationName, variables }: Asked): string | undefined {
  const entries = Object.entries(variables ?? {})
  if (entries.some(([, value]) => typeof value === 'object' && value !== null)) return undefined
  const key = JSON.stringify([operationName, entries])
  return key.length <= LONGEST_KEY ? key : undefined
}

export const asError = (error: unknown): GraphQLError =>
  error instanceof Refusal ? new GraphQLError(error.message, { extensions: { code: error.code, ...error.params } }) : (error as GraphQLError)

const place = (error: GraphQLError) => ({ ...(error.nodes ? { nodes: error.nodes } : {}), ...(error.path ? { path: error.path } : {}) })
const withPlace = (error: GraphQLError, at: GraphQLError | undefined): GraphQLError =>
  at ? new GraphQLError(error.message, { ...place(at), extensions: error.extensions }) : error

/** Who has not signed in learns nothing about what the graph has. */
const anonymousError = (error: GraphQLError) =>
  new GraphQLError('查询写法有误', { ...(error.nodes ? { nodes: error.nodes } : {}), extensions: { code: 'BAD_QUERY' } })
