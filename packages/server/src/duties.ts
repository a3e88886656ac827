import type { Duty } from './shared/duty.js'
import { CHECK_DUTIES } from './inspection/duties.js'
import { LISTS_BEHIND, NORMS_TO_PUBLISH } from './checklist/duties.js'

/** Everything but the hazards' queues that may wait for somebody, in the order of the first page. */
export const DUTIES: readonly Duty[] = [...CHECK_DUTIES, LISTS_BEHIND, NORMS_TO_PUBLISH]
