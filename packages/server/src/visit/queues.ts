import type { Actor } from '../shared/context.js'
import { addDays, type Day } from '../shared/days.js'
import { both, FALSE, raw, sql, type Sql } from '../shared/read/sql.js'
import { VisitQueue } from './terms.js'

/** The Sunday of the week that a day lies in. */
export const weekEnd = (day: Day): Day => addDays(day, (7 - new Date(`${day}T00:00:00Z`).getUTCDay()) % 7)

/** Whose visits a role looks after; who only reads has no to-dos. */
function mine(by: Actor): Sql {
  switch (by.role) {
    case 'TOWN_OFFICE':
      return sql`t.owner = 'TOWN_OFFICE'`
    case 'STATION':
      return sql`t.owner = 'STATION'`
    case 'VILLAGE':
      return sql`t.owner = 'VILLAGE'`
    default:
      return FALSE
  }
}

/** The condition of a queue on alias `t`, beside the reader's scope. */
export function visitQueueSql(queue: VisitQueue, by: Actor, today: Day): Sql {
  const open = both(mine(by), raw(`t.state = 'PLANNED'`))
  return queue === VisitQueue.OVERDUE
    ? both(open, sql`t.planned_to < ${today}`)
    : both(open, sql`t.planned_from <= ${weekEnd(today)} and t.planned_to >= ${today}`)
}
