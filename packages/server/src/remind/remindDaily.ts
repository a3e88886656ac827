import { Hazard } from '../hazard/hazard.entity.js'
import { escalate } from '../hazard/escalate.js'
import { hazardRules } from '../hazard/rules.js'
import { act, type Acting } from '../shared/act.js'
import { type Day, endOf, instant } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'
import type { Due, ReminderSource } from '../shared/reminderSource.js'
import { sumUp } from './digest.js'
import { Reminder, type ReminderKind } from './reminder.entity.js'

export interface Reminded {
  /** Hazards that climbed. */
  moved: number
  reminders: number
  digests: number
}

const BATCH = 200

/**
 * 每日提醒: the ladder of the late hazards, then every other source, then one digest for each person. Run for a day again it
 * writes nothing; run late it makes up for the days it did not run.
 */
export async function remindDaily(acting: () => Acting, reader: Reader, day: Day, sources: readonly ReminderSource[]): Promise<Reminded> {
  const done = await escalate(acting(), reader, day)
  let reminders = done.reminders
  const rules = await hazardRules(acting().em)
  for (const { kind, due } of sources) {
    const all = await due(reader, day, rules)
    for (let i = 0; i < all.length; i += BATCH) reminders += await tell(acting(), kind as ReminderKind, all.slice(i, i + BATCH), day)
  }
  return { moved: done.moved, reminders, digests: await sumUp(acting, reader, day) }
}

function tell(doing: Acting, kind: ReminderKind, all: readonly Due[], day: Day): Promise<number> {
  const at = new Date(Math.min(Date.parse(endOf(day)), doing.now.getTime()))
  return act(doing, 'remind', async ({ em }) => {
    const known = new Set((await em.find(Reminder, { kind, record: { $in: all.map(({ record }) => record) } })).map(keyOf))
    const fresh = all.filter((one) => !known.has(keyOf(one)) && known.add(keyOf(one)))
    for (const { hazard, ...facts } of fresh)
      em.persist(
        Object.assign(new Reminder(), {
          ...{ ...facts, kind, day, createdAt: instant(at) },
          ...(hazard ? { hazard: em.getReference(Hazard, hazard, { wrapped: true }) } : {}),
        }),
      )
    return fresh.length
  })
}

export const keyOf = ({ record, cause, audience }: Pick<Due, 'record' | 'cause'> & { audience: string }) => [record, cause, audience].join('|')
