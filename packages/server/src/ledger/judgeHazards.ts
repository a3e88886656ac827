import { HazardStage, STAGE_NAME } from '../hazard/terms.js'
import { HAZARD_COLUMNS } from './hazardColumns.js'
import type { HazardSaid, ReadHazard } from './hazardRow.js'
import { type Judged, refused } from './verdict.js'

/** A hazard that is already in the store. */
export interface KnownHazard {
  id: string
  fingerprint: string
  stage: HazardStage
  /** Entered from a ledger, and nobody has acted on it since. */
  untouched: boolean
}

const ORDER: readonly string[] = HAZARD_COLUMNS.map((column) => column.field)
/** How far along a recorded hazard is; a later ledger may bring it on, never back. */
const PROGRESS = [HazardStage.DRAFT, HazardStage.REGISTERED, HazardStage.NOTIFIED, HazardStage.RECTIFYING, HazardStage.PENDING_REVIEW, HazardStage.CLOSED]

/** The verdict on every row of a hazard ledger. */
export function judgeHazards(reads: readonly ReadHazard[], known: ReadonlyMap<string, KnownHazard>): Judged<HazardSaid>[] {
  const seen = new Map<string, number>()
  return reads.map(({ reading, said, title }) => {
    const row = reading.row
    const first = said && seen.get(said.fingerprint)
    if (first) reading.fault('description', `与第 ${first} 行是同一条隐患（单位、日期、部位、描述都相同），请删去其中一行`)
    else if (said) seen.set(said.fingerprint, row.number)
    if (!said || reading.faults.length)
      return refused(
        row.number,
        title,
        reading.faults.toSorted((a, b) => ORDER.indexOf(a.field) - ORDER.indexOf(b.field)),
      )
    const existing = known.get(said.fingerprint)
    const verdict = { row: row.number, title, facts: said, ...(existing ? { existing: existing.id } : {}) }
    if (!existing) return { ...verdict, outcome: 'created', ...(reading.hints.length ? { message: reading.hints.join('；') } : {}) }
    if (existing.untouched && PROGRESS.indexOf(said.stage) > PROGRESS.indexOf(existing.stage))
      return { ...verdict, outcome: 'updated', message: `将更新：由“${STAGE_NAME[existing.stage]}”到“${STAGE_NAME[said.stage]}”` }
    if (existing.stage === said.stage) return { ...verdict, outcome: 'unchanged' }
    return { ...verdict, outcome: 'unchanged', message: `系统中已是“${STAGE_NAME[existing.stage]}”，以系统中的办理为准` }
  })
}

/** The year of a ledger, when its title names one and only one. */
export function yearOf(title: string): number | undefined {
  const years = new Set([...title.matchAll(/(20\d{2})\s*年/g)].map((found) => Number(found[1])))
  return years.size === 1 ? [...years][0] : undefined
}
