import { Hazard } from '../hazard/hazard.entity.js'
import { Escalation, HazardStage } from '../hazard/terms.js'
import { act } from '../shared/act.js'
import { addDays, dayOf } from '../shared/days.js'
import type { Store } from '../store.js'

const TOWN = '350524106'
/** Who may close them (hazard/rights.ts: what the town office has found). */
export const REVIEWER = 'town'
const AT_ONCE = 500

export interface UnderReview {
  id: string
  version: number
  number: string
}

/**
 * Hazards that wait for the town office to close them, as many as are wanted: a store of tens of thousands has but some
 * dozens, so that others are brought to this stage, by an act that the log and the counts know like any other. None is late:
 * the daily work lets them be.
 */
export async function underReview(store: Store, many: number): Promise<UnderReview[]> {
  const found: UnderReview[] = []
  const now = new Date()
  while (found.length < many) {
    const some = await act({ em: store.em({ division: TOWN }), actor: undefined, now, request: 'bench' }, 'hazardReturn', async ({ em }) => {
      const where = { stage: HazardStage.CLOSED, severity: 'GENERAL', listedAt: null, source: { $ne: 'ENFORCEMENT' } }
      const hazards = await em.find(Hazard, where as never, {
        limit: Math.min(AT_ONCE, many - found.length),
        orderBy: { closedAt: 'desc', id: 'asc' } as never,
      })
      for (const hazard of hazards) {
        Object.assign(hazard, {
          stage: HazardStage.PENDING_REVIEW,
          foundByRole: 'TOWN_OFFICE',
          fixers: '',
          dueOn: addDays(dayOf(now), 20),
          escalation: Escalation.NONE,
        })
        for (const gone of ['closedAt', 'firstReviewer', 'secondReviewer', 'reviewerNames', 'reviewOpinion', 'rectifier', 'submittedBy'] as const)
          delete hazard[gone]
      }
      return hazards.map(({ id }) => id)
    })
    if (!some.length) throw new Error(`only ${found.length} of ${many} hazards can be brought under review`)
    const rows = await store.reader.all(`select id, version, number from hazard where id in (${some.map(() => '?').join(', ')})`, some)
    found.push(...(rows as unknown as UnderReview[]))
  }
  return found
}
