import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from 'graphql'
import { ref, shallowRef } from 'vue'
import { viewer } from '../shared/session'
import { askGraph } from './asking'

// Each role sees a graph of its own: what it may not read is not there.
let known: { who: string; schema: Promise<GraphQLSchema | undefined> } | undefined

async function read(): Promise<GraphQLSchema | undefined> {
  const { data } = await askGraph({ query: getIntrospectionQuery({ descriptions: true, typeDepth: 5 }) })
  return data ? buildClientSchema(data as IntrospectionQuery) : undefined
}

/** The graph as the person signed in sees it, asked once. */
export function useSchema() {
  const schema = shallowRef<GraphQLSchema>()
  const loading = ref(true)
  async function load(): Promise<void> {
    const who = viewer.value?.id ?? ''
    if (known?.who !== who) known = { who, schema: read() }
    loading.value = true
    schema.value = await known.schema
    loading.value = false
    // Not kept when it failed, so that 重试 asks again.
    if (!schema.value) known = undefined
  }
  void load()
  return { schema, loading, load }
}
