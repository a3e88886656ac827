import { Client, fetchExchange, subscriptionExchange } from '@urql/core'
import { cacheExchange, type Cache, type KeyingConfig, type UpdateResolver } from '@urql/exchange-graphcache'
import introspection from '../gql/introspection.json'
import { graphSettings } from './graph'
import { forwardSubscription } from './live'
import { noticeSignedOut } from './signedOut'

interface ObjectType {
  name: string
  fields?: { name: string; type: { kind: string } }[]
}

const types = introspection.__schema.types as unknown as ObjectType[]
const fieldsOf = (type: string) => types.find(({ name }) => name === type)?.fields ?? []

/** Whatever has no id of its own (connections, edges, figures) is kept inside the answer it came with. */
const keys: KeyingConfig = Object.fromEntries(
  types.filter(({ fields }) => fields && !fields.some(({ name, type }) => name === 'id' && type.kind === 'NON_NULL')).map(({ name }) => [name, () => null]),
)

// Lists that no act of the daily work changes; everything else at the root is read again after an act.
const LASTING = ['viewer', 'divisions', 'stations', 'trades']

const readListsAgain: UpdateResolver = (_result, _args, cache) => forgetLists(cache)

function forgetLists(cache: Cache): void {
  for (const { fieldKey, fieldName } of cache.inspectFields('Query')) if (!LASTING.includes(fieldName)) cache.invalidate('Query', fieldKey)
}

/**
 * The records an act returns are updated in place by the cache; which lists they now belong to, only the server knows.
 * So every act makes the lists in front be read again.
 */
export const cachedGraph = () =>
  new Client({
    ...graphSettings,
    requestPolicy: 'cache-and-network',
    exchanges: [
      cacheExchange({
        schema: introspection as unknown as NonNullable<Parameters<typeof cacheExchange>[0]>['schema'],
        keys,
        updates: { Mutation: Object.fromEntries(fieldsOf('Mutation').map(({ name }) => [name, readListsAgain])) },
      }),
      noticeSignedOut,
      fetchExchange,
      subscriptionExchange({ forwardSubscription }),
    ],
  })
