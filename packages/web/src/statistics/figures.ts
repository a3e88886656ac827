import { graphql } from '../gql/statistics'
import type { FiguresFragment } from '../gql/statistics/graphql'

graphql(`
  fragment Figures on HazardFigures {
    key
    name
    found
    closed
    open
    overdue
    majorFound
    majorOpen
    transferred
    rectificationRate
    onTimeRate
    firstDeadlineRate
    firstPassRate
    majorCloseRate
    averageDays
    medianDays
  }
`)

export const STATISTICS = graphql(`
  query Statistics($by: FigureDimension!, $where: HazardWhere) {
    hazardStatistics(by: $by, where: $where) {
      asOf
      total {
        ...Figures
      }
      groups {
        ...Figures
      }
    }
    hazardFlow(where: $where) {
      month
      found
      closed
    }
  }
`)

export const COUNTS = ['found', 'closed', 'open', 'overdue', 'majorFound', 'majorOpen', 'transferred'] as const
export const RATES = ['rectificationRate', 'onTimeRate', 'firstDeadlineRate', 'firstPassRate', 'majorCloseRate'] as const
export const DAYS = ['averageDays', 'medianDays'] as const
export type Figure = (typeof COUNTS)[number] | (typeof RATES)[number] | (typeof DAYS)[number]
export const FIGURES: readonly Figure[] = [...COUNTS, ...RATES, ...DAYS]

/** A zero denominator stands as —, never as 100 %. */
export function shownFigure(row: FiguresFragment, figure: Figure): string {
  const value = row[figure]
  if (value === null || value === undefined) return '—'
  return (RATES as readonly string[]).includes(figure) ? `${value.toFixed(1)}%` : String(value)
}

/** Best first by on-time rate; who has no rate yet comes last. */
export const byOnTime = (a: FiguresFragment, b: FiguresFragment) => (b.onTimeRate ?? -1) - (a.onTimeRate ?? -1) || a.overdue - b.overdue
