import { minifyIntrospectionQuery } from '@urql/introspection'
import { introspectionFromSchema } from 'graphql'

/** The schema as the browser's cache wants it: object types and their fields, nothing else. Loaded after signing in. */
export const plugin = (schema) =>
  // What a field takes as arguments is nothing that the cache looks at.
  JSON.stringify(minifyIntrospectionQuery(introspectionFromSchema(schema), {}), (key, value) => (key === 'args' ? [] : value))
