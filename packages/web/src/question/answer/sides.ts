import type { Look, LookKind } from '../look'
import type { AnswerColumn, AnswerTable } from '../tables'

/** The columns a pivot, a chart or a map works with: what divides, and what is measured. */
export interface Sides {
  rows: AnswerColumn | undefined
  columns: AnswerColumn | undefined
  measures: AnswerColumn[]
}

export const divides = ({ numeric, by }: AnswerColumn) => !numeric || !!by
export const measures = (column: AnswerColumn) => column.numeric && !column.by

/** Said of the series where somebody wants none. */
export const NONE = '-'
const MOST_BESIDE = 4
/** A chart can lay several measures side by side; a pivot, a pie and a map show one. */
export const takesSeveral = (kind: LookKind) => kind === 'LINE' || kind === 'BAR'

/** What the look names, and the first that fits where it names nothing that is still there. */
export function sidesOf(table: AnswerTable, look: Look, isPlace: (column: AnswerColumn) => boolean): Sides {
  const named = (key: string | undefined, fits: (column: AnswerColumn) => boolean) => table.columns.find((column) => column.key === key && fits(column))
  const dividing = table.columns.filter(divides)
  const timed = look.kind === 'LINE' ? dividing.find(({ by }) => by) : undefined
  const rows = look.kind === 'MAP' ? (named(look.rows, isPlace) ?? dividing.find(isPlace)) : (named(look.rows, divides) ?? timed ?? dividing[0])
  const wished = (look.measures ?? []).flatMap((key) => named(key, measures) ?? [])
  const others = dividing.filter((column) => column !== rows)
  // What was asked for side by side is shown so, where nothing else divides it.
  const usual = table.columns.filter(measures).slice(0, takesSeveral(look.kind) && !others.length ? MOST_BESIDE : 1)
  const measured = wished.length ? wished : usual
  const side =
    look.columns === NONE || (takesSeveral(look.kind) && measured.length > 1) ? undefined : (others.find(({ key }) => key === look.columns) ?? others[0])
  return { rows, columns: side, measures: takesSeveral(look.kind) ? measured : measured.slice(0, 1) }
}

/** Which selects the look shows above it. */
export const CHOSEN_BY: Record<LookKind, readonly (keyof Sides)[]> = {
  TABLE: [],
  JSON: [],
  PIVOT: ['rows', 'columns', 'measures'],
  LINE: ['rows', 'columns', 'measures'],
  BAR: ['rows', 'columns', 'measures'],
  PIE: ['rows', 'measures'],
  MAP: ['rows', 'measures'],
}
