import { addDays } from '../../shared/days.js'
import { type ReminderSource, textOf } from '../../shared/reminderSource.js'
import { ReminderKind } from '../reminder.entity.js'

/** A notice that is older was told when it was new, or the day's work has long caught up without it. */
const DAYS = 30

/** 证照资料到期 (60, 30, 7 days before and the day after): what the dossier has noticed goes into the one inbox. */
export const EXPIRING: ReminderSource = {
  kind: ReminderKind.EXPIRING,
  due: async (reader, day) => {
    const rows = await reader.all('select * from expiry_notice where day > ? and day <= ? order by id', [addDays(day, -DAYS), day])
    return rows.map((row) => ({
      ...{ record: String(row['record']), cause: `${String(row['expires_on'])} ${String(row['step'])}`, audience: row['audience'] as 'STATION' },
      ...{ text: String(row['text']), path: `/enterprises/${String(row['enterprise_id'])}?tab=dossier` },
      ...{ division: String(row['division']), station: textOf(row['station']), enterpriseId: String(row['enterprise_id']) },
    }))
  },
}
