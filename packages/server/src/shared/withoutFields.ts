import {
  GraphQLEnumType,
  type GraphQLFieldConfigArgumentMap,
  GraphQLInputObjectType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  type GraphQLType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql'

/** A field of a type, an input or an enumeration that is to be left out. */
export type Gone = (type: string, field: string) => boolean

/** The same graph as if some fields had never been: its types are made anew, its resolvers are the same. */
export function withoutFields(schema: GraphQLSchema, gone: Gone): GraphQLSchema {
  const made = new Map<string, GraphQLNamedType>()
  const again = <Type extends GraphQLType>(type: Type): Type => {
    if (isNonNullType(type)) return new GraphQLNonNull(again(type.ofType)) as Type
    if (isListType(type)) return new GraphQLList(again(type.ofType)) as Type
    return named(type as GraphQLNamedType) as Type
  }
  const named = (type: GraphQLNamedType): GraphQLNamedType => {
    if (isScalarType(type) || type.name.startsWith('__')) return type
    let known = made.get(type.name)
    if (!known) made.set(type.name, (known = rebuilt(type)))
    return known
  }
  const kept = <Part, Other>(type: string, parts: Record<string, Part>, make: (part: Part) => Other): Record<string, Other> =>
    Object.fromEntries(Object.entries(parts).flatMap(([name, part]) => (gone(type, name) ? [] : [[name, make(part)]])))
  const args = (of: GraphQLFieldConfigArgumentMap) => Object.fromEntries(Object.entries(of).map(([name, arg]) => [name, { ...arg, type: again(arg.type) }]))
  const rebuilt = (type: GraphQLNamedType): GraphQLNamedType => {
    if (isObjectType(type)) {
      const config = type.toConfig()
      const fields = () => kept(type.name, config.fields, (field) => ({ ...field, type: again(field.type), args: args(field.args ?? {}) }))
      return new GraphQLObjectType({ ...config, fields, interfaces: [] })
    }
    if (isInputObjectType(type)) {
      const config = type.toConfig()
      return new GraphQLInputObjectType({ ...config, fields: () => kept(type.name, config.fields, (field) => ({ ...field, type: again(field.type) })) })
    }
    if (isEnumType(type)) {
      const config = type.toConfig()
      return new GraphQLEnumType({ ...config, values: kept(type.name, config.values, (value) => value) })
    }
    throw new Error(`the graph has no ${type.name} of this kind`)
  }
  const config = schema.toConfig()
  const root = (type: GraphQLObjectType | null | undefined) => (type ? again(type) : type)
  return new GraphQLSchema({
    ...config,
    ...{ query: root(config.query), mutation: root(config.mutation), subscription: root(config.subscription) },
    types: config.types.map(again),
  })
}
