import { act, type Acting } from '../shared/act.js'
import { linkedId } from '../shared/datum.js'
import { addDays, type Day } from '../shared/days.js'
import { firmIds, lateVisitIds } from './firmIds.js'
import { FrequencyTable } from './frequency.entity.js'
import { type Planned, planVisits } from './planVisits.js'
import { VisitState } from './terms.js'
import { Visit } from './visit.entity.js'

const BATCH = 200

/** The daily job: what is late beyond its grace is missed, and every enterprise's visits are as the rules want from that day on. Run again, it changes nothing. */
export async function runPlan(acting: Acting, day: Day): Promise<Planned & { missed: number }> {
  const done = { added: 0, cancelled: 0, missed: await callMissed(acting, day) }
  const firms = await firmIds(acting.em, '')
  for (let i = 0; i < firms.length; i += BATCH) {
    const enterprises = firms.slice(i, i + BATCH)
    const batch = await act(acting, 'visitsPlan', (doing) => planVisits(doing, 'visitsPlan', { enterprises, day }, acting.now))
    done.added += batch.added
    done.cancelled += batch.cancelled
    acting.em.clear()
  }
  return done
}

async function callMissed(acting: Acting, day: Day): Promise<number> {
  const late = await lateVisitIds(acting.em, day)
  let missed = 0
  for (let i = 0; i < late.length; i += BATCH) {
    const ids = late.slice(i, i + BATCH)
    missed += await act(acting, 'visitsPlan', async ({ em }) => {
      const graces = new Map((await em.findAll(FrequencyTable)).map(({ id, graceDays }) => [id, graceDays]))
      const gone = (await em.find(Visit, { id: { $in: ids } }, { filters: false })).filter(
        ({ plannedTo, table }) => addDays(plannedTo, graces.get(linkedId(table) ?? '') ?? 0) < day,
      )
      for (const visit of gone) visit.state = VisitState.MISSED
      return gone.length
    })
    acting.em.clear()
  }
  return missed
}
