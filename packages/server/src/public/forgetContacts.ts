import { type Acting, act } from '../shared/act.js'
import { addDays, type Day, endOf } from '../shared/days.js'
import { PublicContact } from './publicContact.entity.js'
import { publicRules } from './rules.js'
import { OVER } from './terms.js'

const BATCH = 200

/** The daily job: what is not needed any more is not kept (domain.md §9.5). Run again, it finds nothing. */
export async function forgetContacts(acting: Acting, day: Day): Promise<number> {
  const { contactDays } = await publicRules(acting.em)
  const before = endOf(addDays(day, -contactDays))
  let forgotten = 0
  for (;;) {
    const batch = await act(acting, 'publicContactForget', async ({ em }) => {
      const over = { closedAt: { $lte: before }, stage: { $in: [...OVER] } }
      const contacts = await em.find(PublicContact, { report: over }, { filters: false, populate: ['report'], orderBy: { id: 'asc' }, limit: BATCH })
      for (const { report } of contacts) report.unwrap().contactKept = false
      em.remove(contacts)
      return contacts.length
    })
    acting.em.clear()
    forgotten += batch
    if (batch < BATCH) return forgotten
  }
}
