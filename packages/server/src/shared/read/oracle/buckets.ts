import type { Row, Value } from './world.js'

/** Hours ahead of UTC; none of these has had summer time in the years of the ledger. */
const AHEAD: Record<string, number> = { SHANGHAI: 8, URUMQI: 6, HONG_KONG: 8, MACAU: 8, TAIPEI: 8, UTC: 0 }
const DAY = 86_400_000
const two = (n: number) => String(n).padStart(2, '0')

/** The span of time a day or an instant falls into; a day is a day in every zone. */
export function bucketOf(value: Value, by: string, zone: string, phases: Row[]): string | null {
  if (typeof value !== 'string') return null
  const isDay = value.length === 10
  const local = new Date(Date.parse(value) + (isDay ? 0 : AHEAD[zone]! * 3_600_000))
  return by === 'PHASE' ? phaseOf(local.toISOString().slice(0, 10), phases) : nameOf(local, by)
}

/** Of two phases at once the one that began later, of two that began together the one with the higher number. */
function phaseOf(day: string, phases: Row[]): string | null {
  const now = phases.filter((phase) => String(phase['startsOn']) <= day && String(phase['endsOn']) >= day)
  const rank = (phase: Row) => `${String(phase['startsOn'])} ${String(phase['position']).padStart(4, '0')}`
  const [last] = now.sort((a, b) => (rank(a) < rank(b) ? 1 : -1))
  return last ? `${String(last['startsOn']).slice(0, 4)}-P${String(last['position'])} ${String(last['name'])}` : null
}

function nameOf(at: Date, by: string): string {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()]
  switch (by) {
    case 'HOUR':
      return `${year}-${two(month)}-${two(day)}T${two(at.getUTCHours())}`
    case 'DAY':
      return `${year}-${two(month)}-${two(day)}`
    case 'WEEK':
      return weekOf(at)
    case 'MONTH':
      return `${year}-${two(month)}`
    case 'QUARTER':
      return `${year}-Q${Math.ceil(month / 3)}`
    case 'YEAR':
      return String(year)
    case 'WEEKDAY':
      return String(at.getUTCDay() || 7)
    default:
      throw new Error(`the oracle knows no ${by}`)
  }
}

/** ISO: a week belongs to the year of its Thursday, and week 1 is the one with the first Thursday. */
function weekOf(at: Date): string {
  const midnight = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate())
  const thursday = new Date(midnight + (4 - (at.getUTCDay() || 7)) * DAY)
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  return `${thursday.getUTCFullYear()}-W${two(1 + Math.floor((thursday.getTime() - first) / DAY / 7))}`
}

/** Every span from one to another, both included, found by walking the hours between. */
export function spansBetween(low: string, high: string, by: string): string[] {
  if (by === 'WEEKDAY') return ['1', '2', '3', '4', '5', '6', '7'].filter((day) => day >= low && day <= high)
  const met = new Set<string>()
  const step = by === 'HOUR' ? 3_600_000 : DAY
  for (let at = startOf(low); ; at += step) {
    const span = nameOf(new Date(at), by)
    if (span > high) return [...met]
    if (span >= low) met.add(span)
  }
}

/** Some moment at or before the span. */
const startOf = (span: string): number => {
  if (span.includes('T')) return Date.parse(`${span}:00:00Z`)
  return Date.parse(`${span.slice(0, 4)}-01-01T00:00:00Z`) - 7 * DAY
}
