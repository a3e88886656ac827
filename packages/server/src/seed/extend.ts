import { ref } from '@mikro-orm/core'
import { Extension, ExtensionDecision } from '../hazard/extension.entity.js'
import { linkedId } from '../shared/datum.js'
import { type Day, daysBetween, instant } from '../shared/days.js'
import type { Course } from './course.js'
import type { Life } from './life.js'
import { EXTENDED, EXTENSION_OPINION } from './words.js'
import { plain } from './plain.js'

/** Asks for a later deadline and, where the course says so, has it decided; false when a moment has not come yet. */
export function askExtension(life: Life, wish: NonNullable<Course['extension']>, on: (ago: number) => Day): boolean {
  const { hazard, cast, world } = life
  const { chronicle, random, rules } = world
  const by = cast.fixer(hazard)
  const extension = new (plain(Extension))()
  const day = on(wish.asked) > life.day ? on(wish.asked) : life.day
  if (daysBetween(day, hazard.dueOn!) < 2) return true // too late to ask
  const reason = random.pick(EXTENDED)
  const asked = life.beside(
    'extensionAsk',
    day,
    by,
    (past) => {
      const to = on(wish.to)
      hazard.askExtension(by, past.at, rules, to)
      Object.assign(extension, {
        id: random.id(past.at.getTime()),
        hazard: ref(hazard),
        reason,
        fromDueOn: hazard.dueOn,
        toDueOn: to,
        requestedBy: by.id,
        division: hazard.division,
        enterpriseId: linkedId(hazard.enterprise),
      })
      if (hazard.station) extension.station = hazard.station
      chronicle.add(extension, past)
    },
    reason,
  )
  if (!asked || wish.decided === undefined) return asked
  const decider = cast.decider(hazard)
  const opinion = EXTENSION_OPINION[`${wish.approved}`]
  return life.beside(
    'extensionDecide',
    on(wish.decided),
    decider,
    (past) => {
      chronicle.change(extension, past, () => {
        Object.assign(extension, {
          decision: wish.approved ? ExtensionDecision.APPROVED : ExtensionDecision.REFUSED,
          decidedBy: decider.id,
          decidedAt: instant(past.at),
          opinion,
        })
      })
      if (wish.approved) chronicle.change(hazard, past, () => hazard.extend(decider, extension.toDueOn))
    },
    opinion,
  )
}
