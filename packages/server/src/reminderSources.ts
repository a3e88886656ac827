import { DUE_VISITS } from './remind/sources/dueVisits.js'
import { EXPIRING } from './remind/sources/expiring.js'
import { MISSING_SUMMARIES } from './remind/sources/missingSummaries.js'
import { MISSED_CHECKS } from './remind/sources/missedChecks.js'
import { UNSIGNED_LETTERS } from './remind/sources/unsignedLetters.js'
import { WAITING_EXTENSIONS } from './remind/sources/waitingExtensions.js'
import type { ReminderSource } from './shared/reminderSource.js'

/** Everything but the hazards' ladder that somebody is told of day by day; a domain adds its own file and one line here. */
export const REMINDER_SOURCES: readonly ReminderSource[] = [EXPIRING, MISSED_CHECKS, UNSIGNED_LETTERS, WAITING_EXTENSIONS, DUE_VISITS, MISSING_SUMMARIES]
