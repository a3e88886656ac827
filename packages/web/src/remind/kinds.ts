import type { ReminderKind } from '../gql/remind/graphql'

type Look = 'grey' | 'blue' | 'violet' | 'orange' | 'teal' | 'green' | 'red'

export const KIND_LOOK = {
  MAJOR_FOUND: 'red',
  DUE_SOON: 'orange',
  OVERDUE: 'red',
  STATION_LEADER: 'red',
  TOWN_RED_LIST: 'red',
  TRANSFER_PROPOSED: 'red',
  URGED: 'orange',
  EXPIRING: 'orange',
  CHECK_MISSED: 'violet',
  REPORT_MISSING: 'violet',
  LETTER_UNSIGNED: 'blue',
  EXTENSION_WAITING: 'orange',
  VISIT_DUE: 'blue',
  STANDING_IN: 'teal',
} satisfies Record<ReminderKind, Look>

export const KINDS = Object.keys(KIND_LOOK) as ReminderKind[]
