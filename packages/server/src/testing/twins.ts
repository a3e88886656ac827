import type { LightMyRequestResponse } from 'fastify'
import { type App, buildApp } from '../app.js'
import { readConfig } from '../config.js'
import { openTown, type Town } from './town.js'
import type { Asked, Door } from '../shared/door.js'
import { LIMITS, type Limits } from '../shared/limits.js'
import { READ_LIMITS, useReadLimits } from '../shared/read/limits.js'

/** The town's graph as it is served, and a twin on the same store with every limit off: what the twin also refuses proves nothing. */
export interface Twins {
  town: Town
  strong: App
  weak: App
  post(app: App, body: unknown, more?: { who?: string; headers?: Record<string, string>; from?: string }): Promise<LightMyRequestResponse>
  /** What a signed-in person's operation is refused with before it runs; undefined when it would run. */
  refused(app: App, asked: Asked, role?: 'COUNTY' | 'nobody'): string | undefined
  close(): Promise<void>
}

const off = <T extends object>(limits: T): T =>
  Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, Array.isArray(value) ? [] : Infinity])) as T
export const NO_LIMITS: Limits = { ...off(LIMITS), documents: 10_000, documentTexts: 1e9 }

export async function openTwins(): Promise<Twins> {
  const town = await openTown()
  const config = readConfig({ DATA_DIR: '/nowhere' })
  const weak = await buildApp(town.store, config, () => town.clock.now, NO_LIMITS)
  const post: Twins['post'] = async (app, body, { who, headers = {}, from } = {}) => {
    const bearer = who ? { authorization: `Bearer ${await town.as(who)}` } : {}
    if (app === weak) useReadLimits(off(READ_LIMITS))
    try {
      return await app.fastify.inject({
        method: 'POST',
        url: '/graphql',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...bearer, ...headers },
        payload: typeof body === 'string' ? body : JSON.stringify(body),
        ...(from ? { remoteAddress: from } : {}),
      })
    } finally {
      useReadLimits(READ_LIMITS)
    }
  }
  return {
    ...{ town, strong: town.app, weak, post },
    refused: ({ door }, asked, role = 'COUNTY') => codeOf(door, asked, role),
    close: async () => {
      await weak.close()
      await town.close()
    },
  }
}

function codeOf(door: Door, asked: Asked, role: 'COUNTY' | 'nobody'): string | undefined {
  const prepared = door.prepare(asked, role === 'nobody' ? undefined : { role })
  if ('document' in prepared) return undefined
  const [error] = prepared
  return String(error?.extensions['code'] ?? error?.message ?? '')
}

export const errorsOf = (answer: LightMyRequestResponse) => answer.json<{ errors?: { message: string; extensions?: { code?: string } }[] }>().errors ?? []
export const codeIn = (answer: LightMyRequestResponse) => errorsOf(answer)[0]?.extensions?.code
export const INTERNALS = /\bat .*\.[jt]s|node_modules|\/packages\/|SQLITE|sqlite|select .* from|syntax error at or near|relation "|stack/i
