import { type GraphQLFieldConfig, GraphQLObjectType, GraphQLSchema, isObjectType } from 'graphql'
import type { Context } from '../context.js'
import { allThings, dataOfThing, type Thing } from '../datum.js'
import { type ListField, listField } from './listField.js'
import { manyField } from './manyField.js'
import { Outputs } from './outputs.js'
import { attachRelations } from './relations.js'

/** Adds the read path to the graph: the lists at the top, the to-many relations of every thing, and what hangs on them. */
export function attachReads(schema: GraphQLSchema, lists: readonly ListField[]): GraphQLSchema {
  const outputs = new Outputs(schema)
  const query = schema.getQueryType()!
  for (const list of lists) add(query, list.name, listField(list, outputs) as GraphQLFieldConfig<unknown, Context>)
  for (const thing of allThings()) {
    const type = schema.getType(thing.name)
    if (!isObjectType(type)) continue
    for (const datum of dataOfThing(thing.target))
      if (datum.kind === 'many' && inGraph(schema, datum.target!()))
        add(type, datum.name, manyField(thing.target, datum, outputs, fallbackOf(datum.target!(), lists)) as GraphQLFieldConfig<unknown, Context>)
  }
  // The types that only the new fields know are found when the schema is made anew.
  return attachRelations(new GraphQLSchema(schema.toConfig()))
}

const inGraph = (schema: GraphQLSchema, target: Thing['target']) => isObjectType(schema.getType(target.name))
const fallbackOf = (target: Thing['target'], lists: readonly ListField[]) => lists.find((list) => list.target === target)?.fallback ?? []

/** One more field of a type that stands: made by graphql-js itself, so that it lacks nothing a field has. */
function add(type: GraphQLObjectType, name: string, config: GraphQLFieldConfig<unknown, Context>): void {
  const made = new GraphQLObjectType({ name: type.name, fields: { [name]: config } }).getFields()[name]!
  type.getFields()[name] = made
}
