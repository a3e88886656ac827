import { act, type Acting } from '../shared/act.js'
import { type Day, daysBetween, endOf } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'
import { Hazard } from './hazard.entity.js'
import { reminderOf } from './remind.js'
import { Reminder, ReminderKind } from '../remind/reminder.entity.js'
import { hazardRules, type HazardRules } from './rules.js'
import { Escalation, HazardStage, OPEN_STAGES } from './terms.js'

const CLIMB = Object.values(Escalation)
const STEP: Record<Exclude<Escalation, Escalation.NONE>, { kind: ReminderKind; audiences: string[]; words: (hazard: Hazard, late: number) => string }> = {
  REMINDED: {
    kind: ReminderKind.DUE_SOON,
    audiences: ['ENTERPRISE'],
    words: (h, late) => `${h.number} ${h.extensions ? '延期后' : ''}还有 ${-late} 天到期（${h.dueOn}）`,
  },
  OVERDUE: { kind: ReminderKind.OVERDUE, audiences: ['ENTERPRISE', 'STATION'], words: (h, late) => `${h.number} 已逾期 ${late} 天` },
  STATION_LEADER: { kind: ReminderKind.STATION_LEADER, audiences: ['STATION'], words: (h, late) => `${h.number} 逾期 ${late} 天，请站所负责人督办` },
  TOWN_RED_LIST: { kind: ReminderKind.TOWN_RED_LIST, audiences: ['TOWN_OFFICE', 'STATION'], words: (h, late) => `${h.number} 逾期 ${late} 天，报镇安办督办` },
  TRANSFER_PROPOSED: {
    kind: ReminderKind.TRANSFER_PROPOSED,
    audiences: ['TOWN_OFFICE', 'STATION'],
    words: (h, late) => (late > 0 ? `${h.number} 逾期 ${late} 天，建议移送` : `${h.number} 复查多次不合格，建议移送`),
  },
}

/** Where a hazard stands on the ladder on a day (domain.md §4.6); pure. */
export function escalationOn(hazard: Pick<Hazard, 'stage' | 'dueOn' | 'returns'>, day: Day, rules: HazardRules): Escalation {
  if (!OPEN_STAGES.includes(hazard.stage) || hazard.stage === HazardStage.DRAFT) return Escalation.NONE
  if (hazard.returns >= rules.returnsTransfer) return Escalation.TRANSFER_PROPOSED
  if (!hazard.dueOn) return Escalation.NONE
  const late = daysBetween(hazard.dueOn, day)
  if (late >= rules.overdueTransfer) return Escalation.TRANSFER_PROPOSED
  if (late >= rules.overdueTown) return Escalation.TOWN_RED_LIST
  if (late >= rules.overdueStationLeader) return Escalation.STATION_LEADER
  if (late > 0) return Escalation.OVERDUE
  return late >= -rules.dueSoonDays ? Escalation.REMINDED : Escalation.NONE
}

const BATCH = 200

/**
 * The daily job: every open hazard climbs to where it belongs on `day` and whoever must know is reminded, once per
 * deadline. Run for a day that is past or again, it gives the same; a job that did not run for days makes up for them.
 */
export async function escalate(acting: Acting, reader: Reader, day: Day): Promise<{ moved: number; reminders: number }> {
  const open = OPEN_STAGES.filter((stage) => stage !== HazardStage.DRAFT)
  const rows = await reader.all(`select id from hazard where stage in (${open.map(() => '?').join(', ')}) order by id`, open)
  const at = new Date(Math.min(Date.parse(endOf(day)), acting.now.getTime()))
  const done = { moved: 0, reminders: 0 }
  for (let i = 0; i < rows.length; i += BATCH) {
    const ids = rows.slice(i, i + BATCH).map((row) => row['id'] as string)
    const batch = await act(acting, 'escalate', async ({ em }) => {
      const rules = await hazardRules(em)
      const hazards = await em.find(Hazard, { id: { $in: ids } })
      const known = new Set((await em.find(Reminder, { record: { $in: ids } })).map(keyOf))
      let moved = 0
      let reminders = 0
      for (const hazard of hazards) {
        const was = hazard.escalation
        const written = climb(hazard, day, at, rules, known)
        em.persist(written)
        reminders += written.length
        if (hazard.escalation !== was) moved++
      }
      return { moved, reminders }
    })
    done.moved += batch.moved
    done.reminders += batch.reminders
    acting.em.clear()
  }
  return done
}

/** Moves a hazard to where it belongs on a day and gives the reminders that follow, but for those that are known already. */
export function climb(hazard: Hazard, day: Day, at: Date, rules: HazardRules, known: ReadonlySet<string>): Reminder[] {
  const to = escalationOn(hazard, day, rules)
  const reminders: Reminder[] = []
  for (const level of CLIMB.slice(1, CLIMB.indexOf(to) + 1) as (keyof typeof STEP)[]) {
    // A hazard that is already late is no longer reminded of its coming deadline.
    if (level === Escalation.REMINDED && to !== Escalation.REMINDED) continue
    const { kind, audiences, words } = STEP[level]
    const cause = hazard.dueOn ?? `returns-${hazard.returns}`
    const late = hazard.dueOn ? daysBetween(hazard.dueOn, day) : 0
    for (const audience of audiences)
      if (!known.has(key(hazard.id, kind, cause, audience))) reminders.push(reminderOf(hazard, kind, audience, cause, words(hazard, late), at))
  }
  hazard.escalation = to
  return reminders
}

export const keyOf = (reminder: Reminder): string => key(reminder.record, reminder.kind, reminder.cause, reminder.audience)
const key = (...parts: string[]) => parts.join('|')
