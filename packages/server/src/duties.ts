import { CAMPAIGN_DUTIES } from './campaign/duties.js'
import type { Duty } from './shared/duty.js'
import { ASSESSMENT_DUTIES } from './assessment/duties.js'
import { LISTS_BEHIND, NORMS_TO_PUBLISH } from './checklist/duties.js'
import { CHECK_DUTIES } from './inspection/duties.js'
import { DOUBT_DUTIES } from './doubt/duties.js'
import { DOSSIER_DUTIES } from './dossier/duties.js'
import { LETTER_DUTIES } from './letter/duties.js'
import { PUBLIC_DUTIES } from './public/duties.js'
import { REPORT_DUTIES } from './report/duties.js'
import { RISK_DUTIES } from './risk/duties.js'
import { SITE_DUTIES } from './site/siteDuties.js'
import { VISIT_DUTIES } from './visit/duties.js'

/** Everything but the hazards' queues that may wait for somebody, in the order of the first page. */
export const DUTIES: readonly Duty[] = [
  ...PUBLIC_DUTIES,
  ...CHECK_DUTIES,
  LISTS_BEHIND,
  NORMS_TO_PUBLISH,
  ...RISK_DUTIES,
  ...VISIT_DUTIES,
  ...SITE_DUTIES,
  ...LETTER_DUTIES,
  ...ASSESSMENT_DUTIES,
  ...DOSSIER_DUTIES,
  ...CAMPAIGN_DUTIES,
  ...DOUBT_DUTIES,
  ...REPORT_DUTIES,
]
