import './statistics/hazardFigures.js'
import './statistics/riskFigures.js'
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
import { FLOOR_AREAS, FLOOR_MARKS, FLOOR_PLANS } from './risk/floorPlan.resolver.js'
import { RISK_MEASURES } from './risk/measure.resolver.js'
import { RISK_PRESETS } from './risk/preset.resolver.js'
import { HAZARD_RISKS } from './risk/riskHazard.resolver.js'
import { RISK_POINTS } from './risk/riskPoint.resolver.js'
import { RISK_STANDINGS } from './risk/standing.resolver.js'
import type { ListField } from './shared/read/listField.js'
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
  FLOOR_AREAS,
  FLOOR_MARKS,
  FLOOR_PLANS,
  HAZARDS,
  HAZARD_RISKS,
  POSTS,
  QUESTIONS,
  REMINDERS,
  RISK_MEASURES,
  RISK_POINTS,
  RISK_PRESETS,
  RISK_STANDINGS,
  STATIONS,
  TOKENS,
  WORKSHOPS,
] as readonly ListField[]
