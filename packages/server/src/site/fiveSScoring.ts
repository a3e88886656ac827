import { type Fraction, fraction, over, sumOf, tenthsOf, times } from './fraction.js'
import { SiteGrade } from './terms.js'

/** The numbers of a standard that decide (domain.md §6.1); they are data of the standard, not of the program. */
export interface FiveSBounds {
  itemMost: number
  gradeA: number
  gradeB: number
  pass: number
}
export interface ScoredDimension {
  points: number
  /** The scores of its items; null where an item does not apply. */
  scores: readonly (number | null)[]
}
export interface FiveSResult {
  /** Tenths of a point of each dimension; null when nothing of it applies. */
  dimensions: (number | null)[]
  /** Tenths of 100; null when nothing applies at all. */
  tenths: number | null
  grade: SiteGrade | null
  passed: boolean | null
}

/**
 * Items scored 0 to 4 are scaled to the points of their dimension; what does not apply leaves numerator and denominator, and so
 * does a dimension of which nothing applies. The total is of 100, one decimal, half up; grade and pass are judged by the number
 * that is shown, so that no sheet says 90.0 and B.
 */
export function fiveSResult(dimensions: readonly ScoredDimension[], bounds: FiveSBounds): FiveSResult {
  const earned = dimensions.map(({ points, scores }) => {
    const counted = scores.filter((score) => score !== null)
    return counted.length ? times(fraction(points), fraction(sum(counted), counted.length * bounds.itemMost)) : null
  })
  const counted = dimensions.filter((_, i) => earned[i] !== null)
  const points = sum(counted.map((one) => one.points))
  const each = earned.map((one) => (one ? tenthsOf(one) : null))
  if (!points) return { dimensions: each, tenths: null, grade: null, passed: null }
  const total = over(times(sumOf(earned.filter((one): one is Fraction => one !== null)), fraction(100)), fraction(points))
  const tenths = tenthsOf(total)
  return { dimensions: each, tenths, grade: gradeOf(tenths, bounds), passed: tenths >= bounds.pass * 10 }
}

export function gradeOf(tenths: number, { gradeA, gradeB, pass }: FiveSBounds): SiteGrade {
  if (tenths >= gradeA * 10) return SiteGrade.A
  if (tenths >= gradeB * 10) return SiteGrade.B
  return tenths >= pass * 10 ? SiteGrade.C : SiteGrade.D
}

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)
