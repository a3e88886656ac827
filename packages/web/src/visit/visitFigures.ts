import type { VisitFiguresFragment } from '../gql/visit/graphql'
import { graphql } from '../gql/visit'
import { rateText } from '../shared/show/rate'

graphql(`
  fragment VisitFigures on VisitMeasures {
    planned
    due
    done
    missed
    overdue
    toCome
    unplanned
    doneRate
    inTimeRate
  }
`)

export const COUNTS = ['planned', 'due', 'done', 'missed', 'overdue', 'toCome', 'unplanned'] as const
export const RATES = ['doneRate', 'inTimeRate'] as const
export const FIGURES = [...COUNTS, ...RATES] as const
export type VisitFigure = (typeof FIGURES)[number]

/** A zero denominator stands as —, never as 100 %. */
export const shownFigure = (figures: VisitFiguresFragment, figure: VisitFigure): string =>
  (RATES as readonly string[]).includes(figure) ? rateText(figures[figure]) : String(figures[figure] ?? 0)

export const isBad = (figure: VisitFigure, figures: VisitFiguresFragment): boolean =>
  (figure === 'missed' || figure === 'overdue') && (figures[figure] ?? 0) > 0
