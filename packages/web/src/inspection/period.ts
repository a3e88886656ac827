import { addDays, today } from '../shared/days'

export type Span = 'MONTH' | 'QUARTER'

const monthStart = (year: number, month: number) => `${year + Math.floor(month / 12)}-${String((((month % 12) + 12) % 12) + 1).padStart(2, '0')}-01`

/** The first day of the month or quarter that many back from now. */
export function spanStart(span: Span, back: number): string {
  const [year, month] = [Number(today().slice(0, 4)), Number(today().slice(5, 7)) - 1]
  const months = span === 'MONTH' ? 1 : 3
  return monthStart(year, Math.floor(month / months) * months - back * months)
}
export function spanEnd(span: Span, from: string): string {
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7)) - 1]
  return addDays(monthStart(year, month + (span === 'MONTH' ? 1 : 3)), -1)
}
/** The last eight, the latest first. */
export const spans = (span: Span): string[] => Array.from({ length: 8 }, (_, back) => spanStart(span, back))
