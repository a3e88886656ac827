import type { Day } from '../shared/days.js'

/** The same day some months later or earlier; the 31st of a short month is its last day. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const first = year * 12 + (month - 1) + months
  const [y, m] = [Math.floor(first / 12), ((first % 12) + 12) % 12]
  const last = new Date(Date.UTC(y, m + 1, 0)).getUTCDate()
  return `${String(y).padStart(4, '0')}-${String(m + 1).padStart(2, '0')}-${String(Math.min(date, last)).padStart(2, '0')}`
}

/** The last day of `2026-03`, or of the year `2026`. */
export const lastDayOf = (period: string): Day => (period.length === 4 ? `${period}-12-31` : addMonths(`${period}-31`, 0))
