import { RISK_DUTIES } from './risk/duties.js'
import { CHECK_DUTIES } from './inspection/duties.js'
import { LISTS_BEHIND, NORMS_TO_PUBLISH } from './checklist/duties.js'
import type { Duty } from './shared/duty.js'
import { VISIT_DUTIES } from './visit/duties.js'

/** Everything but the hazards' queues that may wait for somebody, in the order of the first page. */
export const DUTIES: readonly Duty[] = [LISTS_BEHIND, NORMS_TO_PUBLISH, ...CHECK_DUTIES, ...RISK_DUTIES, ...VISIT_DUTIES]
