import { type FieldNode, getNamedType, type GraphQLObjectType, isEnumType, isObjectType } from 'graphql'
import { datumOf, type ThingClass } from '../shared/datum.js'
import type { Form } from '../shared/read/csvLine.js'
import type { PlainColumn } from '../shared/read/csvRows.js'
import { isPlainField } from '../shared/read/relations.js'
import { type Asking, answerName, fieldsOf } from '../shared/read/select.js'
import { wordOf } from './words.js'

/**
 * The columns of a list, in the order of columns.ts, when each is a datum as the store keeps it. Undefined as soon as one
 * is computed, masked or a list: then every row goes through the graph.
 */
export function plainColumns(target: ThingClass, type: GraphQLObjectType, nodes: readonly FieldNode[], asking: Asking): PlainColumn[] | undefined {
  const columns: PlainColumn[] = []
  const walk = (on: ThingClass, at: GraphQLObjectType, of: readonly Pick<FieldNode, 'selectionSet'>[], path: readonly string[]): boolean =>
    [...Map.groupBy(fieldsOf(of, asking), answerName).values()].every((fields) => {
      const name = fields[0]!.name.value
      const field = at.getFields()[name]
      const datum = datumOf(on, name)
      if (!field || !isPlainField(field)) return false
      const named = getNamedType(field.type)
      const below = [...path, name]
      if (isObjectType(named)) return walk(datum!.target!(), named, fields, below)
      columns.push({ path: below, form: formOf(datum?.kind, named) })
      return true
    })
  return walk(target, type, nodes, []) && columns.length ? columns : undefined
}

function formOf(kind: string | undefined, type: ReturnType<typeof getNamedType>): Form {
  if (isEnumType(type)) return { as: 'choice', words: Object.fromEntries(type.getValues().map(({ name }) => [name, wordOf(type, name)])) }
  return { as: kind === 'flag' || kind === 'instant' ? kind : 'text' }
}
