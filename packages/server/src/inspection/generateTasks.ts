import { act, type Acting } from '../shared/act.js'
import type { Day } from '../shared/days.js'
import { Checklist } from '../checklist/checklist.entity.js'
import { linkedId } from '../shared/datum.js'
import { planTasks, type Planned } from './planTasks.js'

/** Small enough that people's acts get their turn in between. */
const BATCH = 25

/** The daily job: the checks that are due on a day, of every enterprise with lists. Run for a day that is past or again, it gives the same. */
export async function generateTasks(acting: Acting, day: Day): Promise<Planned> {
  const lists = await acting.em.find(Checklist, { startsOn: { $lte: day } }, { fields: ['enterprise'], filters: false, disableIdentityMap: true })
  const enterprises = [...new Set(lists.map((list) => linkedId(list.enterprise)!))].sort()
  acting.em.clear()
  const done: Planned = { made: 0, changed: 0 }
  for (let i = 0; i < enterprises.length; i += BATCH) {
    const batch = await act(acting, 'checkTasksPlan', (doing) => planTasks(doing, 'checkTasksPlan', enterprises.slice(i, i + BATCH), day, acting.now))
    done.made += batch.made
    done.changed += batch.changed
    acting.em.clear()
  }
  return done
}
