import type { Hazard } from '../hazard/hazard.entity.js'
import { HazardStage } from '../hazard/terms.js'
import { addDays, type Day } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { ClearanceSpan } from './terms.js'

export type Standing = Pick<Hazard, 'stage' | 'extensions' | 'dueOn' | 'listedAt' | 'delistedAt'>

/** How a hazard stands when a period is cleared: verified, extended with approval and not yet run out, listed; or none of these. */
export type Resolution = 'CLOSED' | 'EXTENDED' | 'LISTED' | 'UNRESOLVED'

export function resolutionOf({ stage, extensions, dueOn, listedAt, delistedAt }: Standing, today: Day): Resolution {
  if (stage === HazardStage.CLOSED) return 'CLOSED'
  // Handed to another body, it is out of the town's hands and yet not verified by anybody: it is not cleared.
  if (stage === HazardStage.TRANSFERRED) return 'UNRESOLVED'
  if (listedAt && !delistedAt) return 'LISTED'
  return extensions > 0 && !!dueOn && dueOn >= today ? 'EXTENDED' : 'UNRESOLVED'
}

export const counts = ({ stage }: Pick<Hazard, 'stage'>): boolean => stage !== HazardStage.VOID

/** Every hazard of a period that stands in the way. A void one is no hazard. */
export const unresolvedOf = <H extends Standing>(hazards: readonly H[], today: Day): H[] =>
  hazards.filter((hazard) => counts(hazard) && resolutionOf(hazard, today) === 'UNRESOLVED')

/** The first and last day of the month or quarter that begins on a day. */
export function periodOf(span: ClearanceSpan, fromOn: Day): { fromOn: Day; toOn: Day } {
  const [year, month] = [Number(fromOn.slice(0, 4)), Number(fromOn.slice(5, 7))]
  const months = span === ClearanceSpan.MONTH ? 1 : 3
  if (!fromOn.endsWith('-01') || (month - 1) % months !== 0)
    throw new Refusal('PERIOD', span === ClearanceSpan.MONTH ? '月度清零从每月 1 日起' : '季度清零从季首 1 日起', { field: 'fromOn' })
  const next = month + months > 12 ? `${year + 1}-01-01` : `${year}-${String(month + months).padStart(2, '0')}-01`
  return { fromOn, toOn: addDays(next, -1) }
}
