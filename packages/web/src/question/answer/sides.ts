import type { Look, LookKind } from '../look'
import type { AnswerColumn, AnswerTable } from '../tables'

/** The columns a pivot, a chart or a map works with: what divides, and what is measured. */
export interface Sides {
  rows: AnswerColumn | undefined
  columns: AnswerColumn | undefined
  measure: AnswerColumn | undefined
}

export const divides = ({ numeric, by }: AnswerColumn) => !numeric || !!by
export const measures = (column: AnswerColumn) => column.numeric && !column.by

/** What the look names, and the first that fits where it names nothing that is still there. */
export function sidesOf(table: AnswerTable, look: Look, isPlace: (column: AnswerColumn) => boolean): Sides {
  const named = (key: string | undefined, fits: (column: AnswerColumn) => boolean) => table.columns.find((column) => column.key === key && fits(column))
  const dividing = table.columns.filter(divides)
  const rows =
    look.kind === 'MAP'
      ? (named(look.rows, isPlace) ?? dividing.find(isPlace))
      : (named(look.rows, divides) ?? (look.kind === 'LINE' ? dividing.find(({ by }) => by) : undefined) ?? dividing[0])
  const others = dividing.filter((column) => column !== rows)
  const columns = needsColumns(look.kind)
    ? (named(look.columns, divides) ?? others[0])
    : look.columns === NONE
      ? undefined
      : (named(look.columns, divides) ?? others[0])
  return { rows, columns: columns === rows ? others[0] : columns, measure: named(look.measure, measures) ?? table.columns.find(measures) }
}
/** Said of the series where somebody wants none. */
export const NONE = '-'
const needsColumns = (kind: LookKind) => kind === 'PIVOT'

/** Which selects the look shows above it. */
export const CHOSEN_BY: Record<LookKind, readonly (keyof Sides)[]> = {
  TABLE: [],
  JSON: [],
  PIVOT: ['rows', 'columns', 'measure'],
  LINE: ['rows', 'columns', 'measure'],
  BAR: ['rows', 'columns', 'measure'],
  PIE: ['rows', 'measure'],
  MAP: ['rows', 'measure'],
}
