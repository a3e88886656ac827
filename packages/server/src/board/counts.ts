import { monthOf } from '../shared/days.js'
import { type CountedRow, countedDays } from './countedRow.js'

/** The two tables of counts, each with its key and its sums. */
export const TABLES = {
  hazard_by_stage: { key: ['division', 'station', 'stage', 'severity'], sums: ['hazards'] },
  hazard_by_day: { key: ['grain', 'day', 'division', 'station'], sums: ['found', 'closed', 'due', 'open', 'on_time'] },
} as const
export type CountTable = keyof typeof TABLES
export interface Cell {
  key: string[]
  sums: number[]
}

/** What some hazards add to the counts; or take away from them. Pure, so that a recount from all rows is the same sum. */
export class Counting {
  readonly #cells: Record<CountTable, Map<string, Cell>> = { hazard_by_stage: new Map(), hazard_by_day: new Map() }

  add(row: CountedRow, times: 1 | -1): void {
    const [division, station] = [row.division ?? '', row.station ?? '']
    this.#sum('hazard_by_stage', [division, station, row.stage, row.severity], [times])
    const { found, closed, due } = countedDays(row)
    const day = (on: string, sums: number[]) => {
      this.#sum('hazard_by_day', ['DAY', on, division, station], sums)
      this.#sum('hazard_by_day', ['MONTH', monthOf(on), division, station], sums)
    }
    if (found) day(found, [times, 0, 0, 0, 0])
    if (closed) day(closed, [0, times, 0, 0, 0])
    if (due) day(due.day, [0, 0, times, due.open ? times : 0, due.onTime ? times : 0])
  }

  /** In the order of their keys: who locks rows in one order never waits in a ring. */
  cells(table: CountTable): Cell[] {
    const cells = [...this.#cells[table]].filter(([, { sums }]) => sums.some((sum) => sum !== 0))
    return cells.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell)
  }

  #sum(table: CountTable, key: string[], sums: number[]): void {
    const name = key.join('\n')
    const cell = this.#cells[table].get(name)
    if (cell) sums.forEach((sum, i) => (cell.sums[i]! += sum))
    else this.#cells[table].set(name, { key, sums: [...sums] })
  }
}
