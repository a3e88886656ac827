import type { SummaryStanding, SummaryState } from '../gql/report/graphql'

export const STANDING_LOOK = { COMING: 'grey', ON_TIME: 'green', LATE: 'orange', MISSING: 'red', RETURNED: 'violet' } as const satisfies Record<
  SummaryStanding,
  string
>
export const STATE_LOOK = { DRAFT: 'grey', SUBMITTED: 'blue', RETURNED: 'violet', ACCEPTED: 'green' } as const satisfies Record<SummaryState, string>

/** A zero denominator stands as —. */
export const shownLine = (value: number | null | undefined, unit: string): string =>
  value == null ? '—' : unit === '%' || unit === '分' ? value.toFixed(1) : String(value)

export const fileOf = (id: string, format: 'pdf' | 'docx') => `/summaries/${id}.${format}`
