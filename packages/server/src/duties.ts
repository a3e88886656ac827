import { RISK_DUTIES } from './risk/duties.js'
import { CHECK_DUTIES } from './inspection/duties.js'
import { DOSSIER_DUTIES } from './dossier/duties.js'
import { LETTER_DUTIES } from './letter/duties.js'
import { ASSESSMENT_DUTIES } from './assessment/duties.js'
import type { Duty } from './shared/duty.js'
import { VISIT_DUTIES } from './visit/duties.js'

/** Everything but the hazards' queues that may wait for somebody, in the order of the first page. */
export const DUTIES: readonly Duty[] = [...RISK_DUTIES, ...CHECK_DUTIES, ...VISIT_DUTIES]
import { SITE_DUTIES } from './site/siteDuties.js'

/** Everything but the hazards' queues that may wait for somebody, in the order of the first page. */
export const DUTIES: readonly Duty[] = [...SITE_DUTIES]
export const DUTIES: readonly Duty[] = [...DOSSIER_DUTIES]
export const DUTIES: readonly Duty[] = [...LETTER_DUTIES]
export const DUTIES: readonly Duty[] = [
  ...ASSESSMENT_DUTIES,
]
