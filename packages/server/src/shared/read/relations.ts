import { Reference } from '@mikro-orm/core'
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, isObjectType } from 'graphql'
import type { Context } from '../context.js'
import { allThings, type Datum, dataOfThing } from '../datum.js'

/**
 * Gives relations and derived data their resolvers, wherever the row comes from: a plain row already carries its
 * joined row, an entity's reference is loaded in a batch with the others of the same answer.
 */
export function attachRelations(schema: GraphQLSchema): GraphQLSchema {
  for (const thing of allThings()) {
    const type = schema.getType(thing.name)
    if (!isObjectType(type)) continue
    const fields = type.getFields()
    const data = dataOfThing(thing.target)
    for (const datum of data) {
      const field = fields[datum.name]
      if (!field) continue
      if (datum.kind === 'link')
        field.resolve = (row: Record<string, unknown>) => {
          const value = row[datum.name]
          return Reference.isReference(value) ? value.load({ dataloader: true } as never) : (value ?? null)
        }
      else if (datum.kind === 'derived') field.resolve = (row: Record<string, unknown>, _args, context: Context) => datum.of!(row, context)
      if (tellsOfPeople(datum, data)) hideFromBoards(field)
    }
  }
  return schema
}

const tellsOfPeople = (datum: Datum, data: Datum[]): boolean => datum.personal || data.some((one) => one.personal && datum.needs?.includes(one.name))

/** A board hangs where everybody looks: no names, no phones, not even masked ones (design.md §6). */
function hideFromBoards(field: GraphQLField<Record<string, unknown>, Context>): void {
  const show = field.resolve ?? defaultFieldResolver
  field.resolve = (row, args, context, info) => (context.actor?.role === 'BOARD' ? null : show(row, args, context, info))
}
