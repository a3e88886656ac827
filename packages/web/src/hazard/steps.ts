import type { HazardStage, StageStepsFragment } from '../gql/hazard/graphql'

export interface Step {
  stage: HazardStage
  state: 'done' | 'now' | 'ahead'
  at?: string | null
}

const WAY: readonly HazardStage[] = ['DRAFT', 'REGISTERED', 'NOTIFIED', 'RECTIFYING', 'PENDING_REVIEW', 'CLOSED']
/** 即查即改 goes from registered straight to review. */
const ON_THE_SPOT: readonly HazardStage[] = ['DRAFT', 'REGISTERED', 'PENDING_REVIEW', 'CLOSED']

/** The way of one hazard to closure: what is behind it, where it stands, what is ahead. */
export function stepsOf(hazard: StageStepsFragment): Step[] {
  const at: Partial<Record<HazardStage, string | null>> = {
    DRAFT: hazard.createdAt,
    REGISTERED: hazard.registeredAt,
    NOTIFIED: hazard.notifiedAt,
    RECTIFYING: hazard.acceptedAt,
    PENDING_REVIEW: hazard.submittedAt,
    CLOSED: hazard.closedAt,
    TRANSFERRED: hazard.transferredAt,
  }
  const onTheSpot = hazard.manageType === 'IMMEDIATE' && !hazard.notifiedAt && !!hazard.submittedAt
  const way = onTheSpot ? ON_THE_SPOT : WAY
  const { stage } = hazard
  if (stage === 'TRANSFERRED' || stage === 'VOID') {
    const been = way.filter((one) => at[one])
    return [...been.map((one) => ({ stage: one, state: 'done' as const, at: at[one] })), { stage, state: 'now', at: at[stage] }]
  }
  const here = way.indexOf(stage)
  return way.map((one, index) => {
    const state = index < here || stage === 'CLOSED' ? 'done' : index === here ? 'now' : 'ahead'
    // After a return the dates of the round before stand in the history, not in the steps ahead.
    return { stage: one, state, at: state === 'ahead' ? null : at[one] }
  })
}
