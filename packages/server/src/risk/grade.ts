import { RiskColor } from './terms.js'

/**
 * The arithmetic of a rating, in whole numbers: L and E are kept times ten, so D100 = L10 × E10 × C is a hundred times
 * the true product and no threshold ever meets a fraction (domain.md §3.4). An LS rating is the same with E = 1.
 */
export interface Rating {
  l10: number
  e10: number
  c: number
}
/** From which score (times a hundred) on a colour begins; what lies below yellow is blue. */
export interface Bounds {
  red100: number
  orange100: number
  yellow100: number
}

/** E of an LS rating. */
export const NO_EXPOSURE = 10

export const score100 = ({ l10, e10, c }: Rating): number => l10 * e10 * c

export function colorOf(score: number, { red100, orange100, yellow100 }: Bounds): RiskColor {
  if (score >= red100) return RiskColor.RED
  if (score >= orange100) return RiskColor.ORANGE
  return score >= yellow100 ? RiskColor.YELLOW : RiskColor.BLUE
}

/** Worst first. */
export const WORST: readonly RiskColor[] = Object.values(RiskColor)

/** The worst of some colours; none when nothing is rated. */
export function worstOf(colors: Iterable<RiskColor | null | undefined>): RiskColor | undefined {
  let worst = WORST.length
  for (const color of colors) if (color) worst = Math.min(worst, WORST.indexOf(color))
  return WORST[worst]
}
