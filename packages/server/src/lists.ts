import './statistics/checklistFigures.js'
import './inspection/checkFigures.js'
import './site/siteFigures.js'
import './statistics/dossierFigures.js'
import './statistics/riskFigures.js'
import './statistics/visitFigures.js'
import './statistics/letterFigures.js'
import './assessment/figures.js'
import './statistics/hazardFigures.js'
import './campaign/figures.js'
import './statistics/campaignEvidence.js'
import './public/publicFigures.js'
import './doubt/doubtFigures.js'
import { ASSESSMENT_LISTS } from './assessment/lists.js'
import { ATTACHMENTS } from './attachment/attachment.resolver.js'
import { BOARD_LINKS } from './board/boardLink.resolver.js'
import { BOARD_MAPS } from './board/boardMap.resolver.js'
import { CAMPAIGN_LISTS } from './campaign/lists.js'
import { CHECKLIST_ITEMS, CHECKLIST_UPGRADES, CHECKLISTS } from './checklist/checklist.resolver.js'
import { TEMPLATE_ITEMS, TEMPLATES } from './checklist/template.resolver.js'
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
import { DOUBT_SAMPLES, DOUBTS } from './doubt/doubt.resolver.js'
import { ENTERPRISES } from './enterprise/enterprise.resolver.js'
import { POSTS, WORKSHOPS } from './enterprise/workshop.resolver.js'
import { EXTENSIONS, HAZARDS } from './hazard/hazard.resolver.js'
import { LETTER_COPIES, LETTERS } from './letter/letter.resolver.js'
import { ACCOUNTS } from './person/account.resolver.js'
import { PUBLIC_REPORTS } from './public/publicReport.resolver.js'
import { QUESTIONS, TOKENS } from './question/lists.js'
import { CALENDAR_DAYS, CALENDARS } from './inspection/calendar.resolver.js'
import { CHECK_RESULTS, CHECK_TASKS, CHECKS, CLEARANCES, SIGNATURES } from './inspection/lists.js'
import { ROUTINES, STOPPAGES } from './inspection/routine.resolver.js'
import { POST_CARDS } from './card/cardOffice.resolver.js'
import { DELEGATIONS } from './remind/delegation.resolver.js'
import { REMINDER_DIGESTS } from './remind/digestList.js'
import { DELIVERIES, DELIVERY_TRIES, HOOKS } from './remind/hook.resolver.js'
import { REMINDERS } from './remind/inbox.resolver.js'
import { CHOSEN_PRACTICES, SUMMARIES, SUMMARY_CHASES, SUMMARY_CORRECTIONS, SUMMARY_TARGETS } from './report/summary.resolver.js'
import { FLOOR_AREAS, FLOOR_MARKS, FLOOR_PLANS } from './risk/floorPlan.resolver.js'
import { RISK_MEASURES } from './risk/measure.resolver.js'
import { RISK_PRESETS } from './risk/preset.resolver.js'
import { HAZARD_RISKS } from './risk/riskHazard.resolver.js'
import { RISK_POINTS } from './risk/riskPoint.resolver.js'
import { RISK_STANDINGS } from './risk/standing.resolver.js'
import type { ListField } from './shared/read/listField.js'
import { CODE_ITEMS, CODE_LISTS } from './standard/codeList.resolver.js'
import { FIVE_S_AUDITS, FIVE_S_DIMENSION_SCORES, FIVE_S_SCORES } from './site/fiveSAudit.resolver.js'
import { FIVE_S_DIMENSIONS, FIVE_S_ITEMS, FIVE_S_STANDARDS } from './site/fiveSStandard.resolver.js'
import { POST_EVIDENCES, POST_REQUIREMENTS, POST_STANDINGS, SITE_STANDINGS } from './site/postStanding.resolver.js'
import { RISK_NOTICES } from './site/riskNotice.resolver.js'
import { SIGNS } from './site/sign.resolver.js'
import { SIGN_TASKS } from './site/signTask.resolver.js'
import { SIX_HAVES_CHECKS, SIX_HAVES_COUNTS } from './site/sixHaves.resolver.js'
import { VIOLATIONS } from './site/violation.resolver.js'
import { CRITERIA } from './standard/criterion.resolver.js'
import { NORMS } from './standard/norm.resolver.js'
import { FREQUENCY_RULES, FREQUENCY_TABLES } from './visit/frequency.resolver.js'
import { VISIT_EXCEPTIONS, VISITS } from './visit/visit.resolver.js'

/** Every list at the top of the graph. */
export const LISTS: readonly ListField[] = [
  ACCIDENTS,
  ACCOUNTS,
  ...ASSESSMENT_LISTS,
  ATTACHMENTS,
  BOARD_LINKS,
  BOARD_MAPS,
  ...CAMPAIGN_LISTS,
  CHECKLIST_ITEMS,
  CHECKLIST_UPGRADES,
  CHECKLISTS,
  CODE_ITEMS,
  CODE_LISTS,
  CALENDAR_DAYS,
  CALENDARS,
  CHECK_RESULTS,
  CHECK_TASKS,
  CHECKS,
  CLEARANCES,
  CERTIFICATES,
  CHOSEN_PRACTICES,
  CRITERIA,
  DIVISIONS,
  DOSSIERS,
  DOSSIER_DOCUMENTS,
  DOSSIER_REQUIREMENTS,
  DOUBTS,
  DOUBT_SAMPLES,
  DRILLS,
  ENTERPRISES,
  EQUIPMENTS,
  EXPIRY_NOTICES,
  EXPORT_MAPPINGS,
  EXPORT_PACKS,
  EXPORT_PACK_ROWS,
  EXTENSIONS,
  FLOOR_AREAS,
  FLOOR_MARKS,
  FLOOR_PLANS,
  FREQUENCY_RULES,
  FREQUENCY_TABLES,
  FIVE_S_AUDITS,
  FIVE_S_DIMENSIONS,
  FIVE_S_ITEMS,
  FIVE_S_DIMENSION_SCORES,
  FIVE_S_SCORES,
  FIVE_S_STANDARDS,
  HAZARDS,
  HAZARD_RISKS,
  LETTERS,
  LETTER_COPIES,
  POSTS,
  NORMS,
  POST_CARDS,
  PUBLIC_REPORTS,
  QUESTIONS,
  RECEIPT_LINES,
  REMINDERS,
  REMINDER_DIGESTS,
  DELEGATIONS,
  HOOKS,
  DELIVERIES,
  DELIVERY_TRIES,
  ROUTINES,
  SIGNATURES,
  RISK_MEASURES,
  RISK_POINTS,
  RISK_PRESETS,
  RISK_STANDINGS,
  POST_EVIDENCES,
  POST_REQUIREMENTS,
  POST_STANDINGS,
  RISK_NOTICES,
  SIGNS,
  SIGN_TASKS,
  SITE_STANDINGS,
  SIX_HAVES_CHECKS,
  SIX_HAVES_COUNTS,
  STATIONS,
  SUMMARIES,
  SUMMARY_CHASES,
  SUMMARY_CORRECTIONS,
  SUMMARY_TARGETS,
  TEMPLATE_ITEMS,
  TEMPLATES,
  STOPPAGES,
  TOKENS,
  VISITS,
  VISIT_EXCEPTIONS,
  VIOLATIONS,
  TRAININGS,
  WORKSHOPS,
  ZERO_REPORTS,
] as readonly ListField[]
