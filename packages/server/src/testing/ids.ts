import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLOutputType,
} from 'graphql'

/** A root field of the graph that takes an id, as an operation that can be sent with any id. */
export interface Taking {
  name: string
  query: string
  variables(id: string): Record<string, unknown>
}

type Root = GraphQLField<unknown, unknown>
const named = (type: GraphQLInputType): string => getNamedType(type).name

/** Every query and act that takes an id, whoever adds one: required arguments filled with something harmless, ids with the id. */
export function takingIds(schema: GraphQLSchema): Taking[] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const
  return roots.flatMap(([kind, type]) =>
    Object.values(type!.getFields())
      .filter((field: Root) => field.args.some((arg) => holdsId(arg.type)))
      .map((field: Root) => operation(kind, field)),
  )
}

function holdsId(type: GraphQLInputType, depth = 0): boolean {
  const inner = getNamedType(type)
  if (inner.name === 'ID') return true
  return (
    depth < 1 && isInputObjectType(inner) && !inner.name.endsWith('Where') && Object.values(inner.getFields()).some((field) => holdsId(field.type, depth + 1))
  )
}

function operation(kind: string, field: Root): Taking {
  const args = field.args.filter((arg) => isNonNullType(arg.type) || named(arg.type) === 'ID')
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
  return {
    name: field.name,
    query: `${kind} (${declared}) { ${field.name}(${given})${selection(field.type, 2)} }`,
    variables: (id) => Object.fromEntries(args.map((arg) => [arg.name, sample(arg.type, arg.name, id)])),
  }
}

function selection(type: GraphQLOutputType, depth: number): string {
  const inner = getNamedType(type)
  if (!isObjectType(inner)) return ''
  const fields = Object.values(inner.getFields()).flatMap((field) => {
    if (field.args.some((arg) => isNonNullType(arg.type))) return []
    if (isLeafType(getNamedType(field.type))) return [field.name]
    return depth > 1 ? [`${field.name}${selection(field.type, depth - 1)}`] : []
  })
  return ` { ${fields.length ? fields.join(' ') : '__typename'} }`
}

const THINGS = 'Hazard'
function sample(type: GraphQLInputType, name: string, id: string): unknown {
  const plain = getNullableType(type)
  if (isListType(plain)) return [sample(plain.ofType as GraphQLInputType, name, id)]
  if (plain.name === 'ID') return id
  if (isEnumType(plain)) return plain.getValues()[0]!.name
  if (isInputObjectType(plain))
    return Object.fromEntries(
      Object.values(plain.getFields())
        .filter((field) => isNonNullType(field.type) || named(field.type) === 'ID')
        .map((field) => [field.name, sample(field.type, field.name, id)]),
    )
  if (name === 'thing') return THINGS
  const plainSamples: Record<string, unknown> = { Int: 1, Float: 1, Boolean: true, Day: '2026-03-02', Instant: '2026-03-02T02:00:00.000Z' }
  return plainSamples[plain.name] ?? '样本'
}
