import type { CampaignPageQuery } from '../gql/campaign/graphql'

export type PhaseShown = CampaignPageQuery['campaignProgress']['phases'][number]
export type TaskShown = PhaseShown['tasks'][number]
export const STAGE_LOOK = { DRAFT: 'grey', RUNNING: 'blue', CLOSED: 'green' } as const
export const UNIT_LOOK = { SERVED: 'green', EXEMPTED: 'violet', MISSING: 'orange' } as const
export const EXEMPTION_LOOK = { ASKED: 'orange', GRANTED: 'violet', REFUSED: 'grey', WITHDRAWN: 'grey' } as const
export const NOMINATION_LOOK = { DRAFT: 'grey', SUBMITTED: 'orange', ACCEPTED: 'green', RETURNED: 'red' } as const
