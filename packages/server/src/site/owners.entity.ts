import type { ThingClass } from '../shared/datum.js'
import { FiveSScore } from './fiveSAudit.entity.js'
import { PostEvidence } from './postStanding.entity.js'
import { RiskNotice } from './riskNotice.entity.js'
import { Sign, SignTask } from './sign.entity.js'
import { SixHavesCheck } from './sixHaves.entity.js'
import { Violation } from './violation.entity.js'

/** What photos and papers of the site belong to. */
export const SITE_OWNERS: readonly ThingClass[] = [FiveSScore, PostEvidence, RiskNotice, Sign, SignTask, SixHavesCheck, Violation]
