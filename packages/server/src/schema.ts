import 'reflect-metadata'
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql'
import type { GraphQLSchema } from 'graphql'
import { LISTS } from './lists.js'
import { RESOLVERS } from './resolvers.js'
import { sealData } from './shared/datum.js'
import { attachReads } from './shared/read/attach.js'
import { DistinctValues } from './shared/read/distinctValues.js'
import { groupOrder, havingOf, orderOf, whereOf } from './shared/read/inputs.js'
import { PageInfo } from './shared/read/pageInfo.js'

/** The whole graph, from the entities, the resolvers and the lists; `schema.graphql` is its print. */
export function buildGraph(): GraphQLSchema {
  sealData()
  const read = LISTS.flatMap(({ target }) => [target, whereOf(target), orderOf(target), havingOf(target)])
  const schema = buildSchemaSync({
    // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type for a list of classes
    resolvers: [...RESOLVERS] as unknown as NonEmptyArray<Function>,
    // The read path's own fields are added below; what only they name would be left out.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type for a list of classes
    orphanedTypes: [groupOrder(), PageInfo, DistinctValues, ...read] as Function[],
    validate: false,
    pubSub: {
      publish: () => undefined,
      subscribe: () => {
        throw new Error('events come from the log')
      },
    },
  })
  return attachReads(schema, LISTS)
}
