import './inspection/checkFigures.js'
import './statistics/checklistFigures.js'
import './statistics/hazardFigures.js'
import { ATTACHMENTS } from './attachment/attachment.resolver.js'
import { BOARD_LINKS } from './board/boardLink.resolver.js'
import { CHECKLIST_ITEMS, CHECKLIST_UPGRADES, CHECKLISTS } from './checklist/checklist.resolver.js'
import { TEMPLATE_ITEMS, TEMPLATES } from './checklist/template.resolver.js'
import { DIVISIONS } from './division/division.resolver.js'
import { STATIONS } from './division/station.resolver.js'
import { ENTERPRISES } from './enterprise/enterprise.resolver.js'
import { POSTS, WORKSHOPS } from './enterprise/workshop.resolver.js'
import { EXTENSIONS, HAZARDS } from './hazard/hazard.resolver.js'
import { REMINDERS } from './hazard/reminder.resolver.js'
import { ACCOUNTS } from './person/account.resolver.js'
import { QUESTIONS, TOKENS } from './question/lists.js'
import { CALENDAR_DAYS, CALENDARS } from './inspection/calendar.resolver.js'
import { CHECK_RESULTS, CHECK_TASKS, CHECKS, CLEARANCES, SIGNATURES } from './inspection/lists.js'
import { ROUTINES, STOPPAGES } from './inspection/routine.resolver.js'
import { POST_CARDS } from './card/cardOffice.resolver.js'
import type { ListField } from './shared/read/listField.js'
import { CODE_ITEMS, CODE_LISTS } from './standard/codeList.resolver.js'
import { CRITERIA } from './standard/criterion.resolver.js'
import { NORMS } from './standard/norm.resolver.js'

/** Every list at the top of the graph. */
export const LISTS: readonly ListField[] = [
  ACCOUNTS,
  ATTACHMENTS,
  BOARD_LINKS,
  CALENDAR_DAYS,
  CALENDARS,
  CHECK_RESULTS,
  CHECK_TASKS,
  CHECKS,
  CLEARANCES,
  CHECKLIST_ITEMS,
  CHECKLIST_UPGRADES,
  CHECKLISTS,
  CODE_ITEMS,
  CODE_LISTS,
  CRITERIA,
  DIVISIONS,
  ENTERPRISES,
  EXTENSIONS,
  HAZARDS,
  POSTS,
  POST_CARDS,
  NORMS,
  QUESTIONS,
  REMINDERS,
  ROUTINES,
  SIGNATURES,
  STATIONS,
  STOPPAGES,
  TEMPLATE_ITEMS,
  TEMPLATES,
  TOKENS,
  WORKSHOPS,
] as readonly ListField[]
