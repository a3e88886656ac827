import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Actor } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import { linkedId } from '../shared/datum.js'
import type { Hazard } from './hazard.entity.js'
import { Reminder, ReminderKind } from '../remind/reminder.entity.js'

/** A reminder to one role about one hazard; `cause` makes it unique, so that a second run writes nothing. */
export function reminderOf(hazard: Hazard, kind: ReminderKind, audience: string, cause: string, text: string, at: Date): Reminder {
  const reminder = new Reminder()
  reminder.hazard = ref(hazard)
  reminder.record = hazard.id
  reminder.path = `/hazards/${hazard.id}`
  reminder.kind = kind
  reminder.audience = audience
  reminder.cause = cause
  reminder.text = text
  reminder.day = dayOf(at)
  reminder.createdAt = instant(at)
  reminder.division = hazard.division
  if (hazard.station) reminder.station = hazard.station
  reminder.enterpriseId = linkedId(hazard.enterprise)!
  return reminder
}

/** A major hazard is told the same day to station, town office and principal (domain.md §4.6). */
export const remindersOfMajor = (hazard: Hazard, at: Date): Reminder[] =>
  ['STATION', 'TOWN_OFFICE', 'ENTERPRISE'].map((audience) =>
    reminderOf(hazard, ReminderKind.MAJOR_FOUND, audience, instant(at), `发现重大隐患 ${hazard.number}：${hazard.place}`, at),
  )

export const remindOfMajor = (em: SqlEntityManager, hazard: Hazard, at: Date): void => void em.persist(remindersOfMajor(hazard, at))

/** 催办: reaches the enterprise; said again as often as somebody says it. */
export function urging(hazard: Hazard, by: Actor, at: Date, text: string | undefined): Reminder {
  const due = hazard.dueOn ? `，期限 ${hazard.dueOn}` : ''
  return reminderOf(hazard, ReminderKind.URGED, 'ENTERPRISE', `${instant(at)}`, text?.trim() || `请抓紧整改 ${hazard.number}${due}（催办：${unitOf(by)}）`, at)
}

export const urge = (em: SqlEntityManager, hazard: Hazard, by: Actor, at: Date, text: string | undefined): void => void em.persist(urging(hazard, by, at, text))

const unitOf = (by: Actor) => ({ TOWN_OFFICE: '镇安办', STATION: '行业主管站所', VILLAGE: '村' })[by.role as string] ?? '企业安全管理员'
