import 'reflect-metadata'
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql'
import type { GraphQLSchema } from 'graphql'
import { RESOLVERS } from './resolvers.js'
import { allThings, sealData } from './shared/datum.js'
import { connectionOf, orderOf, whereOf } from './shared/read/inputs.js'
import { attachRelations } from './shared/read/relations.js'

/** The whole graph, from the entities and the resolvers; `schema.graphql` is its print. */
export function buildGraph(): GraphQLSchema {
  sealData()
  // Made before the schema is: what no resolver uses stays out of it.
  for (const { target } of allThings()) for (const make of [whereOf, orderOf, connectionOf]) make(target)
  const schema = buildSchemaSync({
    // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type for a list of classes
    resolvers: [...RESOLVERS] as unknown as NonEmptyArray<Function>,
    validate: false,
    pubSub: {
      publish: () => undefined,
      subscribe: () => {
        throw new Error('events come from the log')
      },
    },
  })
  return attachRelations(schema)
}
