/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`: the same string in the table, the graph and the form. */
export type Day = string
/** An instant in UTC, `2026-11-23T01:02:03.004Z`: sorts as text on both engines. */
export type Instant = string

const SHANGHAI_MS = 8 * 3_600_000 // UTC+8 all year, no daylight saving (domain.md §9.4)
const DAY_MS = 86_400_000

export const instant = (at: Date): Instant => at.toISOString()

export const dayOf = (at: Date | Instant): Day => new Date(new Date(at).getTime() + SHANGHAI_MS).toISOString().slice(0, 10)

export const addDays = (day: Day, days: number): Day => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

/** Whole days from `a` to `b`; negative when `b` lies before `a`. */
export const daysBetween = (a: Day, b: Day): number => Math.round((Date.parse(b) - Date.parse(a)) / DAY_MS)

export const monthOf = (day: Day): string => day.slice(0, 7)

/** The first instant of a day in Shanghai. */
export const startOf = (day: Day): Instant => new Date(Date.parse(day) - SHANGHAI_MS).toISOString()

/** The last instant of a day: a deadline is inclusive and ends 23:59:59 Asia/Shanghai (domain.md §4.4). */
export const endOf = (day: Day): Instant => new Date(Date.parse(day) - SHANGHAI_MS + DAY_MS - 1).toISOString()

/** True for a day that exists: 2023-02-30 does not. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text
}
