import type { CombinedError } from '@urql/core'
import { words } from './words'

/** What the server refused, in the words the user reads. `field` names the input it speaks of. */
export interface Refusal {
  code: string
  message: string
  field?: string
  params: Record<string, unknown>
}

/** Somebody else acted since this page was loaded. */
const STALE = 'CONFLICT'
const SIGNED_OUT = 'UNAUTHENTICATED'

export function refusalOf(error: CombinedError): Refusal {
  if (error.networkError) return ownWords(navigator.onLine ? 'NETWORK' : 'OFFLINE')
  const first = error.graphQLErrors[0]
  if (!first) return ownWords('INTERNAL')
  const { code, field, ...params } = first.extensions
  const stable = typeof code === 'string' ? code : 'INTERNAL'
  return {
    code: stable,
    message: translated(stable, first.message, params),
    field: typeof field === 'string' ? field : undefined,
    params,
  }
}

export const isStale = (refusal: Refusal) => refusal.code === STALE
export const isSignedOut = (error: CombinedError) => error.response?.status === 401 || error.graphQLErrors.some((e) => e.extensions.code === SIGNED_OUT)

function ownWords(code: string): Refusal {
  return { code, message: words.global.t(`refusal.${code}`), params: {} }
}

/** The server speaks Chinese; other languages say it by the stable code, and fall back to the Chinese sentence. */
function translated(code: string, chinese: string, params: Record<string, unknown>): string {
  if (code === 'INTERNAL') return words.global.t('refusal.INTERNAL')
  const key = `code.${code}`
  return words.global.locale.value !== 'zh' && words.global.te(key) ? words.global.t(key, params) : chinese
}
