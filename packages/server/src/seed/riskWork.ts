import { score100, WORST } from '../risk/grade.js'
import type { Judgement } from '../risk/riskPoint.entity.js'
import { ReviewCause, RiskColor } from '../risk/terms.js'
import type { Random } from './random.js'

const DAY = 86_400_000
const STEPS = [1, 2, 5, 10, 30, 60, 100]

/** A rating as it was made. */
export interface Rated {
  at: Date
  judged: Judgement
}
/** What a firm did about its risks one day of the campaign: it took them down, or it changed something that brought new ones. */
export interface Work {
  at: Date
  better: boolean
}

/** Of ten firms four have done some work, half of them in the last month, of those with a red risk most; one has put up something new. */
export function workOf(random: Random, now: Date, red: boolean): Work | undefined {
  const kind = random.whole(1, 100)
  const ago = random.percent(50) ? random.whole(2, 30) : random.whole(31, 220)
  return kind > (red ? 82 : 50) ? undefined : { at: new Date(now.getTime() - ago * DAY), better: red || kind <= 42 }
}

/** The rating after the work; undefined where it changed nothing: red and most of orange come down, a yellow may rise. */
export function rejudged(random: Random, judged: Judgement, color: RiskColor, { better }: Work): Judgement | undefined {
  const { preset, residual, inherent } = judged
  const index = STEPS.indexOf(residual.l10)
  if (index < 0) return undefined
  if (better ? !(color === RiskColor.RED || (color === RiskColor.ORANGE && random.percent(85))) : !(color === RiskColor.YELLOW && random.percent(35)))
    return undefined
  const ladder = better ? STEPS.slice(0, index).reverse() : STEPS.slice(index + 1)
  for (const l10 of ladder) {
    const next = { ...residual, l10 }
    const got = preset.grade(next).color
    if (got === color || score100(next) > score100(inherent)) continue
    if (better ? WORST.indexOf(got) < WORST.indexOf(color) : WORST.indexOf(got) > WORST.indexOf(color)) continue
    return { ...judged, residual: next, cause: better ? ReviewCause.HAZARD_CLOSED : ReviewCause.MACHINE }
  }
  return undefined
}
