import { randomUUID } from 'node:crypto'
import { contextFor } from '../app.js'
import { readConfig } from '../config.js'
import { authenticate } from '../person/authenticate.js'
import { buildGraph } from '../schema.js'
import { Door } from '../shared/door.js'
import { LIMITS, type Limits } from '../shared/limits.js'
import { runQuery } from '../shared/runQuery.js'
import { openStore, type Store } from '../store.js'
import type { Rig } from './rig.js'

const noReply = { sessionDays: 0, setSession: () => undefined, clearSession: () => undefined }

/** The graph in this process, on the rig's data: who asks is found out, measured and answered as the server does it, without HTTP. */
export interface Inside {
  store: Store
  /** The answer, as the text that would be sent; throws when it holds an error. */
  ask(query: string, variables?: Record<string, unknown>): Promise<string>
  close(): Promise<void>
}

export async function inside(rig: Rig, limits: Partial<Limits> = {}, username = 'admin'): Promise<Inside> {
  const token = await rig.signIn(username)
  const store = await openStore(readConfig(rig.env))
  const door = new Door(buildGraph(), { introspection: false, report: () => undefined, limits: { ...LIMITS, pointsPerMinute: Infinity, ...limits } })
  return {
    store,
    ask: async (query, variables = {}) => {
      const now = new Date()
      const known = await authenticate(store.reader, token, now)
      const prepared = door.prepare({ query, variables }, known?.actor)
      if (!('document' in prepared)) throw new Error(`the query was refused: ${JSON.stringify(prepared)}`)
      const context = contextFor(store, { actor: known!.actor, session: known!.session, now, request: randomUUID(), address: '', device: '', reply: noReply })
      const { data, errors } = await runQuery(door.schema, prepared, context)
      if (errors) throw new Error(errors[0]!.message)
      return JSON.stringify({ data })
    },
    close: () => store.close(),
  }
}
