import { noticeEnded } from '../shared/signedOut'
import { words } from '../shared/words'
import { type Fault, faultInWords } from './fault'
import { spotOf } from './spot'

export interface Asked {
  query: string
  variables?: Record<string, unknown>
  operationName?: string
}
export interface Answer {
  data?: unknown
  faults: Fault[]
  cost?: Cost
  ms: number
}
/** What the graph says an operation was worth before it ran it, and how many rows it thought to look at. */
export interface Cost {
  points: number
  estimatedRows?: number
}

interface Raw {
  data?: unknown
  errors?: { message: string; locations?: { line: number; column: number }[]; path?: (string | number)[]; extensions?: Record<string, unknown> }[]
  extensions?: { cost?: Cost }
}

/** Text that the analyst wrote goes to the graph as it is; no cache knows it. */
export async function askGraph(asked: Asked, signal?: AbortSignal): Promise<Answer> {
  const began = performance.now()
  const lasted = () => Math.round(performance.now() - began)
  try {
    const reply = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
      body: JSON.stringify(asked),
      credentials: 'same-origin',
      signal: signal ?? null,
    })
    const raw = (await reply.json()) as Raw
    if (reply.status === 401 || raw.errors?.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED')) noticeEnded()
    const faults = (raw.errors ?? []).map((error) => faultOf(error, asked.query))
    return { data: raw.data, faults, ...(raw.extensions?.cost ? { cost: raw.extensions.cost } : {}), ms: lasted() }
  } catch (error) {
    if (signal?.aborted) throw error
    return { faults: [{ message: words.global.t(navigator.onLine ? 'refusal.NETWORK' : 'refusal.OFFLINE') }], ms: lasted() }
  }
}

function faultOf({ message, locations, path, extensions }: NonNullable<Raw['errors']>[number], query: string): Fault {
  const { t, te, locale } = words.global
  const { code, ...params } = extensions ?? {}
  const refused = typeof code === 'string' && !['BAD_QUERY', 'GRAPHQL_VALIDATION_FAILED'].includes(code)
  const english = refused && locale.value !== 'zh' && te(`code.${code}`)
  const place = locations?.[0] ?? spotOf(query, { part: params['part'], path, message })
  return { message: english ? t(`code.${code}`, params) : refused ? message : faultInWords(message), ...place, path: path?.join('.') }
}
