import { addDays, type Day, type Instant, endOf, startOf } from '../shared/days.js'
import { SummaryKind } from './terms.js'

/** A month, `2026-07`, or a year, `2026`, by the calendar in Shanghai. */
export interface Period {
  kind: SummaryKind
  period: string
}
export interface Bounds {
  first: Day
  last: Day
  /** The same as instants, both inclusive. */
  from: Instant
  to: Instant
}

export const isPeriod = ({ kind, period }: Period): boolean => (kind === SummaryKind.MONTH ? /^\d{4}-(0[1-9]|1[0-2])$/.test(period) : /^\d{4}$/.test(period))

export function boundsOf({ kind, period }: Period): Bounds {
  const first = kind === SummaryKind.MONTH ? `${period}-01` : `${period}-01-01`
  const next = kind === SummaryKind.MONTH ? `${monthAfter(period)}-01` : `${Number(period) + 1}-01-01`
  const last = addDays(next, -1)
  return { first, last, from: startOf(first), to: endOf(last) }
}

export const monthAfter = (month: string): string => shifted(month, 1)
export const monthBefore = (month: string): string => shifted(month, -1)
const shifted = (month: string, by: number): string => {
  const [year, n] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, n - 1 + by, 1)).toISOString().slice(0, 7)
}

/** The period before it: what stands beside its figures. */
export const before = ({ kind, period }: Period): Period => ({ kind, period: kind === SummaryKind.MONTH ? monthBefore(period) : String(Number(period) - 1) })

/** 2026年7月, 2026年. */
export const periodText = ({ kind, period }: Period): string =>
  kind === SummaryKind.MONTH ? `${period.slice(0, 4)}年${Number(period.slice(5))}月` : `${period}年`
