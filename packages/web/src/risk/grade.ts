import type { Color } from './terms'

/** What a rating picker shows while one is choosing; the server judges by the same whole numbers. */
export interface Steps {
  method: 'LEC' | 'LS'
  red100: number
  orange100: number
  yellow100: number
}
export interface Rating {
  l10: number | null
  e10: number | null
  c: number | null
}

export const blankRating = (): Rating => ({ l10: null, e10: null, c: null })

/** L and E times ten; an LS rating has E = 1. Undefined until everything is chosen. */
export function score100({ method }: Steps, { l10, e10, c }: Rating): number | undefined {
  const exposure = method === 'LS' ? 10 : e10
  return l10 == null || exposure == null || c == null ? undefined : l10 * exposure * c
}

export function colorOf({ red100, orange100, yellow100 }: Steps, score: number): Color {
  if (score >= red100) return 'RED'
  if (score >= orange100) return 'ORANGE'
  return score >= yellow100 ? 'YELLOW' : 'BLUE'
}
