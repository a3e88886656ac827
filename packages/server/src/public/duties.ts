import type { SignedIn } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import type { Duty } from '../shared/duty.js'
import { count } from '../shared/read/list.js'
import { PublicReport } from './publicReport.entity.js'
import { WAITING } from './terms.js'

const waits = { stage: { in: [...WAITING] } }
const waiting = (context: SignedIn) => count(PublicReport, context, waits)
const late = (context: SignedIn) => count(PublicReport, context, { ...waits, triageDueOn: { lt: dayOf(context.now) } })

export const PUBLIC_DUTIES: readonly Duty[] = [
  { key: 'public.duty.toTriage', roles: ['TOWN_OFFICE', 'STATION', 'VILLAGE'], to: '/public-reports?waiting=1', count: waiting },
  { key: 'public.duty.late', roles: ['TOWN_OFFICE', 'STATION'], to: '/public-reports?waiting=1&late=1', alarming: true, count: late },
]
