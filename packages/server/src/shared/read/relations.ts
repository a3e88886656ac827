import { Reference } from '@mikro-orm/core'
import { type GraphQLSchema, isObjectType } from 'graphql'
import type { Context } from '../context.js'
import { allThings, dataOfThing } from '../datum.js'

/**
 * Gives relations and derived data their resolvers, wherever the row comes from: a plain row already carries its
 * joined row, an entity's reference is loaded in a batch with the others of the same answer.
 */
export function attachRelations(schema: GraphQLSchema): GraphQLSchema {
  for (const thing of allThings()) {
    const type = schema.getType(thing.name)
    if (!isObjectType(type)) continue
    const fields = type.getFields()
    for (const datum of dataOfThing(thing.target)) {
      const field = fields[datum.name]
      if (!field) continue
      if (datum.kind === 'link')
        field.resolve = (row: Record<string, unknown>) => {
          const value = row[datum.name]
          return Reference.isReference(value) ? value.load({ dataloader: true } as never) : (value ?? null)
        }
      else if (datum.kind === 'derived') field.resolve = (row: Record<string, unknown>, _args, context: Context) => datum.of!(row, context)
    }
  }
  return schema
}
