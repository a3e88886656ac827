import { HazardSeverity, HazardStage, isOpen } from '../hazard/terms.js'
import { addDays, type Day, daysBetween, monthOf } from '../shared/days.js'
import type { Scope } from '../shared/scope.js'
import { inScope } from '../shared/scope.js'
import { APART, type CountedRow, countedDays, deadlines } from './countedRow.js'

/** Counts of one group; the formulas are those of the statistics (domain.md §8). */
export interface Counts {
  found: number
  closed: number
  open: number
  overdue: number
  majorOpen: number
  transferred: number
  /** Deadlines that have run out, and how many of those were met. */
  due: number
  onTime: number
}
const none = (): Counts => ({ found: 0, closed: 0, open: 0, overdue: 0, majorOpen: 0, transferred: 0, due: 0, onTime: 0 })

/** Where counts belong: the division cut to the board's groups, the station, or one of them alone. The total is what is told of divisions. */
export interface Group {
  division?: string
  station?: string
}

export const DAYS = 30

/** The figures of a board as sums over hazards: one can be added, or taken away as it was, without reading the others. */
export class Tally {
  readonly total = none()
  readonly divisions = new Map<string, Counts>()
  readonly stations = new Map<string, Counts>()
  readonly stages = new Map<HazardStage, number>()
  readonly found = Array.from({ length: DAYS }, () => 0)
  readonly closed = Array.from({ length: DAYS }, () => 0)
  closedThisMonth = 0

  constructor(
    readonly scope: Scope,
    readonly today: Day,
    /** How many digits of a division's code make its group: a county's board shows towns, a town's its villages. */
    readonly digits: number,
  ) {}

  get month(): string {
    return monthOf(this.today)
  }

  sees(row: CountedRow): boolean {
    return inScope(this.scope, row)
  }

  /** `times` 1 adds a hazard, -1 takes it away. */
  count(row: CountedRow, times: number): void {
    if (!this.sees(row)) return
    const group = { division: (row.division ?? '').slice(0, this.digits), station: row.station ?? '' }
    const { due } = countedDays(row)
    this.stand(group, row.stage, row.severity, times)
    if (due && due.day < this.today) this.ranOut(group, deadlines(row.stage, times, due.onTime ? times : 0))
    this.flows(row, times)
  }

  /** What so many of a kind count on the days that they were found and closed on. */
  flows({ stage, foundOn, closedAt }: Pick<CountedRow, 'stage' | 'foundOn' | 'closedAt'>, times: number): void {
    const { found, closed } = countedDays({ stage, foundOn, closedAt, dueOn: null })
    if (found) this.flow(found, times, 0)
    if (closed) this.flow(closed, 0, times)
    if (closed && monthOf(closed) === this.month) this.closedThisMonth += times
  }

  /** So many hazards at a stage. */
  stand(group: Group, stage: HazardStage, severity: HazardSeverity, hazards: number): void {
    if (group.division !== undefined) this.stages.set(stage, (this.stages.get(stage) ?? 0) + hazards)
    for (const to of this.#of(group)) {
      if (stage === HazardStage.TRANSFERRED) to.transferred += hazards
      if (APART.includes(stage)) continue
      to.found += hazards
      if (stage === HazardStage.CLOSED) to.closed += hazards
      if (isOpen(stage)) to.open += hazards
      if (isOpen(stage) && severity === HazardSeverity.MAJOR) to.majorOpen += hazards
    }
  }

  /** So many deadlines that have run out. */
  ranOut(group: Group, { due, open, onTime }: { due: number; open: number; onTime: number }): void {
    for (const to of this.#of(group)) {
      to.due += due
      to.overdue += open
      to.onTime += onTime
    }
  }

  /** So many found and closed on a day. */
  flow(day: Day, found: number, closed: number): void {
    const ago = daysBetween(day, this.today)
    if (ago < 0 || ago >= DAYS) return
    this.found[DAYS - 1 - ago]! += found
    this.closed[DAYS - 1 - ago]! += closed
  }

  #of({ division, station }: Group): Counts[] {
    const counts = division === undefined ? [] : [this.total, of(this.divisions, division)]
    if (station !== undefined) counts.push(of(this.stations, station))
    return counts
  }

  byDay(): { day: Day; found: number; closed: number }[] {
    return this.found.map((found, i) => ({ day: addDays(this.today, i - DAYS + 1), found, closed: this.closed[i]! }))
  }
}

function of(groups: Map<string, Counts>, key: string): Counts {
  let counts = groups.get(key)
  if (!counts) groups.set(key, (counts = none()))
  return counts
}
