import { type ASTNode, type DocumentNode, execute, type ExecutionResult, getVariableValues, GraphQLScalarType, GraphQLSchema, Kind, visit } from 'graphql'
import { compileQuery, isCompiledQuery } from 'graphql-jit'
import type { Context } from './context.js'
import type { Prepared } from './door.js'
import { forgetCost } from './read/ask.js'
import { Refusal } from './refusal.js'

type Runner = (context: Context, variables: Record<string, unknown> | undefined) => Promise<ExecutionResult> | ExecutionResult

interface Use {
  times: number
  run?: Runner | undefined
  tried?: boolean
  /** Variables inside literals: left out, they are no field at all to graphql-js, but an empty one to compiled code. */
  inside: readonly string[]
}

const WARM = 3
const uses = new WeakMap<DocumentNode, Map<string, Use>>()

/** Refusals for which asking a second time would do the same harm again. */
const FINAL = new Set(['BUSY', 'QUERY_TOO_SLOW', 'QUERY_TOO_COSTLY'])

/**
 * Executes an operation. A query asked again and again is compiled to a function once (a list answers in half the
 * time); the first few times, every mutation, and every answer with an error go the plain way, so that errors are
 * worded in one place. Asking a query twice does no harm: only mutations act.
 */
export async function runQuery(schema: GraphQLSchema, prepared: Prepared, context: Context): Promise<ExecutionResult> {
  const { document, operation, operationName, variables } = prepared
  const plainly = () => execute({ schema, document, operationName, variableValues: variables, contextValue: context, options: { maxCoercionErrors: 5 } })
  if (operation.operation !== 'query') return plainly()
  const known = useOf(document, operationName ?? '')
  if (++known.times <= WARM) return plainly()
  if (!known.tried) {
    known.tried = true
    const compiled = compileQuery(withCoerced(schema), untyped(document), operationName)
    if (isCompiledQuery(compiled)) known.run = (ctx, vars) => compiled.query(undefined, ctx, vars ?? {})
  }
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}, { maxErrors: 1 })
  if (!coerced || known.inside.some((name) => !(name in coerced))) return plainly()
  const result = await known.run?.(context, coerced)
  if (result && (!result.errors || context.signal?.aborted || result.errors.some(({ originalError }) => isFinal(originalError)))) return result
  forgetCost(context)
  return plainly()
}

/**
 * A filter given as a variable is a tree without end to the compiler: it would write code for seconds, for every such
 * document. So variables are coerced by graphql-js as ever, and what is compiled takes them as they are.
 */
const COERCED = new GraphQLScalarType({ name: 'Coerced', parseValue: (value) => value })
const schemas = new WeakMap<GraphQLSchema, GraphQLSchema>()
function withCoerced(schema: GraphQLSchema): GraphQLSchema {
  let known = schemas.get(schema)
  if (!known) {
    const { types, ...config } = schema.toConfig()
    schemas.set(schema, (known = new GraphQLSchema({ ...config, types: [...types, COERCED], assumeValid: true })))
  }
  return known
}
const untyped = (document: DocumentNode): DocumentNode =>
  visit(document, {
    VariableDefinition: ({ defaultValue: _default, ...definition }) => ({
      ...definition,
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: COERCED.name } },
    }),
  })

function insideLiterals(document: DocumentNode): string[] {
  const found = new Set<string>()
  const look = (literal: ASTNode) => void visit(literal, { Variable: ({ name }) => void found.add(name.value) })
  visit(document, { ObjectValue: look, ListValue: look })
  return [...found]
}

const isFinal = (error: unknown): boolean => error instanceof Refusal && FINAL.has(error.code)

function useOf(document: DocumentNode, name: string) {
  let byName = uses.get(document)
  if (!byName) uses.set(document, (byName = new Map()))
  let known = byName.get(name)
  if (!known) byName.set(name, (known = { times: 0, inside: insideLiterals(document) }))
  return known
}
