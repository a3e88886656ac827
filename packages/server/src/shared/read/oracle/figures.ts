import { percentOf } from './measures.js'
import type { Row } from './world.js'

const DAY = 86_400_000
const shanghaiDay = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10)

/** The figures that this file can tell; those of other domains have tests of their own, by hand-written counts. */
export const tellsFigure = (thing: string, name: string): boolean => (TOLD[thing] ?? []).includes(name)
const TOLD: Record<string, string[]> = {
  Hazard: [
    ...['found', 'closed', 'open', 'overdue', 'transferred', 'majorFound', 'majorClosed', 'majorOpen', 'averageDays', 'medianDays'],
    ...['rectificationRate', 'onTimeRate', 'firstDeadlineRate', 'firstPassRate', 'majorCloseRate', 'fiveFixingsRate'],
  ],
  Enterprise: ['inScope', 'noticesDelivered', 'noticeRate', 'commitmentsSigned', 'commitmentRate'],
}

/** The figures of domain.md §8, row by row: those of hazards, and those of enterprises where the rows are such. */
export function figuresOf(rows: Row[], today: string): Record<string, number | null> {
  const counted = rows.filter((row) => !['DRAFT', 'VOID', 'TRANSFERRED'].includes(String(row['stage'])))
  const closed = counted.filter((row) => row['stage'] === 'CLOSED')
  const open = counted.filter((row) => row['stage'] !== 'CLOSED')
  const major = (some: Row[]) => some.filter((row) => row['severity'] === 'MAJOR').length
  // The day of a deadline still belongs to it.
  const due = (deadline: string) => counted.filter((row) => row[deadline] !== null && row[deadline]! < today)
  const inTime = (deadline: string) =>
    due(deadline).filter((row) => row['stage'] === 'CLOSED' && row['closedAt'] !== null && shanghaiDay(String(row['closedAt'])) <= row[deadline]!)
  const spans = closed
    .filter((row) => row['registeredAt'] !== null && row['closedAt'] !== null)
    .map((row) => Date.parse(String(row['closedAt'])) - Date.parse(String(row['registeredAt'])))
    .sort((a, b) => a - b)
  const middle = [spans[(spans.length - 1) >> 1]!, spans[spans.length >> 1]!]
  return {
    found: counted.length,
    closed: closed.length,
    open: open.length,
    overdue: open.filter((row) => row['dueOn'] !== null && row['dueOn']! < today).length,
    transferred: rows.filter((row) => row['stage'] === 'TRANSFERRED').length,
    majorFound: major(counted),
    majorClosed: major(closed),
    majorOpen: major(open),
    rectificationRate: percentOf(closed.length, counted.length),
    onTimeRate: percentOf(inTime('dueOn').length, due('dueOn').length),
    firstDeadlineRate: percentOf(inTime('originalDueOn').length, due('originalDueOn').length),
    firstPassRate: percentOf(closed.filter((row) => row['returns'] === 0).length, closed.length),
    majorCloseRate: percentOf(major(closed), major(counted)),
    fiveFixingsRate: percentOf(major(counted.filter((row) => row['fixingsAt'] !== null)), major(counted)),
    averageDays: days(spans, spans.length),
    medianDays: days(middle, spans.length && 2),
    ...ofEnterprises(rows, today),
  }
}

/** Enterprise by enterprise: the random town has sent no letters, so nobody has one, and nobody in business is no rate. */
function ofEnterprises(rows: Row[], today: string): Record<string, number | null> {
  const inScope = rows.filter((row) => row['enteredOn'] != null && (row['closedOn'] == null || row['closedOn'] > today)).length
  const none = percentOf(0, inScope)
  return { inScope, noticesDelivered: 0, noticeRate: none, commitmentsSigned: 0, commitmentRate: none }
}

/** The mean of spans in days, one decimal, half up, in whole milliseconds: (2·10·sum + n·DAY) ÷ (2·n·DAY), rounded down. */
function days(spans: number[], n: number): number | null {
  if (!n) return null
  const top = BigInt(spans.reduce((sum, span) => sum + span, 0)) * 20n + BigInt(n) * BigInt(DAY)
  const bottom = 2n * BigInt(n) * BigInt(DAY)
  const rest = top % bottom
  return Number((top - (rest < 0n ? rest + bottom : rest)) / bottom) / 10
}
