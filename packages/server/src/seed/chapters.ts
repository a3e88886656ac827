import type { SqlEntityManager } from '@mikro-orm/sql'
import { letters } from './letters.js'
import { ASSESSMENTS } from './assessments.js'
import type { ThingClass } from '../shared/datum.js'
import { CAMPAIGN } from './campaign.js'
import { CHECKLISTS } from './checklists.js'
import { INSPECTIONS } from './inspections.js'
import { DOSSIERS } from './dossiers.js'
import type { World } from './life.js'
import type { Accounts } from './people.js'
import { POLICIES } from './policies.js'
import { REMINDERS } from './reminders.js'
import { MONTHS } from './months.js'
import { RISKS } from './risks.js'
import type { Firm } from './settle.js'
import { DOUBT_MONTHS } from './doubts.js'
import { PUBLIC_YEAR } from './publicReports.js'
import { VISITS } from './visits.js'
import { SITE_YEAR } from './siteYear.js'

/** What a chapter of the demo town's year is told with: its records go into the chronicle of the world, with their past. */
export interface Told {
  world: World
  firms: readonly Firm[]
  accounts: Accounts
  /** For what is counted by the store's own formulas. */
  em: SqlEntityManager
  /** When the office began to use the program, and now. */
  began: Date
  now: Date
}

/** One domain's part of the demo: the things it makes, in the order in which they are inserted, and how their year went. */
export interface Chapter {
  things: readonly ThingClass[]
  tell(told: Told): void | Promise<void>
  /** What follows from records that are in their tables, such as an index of words. */
  finish?(em: SqlEntityManager): Promise<void>
}

/** Told one after the other, after the enterprises, their workshops and the year of hazards. */
export const CHAPTERS: readonly Chapter[] = [
  ...[CHECKLISTS, RISKS, INSPECTIONS, VISITS, SITE_YEAR, letters, ASSESSMENTS, PUBLIC_YEAR, DOUBT_MONTHS, DOSSIERS, CAMPAIGN, POLICIES],
  // Last: the months count what the others have told, and reminders tell of it.
  ...[MONTHS, REMINDERS],
]
