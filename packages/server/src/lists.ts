import './statistics/dossierFigures.js'
import './statistics/hazardFigures.js'
import { ATTACHMENTS } from './attachment/attachment.resolver.js'
import { BOARD_LINKS } from './board/boardLink.resolver.js'
import { DIVISIONS } from './division/division.resolver.js'
import { STATIONS } from './division/station.resolver.js'
import { ACCIDENTS, ZERO_REPORTS } from './dossier/accident.resolver.js'
import { CERTIFICATES } from './dossier/certificate.resolver.js'
import { DOSSIER_DOCUMENTS } from './dossier/document.resolver.js'
import { DOSSIERS, EXPIRY_NOTICES } from './dossier/dossier.resolver.js'
import { DRILLS } from './dossier/drill.resolver.js'
import { EQUIPMENTS } from './dossier/equipment.resolver.js'
import { EXPORT_MAPPINGS, EXPORT_PACK_ROWS, EXPORT_PACKS, RECEIPT_LINES } from './dossier/pack.resolver.js'
import { DOSSIER_REQUIREMENTS } from './dossier/requirement.resolver.js'
import { TRAININGS } from './dossier/training.resolver.js'
import { ENTERPRISES } from './enterprise/enterprise.resolver.js'
import { POSTS, WORKSHOPS } from './enterprise/workshop.resolver.js'
import { EXTENSIONS, HAZARDS } from './hazard/hazard.resolver.js'
import { REMINDERS } from './hazard/reminder.resolver.js'
import { ACCOUNTS } from './person/account.resolver.js'
import { QUESTIONS, TOKENS } from './question/lists.js'
import type { ListField } from './shared/read/listField.js'
import { CRITERIA } from './standard/criterion.resolver.js'

/** Every list at the top of the graph. */
export const LISTS: readonly ListField[] = [
  ACCIDENTS,
  ACCOUNTS,
  ATTACHMENTS,
  BOARD_LINKS,
  CERTIFICATES,
  CRITERIA,
  DIVISIONS,
  DOSSIERS,
  DOSSIER_DOCUMENTS,
  DOSSIER_REQUIREMENTS,
  DRILLS,
  ENTERPRISES,
  EQUIPMENTS,
  EXPIRY_NOTICES,
  EXPORT_MAPPINGS,
  EXPORT_PACKS,
  EXPORT_PACK_ROWS,
  EXTENSIONS,
  HAZARDS,
  POSTS,
  QUESTIONS,
  RECEIPT_LINES,
  REMINDERS,
  STATIONS,
  TOKENS,
  TRAININGS,
  WORKSHOPS,
  ZERO_REPORTS,
] as readonly ListField[]
