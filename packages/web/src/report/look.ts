import type { SummaryStanding, SummaryState } from '../gql/report/graphql'

export const STANDING_LOOK = { COMING: 'grey', ON_TIME: 'green', LATE: 'orange', MISSING: 'red', RETURNED: 'violet' } as const satisfies Record<
  SummaryStanding,
  string
>
export const STATE_LOOK = { DRAFT: 'grey', SUBMITTED: 'blue', RETURNED: 'violet', ACCEPTED: 'green' } as const satisfies Record<SummaryState, string>

/** Shares and means have one decimal; a zero denominator stands as —. */
export const shownLine = (value: number | null | undefined, key: string): string =>
  value == null ? '—' : /(Rate|Average)$/.test(key) ? value.toFixed(1) : String(value)

export const fileOf = (id: string, format: 'pdf' | 'docx') => `/summaries/${id}.${format}`
