import {
  getNamedType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { labelOf } from './label'

/** What a question can be about: a list of the graph with its filters, groups and measures, read from the schema. */
export interface Thing {
  root: string
  label: string
  type: GraphQLObjectType
  where?: GraphQLInputObjectType
  order?: GraphQLInputObjectType
  /** What one group of this thing answers; undefined where the list has no groups. */
  group?: GraphQLObjectType
  key?: GraphQLObjectType
  having?: GraphQLInputObjectType
  aggregate?: GraphQLObjectType
}

type AnyField = GraphQLField<unknown, unknown>
const argument = (field: AnyField, name: string) => {
  const type = field.args.find((arg) => arg.name === name)?.type
  const named = type && getNamedType(type)
  return isInputObjectType(named) ? named : undefined
}
const objectAt = (type: GraphQLObjectType | undefined, name: string) => {
  const field = type?.getFields()[name]
  const named = field && getNamedType(field.type)
  return isObjectType(named) ? named : undefined
}
const isList = (field: AnyField) => isListType(isNonNullType(field.type) ? field.type.ofType : field.type)

/** Every list that can be filtered; what has figures of its own is most often asked about, and what has groups before what has none. */
export function thingsOf(schema: GraphQLSchema): Thing[] {
  const things = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field): Thing[] => {
    const connection = getNamedType(field.type)
    if (!isObjectType(connection)) return []
    const type = objectAt(connection, 'nodes')
    const where = argument(field, 'where')
    if (!type || !where) return []
    const groups = connection.getFields()['groups']
    const group = objectAt(objectAt(connection, 'groups'), 'nodes')
    return [
      {
        root: field.name,
        label: labelOf(field),
        type,
        where,
        order: argument(field, 'orderBy'),
        group,
        key: objectAt(group, 'key'),
        having: groups && argument(groups, 'having'),
        aggregate: objectAt(connection, 'aggregate'),
      },
    ]
  })
  const rank = ({ group }: Thing) => (group?.getFields()['figures'] ? 2 : group ? 1 : 0)
  return things.sort((a, b) => rank(b) - rank(a))
}

export interface FilterField {
  /** A value is compared, a link leads to one other thing, many to any number of them. */
  kind: 'value' | 'one' | 'many'
  name: string
  label: string
  input: GraphQLInputObjectType
}

/** Nobody looks for the id first, or for when it was entered. */
const LATE = new Set(['id', 'createdAt'])
const idLast = <One extends { name: string }>(fields: One[]) => [
  ...fields.filter(({ name }) => !LATE.has(name)),
  ...fields.filter(({ name }) => LATE.has(name)),
]

const CONNECTIVES = new Set(['and', 'or', 'not'])

export function filterFields(where: GraphQLInputObjectType): FilterField[] {
  return idLast(Object.values(where.getFields())).flatMap((field): FilterField[] => {
    const input = getNamedType(field.type)
    if (CONNECTIVES.has(field.name) || !isInputObjectType(input)) return []
    const has = input.getFields()
    const kind = has['some'] ? 'many' : has['and'] ? 'one' : has['eq'] || has['isNull'] ? 'value' : undefined
    return kind ? [{ kind, name: field.name, label: labelOf(field), input }] : []
  })
}

/** What a value is compared with: the type of the operand, and the comparisons there are. */
export function comparison(input: GraphQLInputObjectType): { type: GraphQLNamedType | undefined; operators: string[] } {
  const fields = Object.values(input.getFields())
  const operand = fields.find(({ name }) => name !== 'isNull')
  return { type: operand && getNamedType(operand.type), operators: fields.map(({ name }) => name) }
}

export interface KeyField {
  path: string[]
  label: string
  /** The buckets of a day or an instant, such as MONTH. */
  buckets: string[]
}

/** Two links further a question is hard to read already; the graph follows three. */
const KEY_HOPS = 2

export function keyFields(key: GraphQLObjectType, above: readonly string[] = [], said: readonly string[] = []): KeyField[] {
  return idLast(Object.values(key.getFields())).flatMap((field): KeyField[] => {
    const path = [...above, field.name]
    const labels = [...said, labelOf(field)]
    const named = getNamedType(field.type)
    if (isObjectType(named)) return above.length < KEY_HOPS ? keyFields(named, path, labels) : []
    const by = field.args.find(({ name }) => name === 'by')
    const bucket = by && getNamedType(by.type)
    // A linked thing is grouped by as itself, by its name.
    const label = field.name === 'name' && said.length ? said.join(' · ') : labels.join(' · ')
    return [{ path, label, buckets: isEnumType(bucket) ? bucket.getValues().map(({ name }) => name) : [] }]
  })
}

export interface Measure {
  /** As the group answers it: `count`, `sum.costFen`, `figures.onTimeRate`. */
  path: string
  label: string
  /** The first step of a path of two: sum, avg, figures … */
  family?: string
}

export function measuresOf(group: GraphQLObjectType): Measure[] {
  return Object.values(group.getFields()).flatMap((field): Measure[] => {
    if (field.name === 'key' || isList(field)) return []
    const named = getNamedType(field.type)
    if (isLeafType(named)) return [{ path: field.name, label: labelOf(field) }]
    if (!isObjectType(named)) return []
    return Object.values(named.getFields())
      .filter((inner) => isLeafType(getNamedType(inner.type)))
      .map((inner) => ({ path: `${field.name}.${inner.name}`, label: labelOf(inner), family: field.name }))
  })
}

export interface RowField {
  path: string[]
  label: string
}

/** The plain data of a record and of the records it links to. */
export function rowFields(type: GraphQLObjectType, above: readonly string[] = [], said: readonly string[] = []): RowField[] {
  return Object.values(type.getFields()).flatMap((field): RowField[] => {
    if (field.args.length || isList(field)) return []
    const named = getNamedType(field.type)
    const path = [...above, field.name]
    const labels = [...said, labelOf(field)]
    if (isLeafType(named)) return [{ path, label: labels.join(' · ') }]
    return isObjectType(named) && !above.length ? rowFields(named, path, labels) : []
  })
}

/** What records can be ordered by. */
export function orderFields(order: GraphQLInputObjectType | undefined, type: GraphQLObjectType): RowField[] {
  const field = order?.getFields()['field']
  const named = field && getNamedType(field.type)
  if (!isEnumType(named)) return []
  return named.getValues().map(({ name, description }) => ({
    path: [name],
    label: labelOf({ name, description: description ?? type.getFields()[name]?.description }),
  }))
}
