import { meanDays, medianDays, share } from './arithmetic.js'
import { dayIn, none, type Past, type Told } from './replay.js'

/** 隐患统计 counted by hand (domain.md §8): hazards as the log tells them. */
const OUT = ['DRAFT', 'VOID', 'TRANSFERRED']
export const found = (one: Told): boolean => !OUT.includes(String(one['stage']))
export const closed = (one: Told): boolean => one['stage'] === 'CLOSED'
export const open = (one: Told): boolean => found(one) && !closed(one)
export const major = (one: Told): boolean => one['severity'] === 'MAJOR'
const before = (day: unknown, today: string): boolean => !none(day) && String(day) < today
export const overdue = (one: Told, today: string): boolean => open(one) && before(one['dueOn'], today)
const inTime = (one: Told, deadline: string, today: string): boolean =>
  closed(one) && before(one[deadline], today) && dayIn(one['closedAt']) <= String(one[deadline])
const many = (rows: readonly Told[], is: (one: Told) => boolean): number => rows.filter(is).length
const spans = (rows: readonly Told[]): number[] =>
  rows.filter((one) => closed(one) && !none(one['registeredAt'])).map((one) => Date.parse(String(one['closedAt'])) - Date.parse(String(one['registeredAt'])))

export function hazardFigures(rows: readonly Told[], today: string) {
  const n = (is: (one: Told) => boolean) => many(rows, is)
  const rate = (deadline: string) =>
    share(
      n((one) => inTime(one, deadline, today)),
      n((one) => found(one) && before(one[deadline], today)),
    )
  const [all, done] = [n(found), n(closed)]
  const [majors, majorsDone] = [n((one) => found(one) && major(one)), n((one) => closed(one) && major(one))]
  return {
    ...{ found: all, closed: done, open: n(open), overdue: n((one) => overdue(one, today)), transferred: n((one) => one['stage'] === 'TRANSFERRED') },
    ...{ majorFound: majors, majorClosed: majorsDone, majorOpen: n((one) => open(one) && major(one)) },
    ...{ rectificationRate: share(done, all), onTimeRate: rate('dueOn'), firstDeadlineRate: rate('originalDueOn') },
    firstPassRate: share(
      n((one) => closed(one) && one['returns'] === 0),
      done,
    ),
    ...{ majorCloseRate: share(majorsDone, majors), averageDays: meanDays(spans(rows)), medianDays: medianDays(spans(rows)) },
  }
}
export type HazardFigures = ReturnType<typeof hazardFigures>

/** What a row stands under, for every way of splitting. */
export function keyOf(split: string, row: Told, past: Past, firm = past.one('Enterprise', row['enterprise'])): string {
  switch (split) {
    case 'TOWN':
      return String(row['division']).slice(0, 9)
    case 'VILLAGE':
      return String(row['division'])
    case 'STATION':
      return String(row['station'] ?? '')
    case 'TRADE':
      return String(firm?.['trade'] ?? '')
    case 'MONTH':
      return String(row['foundOn']).slice(0, 7)
    default:
      return ''
  }
}

/** 逐月: found in the month of discovery, closed in that of closing. */
export function hazardFlow(rows: readonly Told[], from: string, to: string) {
  const months = new Map<string, { found: number; closed: number }>()
  const count = (day: string, what: 'found' | 'closed') => {
    if (day < from || day > to) return
    const month = months.get(day.slice(0, 7)) ?? { found: 0, closed: 0 }
    months.set(day.slice(0, 7), month)
    month[what]++
  }
  for (const one of rows) {
    if (found(one)) count(String(one['foundOn']), 'found')
    if (closed(one)) count(dayIn(one['closedAt']), 'closed')
  }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, n]) => ({ month, ...n }))
}
