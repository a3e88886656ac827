import { HazardSeverity, HazardStage, isOpen } from '../hazard/terms.js'
import { type Day, dayOf, type Instant } from '../shared/days.js'
import { columnOf } from '../shared/read/column.js'
import type { PlainRow } from '../shared/read/reader.js'

/** What a board counts of a hazard: names of its data, so that a diff of the log reads the same. */
export interface CountedRow {
  division: string | null
  station: string | null
  stage: HazardStage
  severity: HazardSeverity
  foundOn: Day | null
  dueOn: Day | null
  closedAt: Instant | null
}
export const COUNTED = ['division', 'station', 'stage', 'severity', 'foundOn', 'dueOn', 'closedAt'] as const satisfies (keyof CountedRow)[]

/** The columns of a hazard that are counted, by the names of its data. */
export const countedSql = (alias: string): string => COUNTED.map((name) => `${alias}.${columnOf({ name, kind: 'text' })} as "${name}"`).join(', ')
export const countedOf = (row: PlainRow): CountedRow => ({
  division: row['division'] as string | null,
  station: row['station'] as string | null,
  stage: row['stage'] as HazardStage,
  severity: row['severity'] as HazardSeverity,
  foundOn: row['foundOn'] as string | null,
  dueOn: row['dueOn'] as string | null,
  closedAt: row['closedAt'] as string | null,
})

/** A draft is not in the ledger yet, a void hazard no longer; a transferred one is shown apart. */
export const APART: readonly HazardStage[] = [HazardStage.DRAFT, HazardStage.VOID, HazardStage.TRANSFERRED]

/** The days that count of one hazard; the formulas are those of the statistics (domain.md §8). */
export interface CountedDays {
  found?: Day
  closed?: Day
  due?: { day: Day; open: boolean; onTime: boolean }
}
export function countedDays({ stage, foundOn, dueOn, closedAt }: Pick<CountedRow, 'stage' | 'foundOn' | 'dueOn' | 'closedAt'>): CountedDays {
  if (APART.includes(stage)) return {}
  const closed = stage === HazardStage.CLOSED && closedAt ? dayOf(closedAt) : undefined
  return {
    ...(foundOn ? { found: foundOn } : {}),
    ...(closed ? { closed } : {}),
    ...(dueOn ? { due: { day: dueOn, open: isOpen(stage), onTime: !!closed && closed <= dueOn } } : {}),
  }
}

/** What so many deadlines that have run out count of hazards at a stage, so many of them closed in time. */
export function deadlines(stage: HazardStage, due: number, met: number): { due: number; open: number; onTime: number } {
  if (APART.includes(stage)) return { due: 0, open: 0, onTime: 0 }
  return { due, open: isOpen(stage) ? due : 0, onTime: stage === HazardStage.CLOSED ? met : 0 }
}
