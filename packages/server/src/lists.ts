import './site/siteFigures.js'
import './statistics/hazardFigures.js'
import { ATTACHMENTS } from './attachment/attachment.resolver.js'
import { BOARD_LINKS } from './board/boardLink.resolver.js'
import { DIVISIONS } from './division/division.resolver.js'
import { STATIONS } from './division/station.resolver.js'
import { ENTERPRISES } from './enterprise/enterprise.resolver.js'
import { POSTS, WORKSHOPS } from './enterprise/workshop.resolver.js'
import { EXTENSIONS, HAZARDS } from './hazard/hazard.resolver.js'
import { REMINDERS } from './hazard/reminder.resolver.js'
import { ACCOUNTS } from './person/account.resolver.js'
import { QUESTIONS, TOKENS } from './question/lists.js'
import type { ListField } from './shared/read/listField.js'
import { FIVE_S_AUDITS, FIVE_S_DIMENSION_SCORES, FIVE_S_SCORES } from './site/fiveSAudit.resolver.js'
import { FIVE_S_DIMENSIONS, FIVE_S_ITEMS, FIVE_S_STANDARDS } from './site/fiveSStandard.resolver.js'
import { POST_EVIDENCES, POST_REQUIREMENTS, POST_STANDINGS, SITE_STANDINGS } from './site/postStanding.resolver.js'
import { RISK_NOTICES } from './site/riskNotice.resolver.js'
import { SIGNS } from './site/sign.resolver.js'
import { SIGN_TASKS } from './site/signTask.resolver.js'
import { SIX_HAVES_CHECKS, SIX_HAVES_COUNTS } from './site/sixHaves.resolver.js'
import { VIOLATIONS } from './site/violation.resolver.js'
import { CRITERIA } from './standard/criterion.resolver.js'

/** Every list at the top of the graph. */
export const LISTS: readonly ListField[] = [
  ACCOUNTS,
  ATTACHMENTS,
  BOARD_LINKS,
  CRITERIA,
  DIVISIONS,
  ENTERPRISES,
  EXTENSIONS,
  FIVE_S_AUDITS,
  FIVE_S_DIMENSIONS,
  FIVE_S_ITEMS,
  FIVE_S_DIMENSION_SCORES,
  FIVE_S_SCORES,
  FIVE_S_STANDARDS,
  HAZARDS,
  POSTS,
  POST_EVIDENCES,
  POST_REQUIREMENTS,
  POST_STANDINGS,
  QUESTIONS,
  REMINDERS,
  RISK_NOTICES,
  SIGNS,
  SIGN_TASKS,
  SITE_STANDINGS,
  SIX_HAVES_CHECKS,
  SIX_HAVES_COUNTS,
  STATIONS,
  TOKENS,
  VIOLATIONS,
  WORKSHOPS,
] as readonly ListField[]
