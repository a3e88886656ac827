import { HazardSeverity, HazardStage, isOpen } from '../hazard/terms.js'
import { addDays, type Day, dayOf, daysBetween, type Instant, monthOf } from '../shared/days.js'
import type { Scope } from '../shared/scope.js'
import { inScope } from '../shared/scope.js'

/** What a board counts of a hazard: names of its data, so that a diff of the log reads the same. */
export interface CountedRow {
  division: string | null
  station: string | null
  stage: HazardStage
  severity: HazardSeverity
  foundOn: Day
  dueOn: Day | null
  closedAt: Instant | null
}
export const COUNTED = ['division', 'station', 'stage', 'severity', 'foundOn', 'dueOn', 'closedAt'] as const satisfies (keyof CountedRow)[]

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

export const DAYS = 30
const APART: readonly HazardStage[] = [HazardStage.DRAFT, HazardStage.VOID, HazardStage.TRANSFERRED]

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

  sees(row: CountedRow): boolean {
    return inScope(this.scope, row)
  }

  /** `times` 1 adds a hazard, -1 takes it away. */
  count(row: CountedRow, times: 1 | -1): void {
    if (!this.sees(row)) return
    this.stages.set(row.stage, (this.stages.get(row.stage) ?? 0) + times)
    this.#add(this.total, row, times)
    this.#add(group(this.divisions, (row.division ?? '').slice(0, this.digits)), row, times)
    this.#add(group(this.stations, row.station ?? ''), row, times)
    this.#flow(row, times)
  }

  /** A draft is not in the ledger yet, a void hazard no longer; a transferred one is shown apart. */
  #add(to: Counts, row: CountedRow, times: number): void {
    if (row.stage === HazardStage.TRANSFERRED) to.transferred += times
    if (APART.includes(row.stage)) return
    const open = isOpen(row.stage)
    to.found += times
    if (row.stage === HazardStage.CLOSED) to.closed += times
    if (open) to.open += times
    if (open && row.severity === HazardSeverity.MAJOR) to.majorOpen += times
    if (!row.dueOn || row.dueOn >= this.today) return
    to.due += times
    if (open) to.overdue += times
    if (row.stage === HazardStage.CLOSED && row.closedAt && dayOf(row.closedAt) <= row.dueOn) to.onTime += times
  }

  #flow(row: CountedRow, times: number): void {
    if (!APART.includes(row.stage)) this.#day(this.found, row.foundOn, times)
    if (row.stage !== HazardStage.CLOSED || !row.closedAt) return
    const closedOn = dayOf(row.closedAt)
    this.#day(this.closed, closedOn, times)
    if (monthOf(closedOn) === monthOf(this.today)) this.closedThisMonth += times
  }

  #day(days: number[], day: Day, times: number): void {
    const ago = daysBetween(day, this.today)
    if (ago >= 0 && ago < DAYS) days[DAYS - 1 - ago]! += times
  }

  byDay(): { day: Day; found: number; closed: number }[] {
    return this.found.map((found, i) => ({ day: addDays(this.today, i - DAYS + 1), found, closed: this.closed[i]! }))
  }
}

function group(groups: Map<string, Counts>, key: string): Counts {
  let counts = groups.get(key)
  if (!counts) groups.set(key, (counts = none()))
  return counts
}
