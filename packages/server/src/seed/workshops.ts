import { ref } from '@mikro-orm/core'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { demoWorkshops } from './content.js'
import { plain } from './plain.js'
import { someone } from './people.js'
import { Random } from './random.js'
import type { Firm } from './settle.js'
import type { Chronicle } from './chronicle.js'

const DAY = 86_400_000

/** One to three workshops with two to five posts in every enterprise, as its trade has them; entered by its principal. */
export function furnish(chronicle: Chronicle, firms: readonly Firm[]): void {
  const plans = demoWorkshops()
  const random = new Random('anbiao workshops')
  for (const { enterprise, crew } of firms) {
    const plan = plans[enterprise.trade ?? ''] ?? []
    const staff = enterprise.staffCount ?? 0
    const many = Math.min(plan.length, staff < 10 ? 1 : staff < 40 ? 2 : 3)
    // The workshop whose head and worker have accounts stands first.
    const own = crew.workshop?.workshop
    const chosen = [...plan].sort(([a], [b]) => Number(b === own) - Number(a === own)).slice(0, many)
    const at = new Date(Date.parse(`${enterprise.enteredOn}T02:00:00.000Z`) + 3 * DAY)
    const past = { by: crew.principal.asActor(), at }
    const place = { enterprise: ref(enterprise), division: enterprise.division, ...(enterprise.station ? { station: enterprise.station } : {}) }
    for (const [name, posts] of chosen) {
      const unit = Object.assign(new (plain(Workshop))(), { id: random.id(at.getTime()), name, headName: someone(random), ...place })
      chronicle.add(unit, { act: 'workshopAdd', ...past })
      for (const post of posts)
        chronicle.add(
          Object.assign(new (plain(Post))(), {
            ...{ id: random.id(at.getTime()), name: post, ...place, unit: ref(unit), workshop: name },
            headcount: random.whole(1, Math.max(1, Math.min(12, Math.floor(staff / 6)))),
          }),
          { act: 'postAdd', ...past },
        )
    }
  }
}
