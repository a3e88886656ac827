import { Refusal } from '../refusal.js'
import { limitsOf } from './limits.js'

/** Which part of a list is asked for. */
export interface Page {
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
  offset?: number | null
}

export const DEFAULT_PAGE = 50

export interface Cut {
  size: number
  backward: boolean
  /** The cursor behind which the page begins. */
  after: string | undefined
  offset: number
}

export function cutOf(page: Page): Cut {
  const limits = limitsOf()
  const backward = page.last != null
  if (backward && page.first != null) throw new Refusal('BAD_PAGE', 'first 与 last 只能用一个')
  const size = page.first ?? page.last ?? DEFAULT_PAGE
  if (size < 0 || size > limits.page) throw new Refusal('BAD_PAGE', `每页 0 到 ${limits.page} 条`)
  const offset = page.offset ?? 0
  if (offset < 0 || offset > limits.offset) throw new Refusal('BAD_PAGE', `最多跳过 ${limits.offset} 条，请缩小筛选范围`)
  return { size, backward, after: (backward ? page.before : page.after) ?? undefined, offset }
}
