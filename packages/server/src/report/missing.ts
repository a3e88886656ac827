import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Day } from '../shared/days.js'
import { run } from '../shared/run.js'
import type { SummaryKind, SummaryLevel } from './terms.js'

export interface MissingSummary {
  id: string
  level: SummaryLevel
  kind: SummaryKind
  period: string
  division: string
  station: string | null
  unitName: string
  dueOn: Day
}

/** For reminders: what is due by a day (`ahead` of it counts as soon due) and has never been reported, the oldest first. */
export const missingSummaries = (em: SqlEntityManager, day: Day): Promise<MissingSummary[]> =>
  run(
    em,
    `select id, level, kind, period, division, station, unit_name as "unitName", due_on as "dueOn" from summary
      where first_submitted_at is null and due_on <= ? order by due_on, division, unit`,
    [day],
  )
