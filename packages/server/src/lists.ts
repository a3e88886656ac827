import './statistics/hazardFigures.js'
import './statistics/letterFigures.js'
import { ATTACHMENTS } from './attachment/attachment.resolver.js'
import { BOARD_LINKS } from './board/boardLink.resolver.js'
import { DIVISIONS } from './division/division.resolver.js'
import { STATIONS } from './division/station.resolver.js'
import { ENTERPRISES } from './enterprise/enterprise.resolver.js'
import { POSTS, WORKSHOPS } from './enterprise/workshop.resolver.js'
import { EXTENSIONS, HAZARDS } from './hazard/hazard.resolver.js'
import { REMINDERS } from './hazard/reminder.resolver.js'
import { LETTER_COPIES, LETTERS } from './letter/letter.resolver.js'
import { ACCOUNTS } from './person/account.resolver.js'
import { QUESTIONS, TOKENS } from './question/lists.js'
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
  HAZARDS,
  LETTERS,
  LETTER_COPIES,
  POSTS,
  QUESTIONS,
  REMINDERS,
  STATIONS,
  TOKENS,
  WORKSHOPS,
] as readonly ListField[]
