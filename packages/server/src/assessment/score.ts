import type { AssessmentLevel } from './terms.js'

/** One scored item of the form. Points are whole tenths, so that half points need no fraction. */
export interface ScoredItem {
  standardTenths: number
  /** 缺项: does not apply; leaves numerator and denominator. */
  na: boolean
  /** What was deducted, finding by finding. */
  deductions: readonly number[]
}

export interface Score {
  /** 总分, all items. */
  totalTenths: number
  /** 缺项分. */
  naTenths: number
  /** 应得分 = total − not applicable. */
  possibleTenths: number
  /** 实得分. */
  earnedTenths: number
  /** Percent in tenths, half up; null when nothing applies. */
  percentTenths: number | null
}

/** An item runs down to zero, never below (domain.md §2.3). */
export const earnedOf = ({ standardTenths, na, deductions }: ScoredItem): number =>
  na ? 0 : Math.max(0, standardTenths - deductions.reduce((sum, one) => sum + one, 0))

/** Earned ÷ (total − not applicable) × 100, one decimal, half up, in whole numbers throughout (AQ/T 7009 scoring; domain.md §2.3). */
export function scoreOf(items: readonly ScoredItem[]): Score {
  const sum = (of: (item: ScoredItem) => number) => items.reduce((total, item) => total + of(item), 0)
  const totalTenths = sum(({ standardTenths }) => standardTenths)
  const naTenths = sum(({ na, standardTenths }) => (na ? standardTenths : 0))
  const possibleTenths = totalTenths - naTenths
  const earnedTenths = sum(earnedOf)
  return { totalTenths, naTenths, possibleTenths, earnedTenths, percentTenths: possibleTenths ? halfUp(earnedTenths * 1000, possibleTenths) : null }
}

const halfUp = (above: number, below: number): number => Math.floor((2 * above + below) / (2 * below))

/** What one level asks: a percent (in tenths) and a safety record no worse than this in the year before. */
export interface LevelRule {
  level: AssessmentLevel
  percentTenths: number
  mostDeaths?: number | undefined
  mostSerious?: number | undefined
}
export interface SafetyRecord {
  deaths: number
  seriousInjuries: number
}

/** The best level whose percent is reached; rules from the best to the least. */
export const levelByScore = (rules: readonly LevelRule[], percentTenths: number | null): AssessmentLevel | null =>
  percentTenths === null ? null : (rules.find((rule) => percentTenths >= rule.percentTenths)?.level ?? null)

/** The best level that the safety record allows. */
export const levelByRecord = (rules: readonly LevelRule[], { deaths, seriousInjuries }: SafetyRecord): AssessmentLevel | null =>
  rules.find(({ mostDeaths = Infinity, mostSerious = Infinity }) => deaths <= mostDeaths && seriousInjuries <= mostSerious)?.level ?? null

/** The worse of the two; none when either is none (domain.md §2.3, point 5). A veto is told apart and fails the whole (§2.5). */
export function levelOf(rules: readonly LevelRule[], percentTenths: number | null, record: SafetyRecord): AssessmentLevel | null {
  const [score, safety] = [levelByScore(rules, percentTenths), levelByRecord(rules, record)]
  if (!score || !safety) return null
  const place = (level: AssessmentLevel) => rules.findIndex((rule) => rule.level === level)
  return place(score) >= place(safety) ? score : safety
}
