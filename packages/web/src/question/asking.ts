import { noticeEnded } from '../shared/signedOut'
import { words } from '../shared/words'
import { type Fault, faultInWords } from './fault'

export interface Asked {
  query: string
  variables?: Record<string, unknown>
  operationName?: string
}
export interface Answer {
  data?: unknown
  faults: Fault[]
  cost?: number
  ms: number
}

interface Raw {
  data?: unknown
  errors?: { message: string; locations?: { line: number; column: number }[]; path?: (string | number)[]; extensions?: Record<string, unknown> }[]
  extensions?: { cost?: number | { points?: number; total?: number } }
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
    const cost = raw.extensions?.cost
    return { data: raw.data, faults: (raw.errors ?? []).map(faultOf), cost: typeof cost === 'object' ? (cost.points ?? cost.total) : cost, ms: lasted() }
  } catch (error) {
    if (signal?.aborted) throw error
    return { faults: [{ message: words.global.t(navigator.onLine ? 'refusal.NETWORK' : 'refusal.OFFLINE') }], ms: lasted() }
  }
}

function faultOf({ message, locations, path, extensions }: NonNullable<Raw['errors']>[number]): Fault {
  const { t, te, locale } = words.global
  const { code, ...params } = extensions ?? {}
  const refused = typeof code === 'string' && !['BAD_QUERY', 'GRAPHQL_VALIDATION_FAILED'].includes(code)
  const english = refused && locale.value !== 'zh' && te(`code.${code}`)
  return { message: english ? t(`code.${code}`, params) : refused ? message : faultInWords(message), ...locations?.[0], path: path?.join('.') }
}
