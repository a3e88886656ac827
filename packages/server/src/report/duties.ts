import type { SignedIn } from '../shared/context.js'
import { addDays, dayOf } from '../shared/days.js'
import type { Duty } from '../shared/duty.js'
import { count } from '../shared/read/list.js'
import type { Where } from '../shared/read/where.js'
import { reportRules } from './rules.js'
import { Summary } from './summary.entity.js'

const OPEN: Where = { state: { in: ['DRAFT', 'RETURNED'] } }
const own = (level: string, late: boolean) => async (context: SignedIn) => {
  const today = dayOf(context.now)
  const { remindDays } = await reportRules(context.em)
  const when = late ? { dueOn: { lt: today } } : { dueOn: { gte: today, lte: addDays(today, remindDays) } }
  return count(Summary, context, { and: [OPEN, { level: { eq: level } }, when] } as Where)
}
const counting = (where: Where) => (context: SignedIn) => count(Summary, context, where)
const BELOW = { level: { in: ['STATION', 'VILLAGE'] } }

const ofUnit = (role: 'STATION' | 'VILLAGE' | 'TOWN_OFFICE', level: string): Duty[] => [
  { key: 'report.duty.due', roles: [role], to: `/summaries?level=${level}&open=1`, count: own(level, false) },
  { key: 'report.duty.late', roles: [role], to: `/summaries?level=${level}&open=1`, alarming: true, count: own(level, true) },
]

/** What waits with summaries: one's own, and those of the level below. */
export const REPORT_DUTIES: readonly Duty[] = [
  ...ofUnit('STATION', 'STATION'),
  ...ofUnit('VILLAGE', 'VILLAGE'),
  ...ofUnit('TOWN_OFFICE', 'TOWN'),
  {
    ...{ key: 'report.duty.toAccept', roles: ['TOWN_OFFICE'], to: '/summaries?state=SUBMITTED' },
    count: counting({ ...BELOW, state: { eq: 'SUBMITTED' } }),
  },
  {
    ...{ key: 'report.duty.toAccept', roles: ['COUNTY'], to: '/summaries?state=SUBMITTED' },
    count: counting({ level: { eq: 'TOWN' }, state: { eq: 'SUBMITTED' } }),
  },
  {
    ...{ key: 'report.duty.missing', roles: ['TOWN_OFFICE'], to: '/summaries?chase=1', alarming: true },
    count: (context) => count(Summary, context, { ...BELOW, firstSubmittedAt: { isNull: true }, dueOn: { lt: dayOf(context.now) } } as Where),
  },
]
