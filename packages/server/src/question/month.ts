import { addDays, type Day, endOf, monthOf } from '../shared/days.js'

export interface Month {
  month: string
  from: Day
  to: Day
}

/** The month that ended before a day. */
export function monthBefore(today: Day): Month {
  const to = addDays(`${monthOf(today)}-01`, -1)
  return { month: monthOf(to), from: `${monthOf(to)}-01`, to }
}

/** The month so many months before one, 2026-11 and 24: 2024-11. */
export function monthsBack(month: string, many: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const count = year * 12 + number - 1 - many
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** What a question may ask the calendar for, by the names of its variables. */
export const monthVariables = ({ month, from, to }: Month): Record<string, unknown> => ({ month, from, to, asOf: endOf(to) })
