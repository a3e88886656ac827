import { titleShown } from './shown'
import { type AnswerColumn, type AnswerTable } from './tables'

export interface Pivot {
  rows: string[]
  columns: string[]
  /** By row, by column; nothing where the answer has no such group. */
  cells: (number | null)[][]
  /** Sums along both sides; only what can be added up has them. */
  rowTotals?: number[]
  columnTotals?: number[]
  total?: number
}

/** Counts and sums can be added up; rates, averages and extremes cannot. */
export const addsUp = ({ key, counts }: AnswerColumn) =>
  !!counts || /(^|\.)(count|found|closed|open|overdue|transferred|majorFound|majorClosed|majorOpen)$/.test(key) || /(^|\.)sum\./.test(key)

/** Rows × columns × measure; groups that fall on one cell are added up where that means something, else the first one stands. */
export function pivotOf(
  table: AnswerTable,
  by: { rows: AnswerColumn; columns: AnswerColumn; measure: AnswerColumn },
  text: (column: AnswerColumn, value: unknown) => string,
  number: (column: AnswerColumn, value: unknown) => number | null,
): Pivot {
  const rows = new Map<string, number>()
  const columns = new Map<string, number>()
  const place = (names: Map<string, number>, name: string) => names.get(name) ?? (names.set(name, names.size), names.size - 1)
  const adding = addsUp(by.measure)
  const cells: (number | null)[][] = []
  for (const { cells: values } of table.rows) {
    const value = number(by.measure, values[by.measure.key])
    const row = (cells[place(rows, text(by.rows, values[by.rows.key]))] ??= [])
    const column = place(columns, text(by.columns, values[by.columns.key]))
    const before = row[column]
    if (before === undefined || before === null) row[column] = value
    else if (adding) row[column] = before + (value ?? 0)
  }
  const order = [...columns.entries()].sort(inOrderOf(by.columns, text))
  const whole = cells.map((row) => order.map(([, at]) => row[at] ?? null))
  const pivot: Pivot = { rows: [...rows.keys()], columns: order.map(([name]) => name), cells: whole }
  if (!adding) return pivot
  const sum = (values: readonly (number | null)[]) => values.reduce<number>((all, value) => all + (value ?? 0), 0)
  pivot.rowTotals = whole.map(sum)
  pivot.columnTotals = pivot.columns.map((_, at) => sum(whole.map((row) => row[at] ?? null)))
  pivot.total = sum(pivot.rowTotals)
  return pivot
}

/** Spans of time and choices stand in their own order, anything else as it came. */
function inOrderOf(column: AnswerColumn, text: (column: AnswerColumn, value: unknown) => string): (a: [string, number], b: [string, number]) => number {
  if (column.by) return ([a], [b]) => (a < b ? -1 : 1)
  const names = column.choices?.getValues().map(({ name }) => text(column, name)) ?? []
  return ([a], [b]) => names.indexOf(a) - names.indexOf(b)
}

/** Several measures of one grouping, a column for each. */
export function sideBySide(
  table: AnswerTable,
  rows: AnswerColumn,
  measures: readonly AnswerColumn[],
  text: (column: AnswerColumn, value: unknown) => string,
  number: (column: AnswerColumn, value: unknown) => number | null,
): Pivot {
  return {
    rows: table.rows.map(({ cells }) => text(rows, cells[rows.key])),
    columns: measures.map(titleShown),
    cells: table.rows.map(({ cells }) => measures.map((measure) => number(measure, cells[measure.key]))),
  }
}
