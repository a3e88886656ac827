import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { CalendarDay, WorkCalendar } from '../inspection/calendar.entity.js'
import { nationalCalendars } from '../inspection/nationalCalendar.js'
import { CalendarMark } from '../inspection/terms.js'
import type { Recorded } from '../shared/recorded.entity.js'
import { Random } from './random.js'

/** The public holidays as shipped, for the years of which the store has no calendar yet; the office checks and revises them. */
export async function missingCalendars(em: SqlEntityManager, createdAt: string): Promise<Recorded[]> {
  const known = new Set((await em.findAll(WorkCalendar)).map(({ year }) => year))
  const at = Date.parse(createdAt)
  return nationalCalendars()
    .filter(({ year }) => !known.has(year))
    .flatMap(({ year, title, basis, days }): Recorded[] => {
      const random = new Random(`calendar ${year}`)
      const calendar = Object.assign(new WorkCalendar(), { id: random.id(at), year, edition: 1, title, basis, shipped: true, createdAt })
      return [
        calendar,
        ...days.map(({ day, mark, name }) =>
          Object.assign(new CalendarDay(), { id: random.id(at), calendar: ref(calendar), day, mark: CalendarMark[mark], name, createdAt }),
        ),
      ]
    })
}
