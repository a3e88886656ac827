import { ReminderKind } from './reminder.entity.js'

const { MAJOR_FOUND, DUE_SOON, OVERDUE, STATION_LEADER, TOWN_RED_LIST, TRANSFER_PROPOSED, URGED, REPORT_MISSING, EXTENSION_WAITING, STANDING_IN } = ReminderKind

/**
 * What a duty rests on, the ladder of a hazard (domain.md §4.6), the answer to an extension (§4.4), the month's summary (the
 * plan), and standing in for somebody, cannot be switched off; of the rest everybody may ask not to be told.
 */
const DUTIES: readonly ReminderKind[] = [
  ...[MAJOR_FOUND, DUE_SOON, OVERDUE, STATION_LEADER, TOWN_RED_LIST, TRANSFER_PROPOSED, URGED],
  ...[REPORT_MISSING, EXTENSION_WAITING, STANDING_IN],
]
export const isDuty = (kind: ReminderKind): boolean => DUTIES.includes(kind)
