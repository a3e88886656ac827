import { dayOf, daysBetween, type Day } from '../../shared/days.js'
import type { Role } from '../../shared/context.js'
import { type ReminderSource, textOf } from '../../shared/reminderSource.js'
import { ReminderKind } from '../reminder.entity.js'

const INSIDE = ['ENTERPRISE', 'WORKSHOP', 'POST']

/** 延期待批: the answer is due within some days (domain.md §4.4) and before the deadline itself has passed; told to whoever decides. */
export const WAITING_EXTENSIONS: ReminderSource = {
  kind: ReminderKind.EXTENSION_WAITING,
  due: async (reader, day, rules) => {
    const rows = await reader.all(
      `select x.id as id, x.created_at as asked, h.id as hazard, h.number as number, h.due_on as due_on, h.severity as severity, h.found_by_role as found_by_role, h.division as division,
      h.station as station, h.enterprise_id as enterprise from extension x join hazard h on h.id = x.hazard_id
      where x.decision = 'PENDING' and h.stage in ('NOTIFIED', 'RECTIFYING') order by x.id`,
    )
    return rows.flatMap((row) => {
      const waited = daysBetween(dayOf(String(row['asked'])), day)
      const step = stepOf(waited, String(row['due_on']), day, rules['extensionAnswerDays']!)
      if (!step) return []
      const text = `${String(row['number'])} 的延期申请${step === 'late' ? `已等 ${waited} 天，应在 ${rules['extensionAnswerDays']} 天内答复` : '请尽快答复'}（期限 ${String(row['due_on'])}）`
      return [
        {
          ...{
            record: String(row['id']),
            cause: step,
            audience: deciderOf(row),
            text,
            path: `/hazards/${String(row['hazard'])}`,
            hazard: String(row['hazard']),
          },
          ...{ division: String(row['division']), station: textOf(row['station']), enterpriseId: String(row['enterprise']) },
        },
      ]
    })
  },
}

/** Two days before the answer is due, or on the last day of the deadline; and once it is late. */
function stepOf(waited: number, dueOn: Day, day: Day, answerIn: number): 'soon' | 'late' | undefined {
  if (waited >= answerIn) return 'late'
  return waited >= answerIn - 2 || dueOn <= day ? 'soon' : undefined
}

/** As hazard/rights.ts says who decides. */
function deciderOf(row: Record<string, unknown>): Role {
  if (row['severity'] === 'MAJOR') return 'TOWN_OFFICE'
  if (INSIDE.includes(String(row['found_by_role']))) return 'ENTERPRISE'
  return row['found_by_role'] === 'TOWN_OFFICE' || !row['station'] ? 'TOWN_OFFICE' : 'STATION'
}
