import type { Assessment } from './sheet'

export const STAGE_LOOK = { DRAFT: 'grey', SUBMITTED: 'blue', CHANGES_ASKED: 'orange', ACCEPTED: 'green' } as const satisfies Record<
  Assessment['stage'],
  string
>
