import { minifyIntrospectionQuery } from '@urql/introspection'
import { introspectionFromSchema } from 'graphql'

/** The schema as the browser's cache wants it: object types and their fields, nothing else. Loaded after signing in. */
export const plugin = (schema) => JSON.stringify(minifyIntrospectionQuery(introspectionFromSchema(schema), {}))
