import type { Role } from '../../shared/context.js'
import { addDays } from '../../shared/days.js'
import { type Due, type ReminderSource, textOf } from '../../shared/reminderSource.js'
import { ReminderKind } from '../reminder.entity.js'

const AUDIENCE: Record<string, Role> = { STATION: 'STATION', VILLAGE: 'VILLAGE', TOWN: 'TOWN_OFFICE' }
const periodName = (period: string): string => (period.length === 7 ? `${period.slice(0, 4)}年${Number(period.slice(5))}月` : `${period}年度`)

/**
 * 工作总结未报: some days before the last of the month and the day after it to whoever owes it; the town office hears once of
 * each period whose stations and villages are late, by name (domain.md §7.7).
 */
export const MISSING_SUMMARIES: ReminderSource = {
  kind: ReminderKind.REPORT_MISSING,
  due: async (reader, day, rules) => {
    const rows = await reader.all(
      `select id, level, period, division, station, unit_name as unit_name, due_on as due_on from summary
      where first_submitted_at is null and due_on <= ? order by period, due_on, division, unit`,
      [addDays(day, rules['summaryDays']!)],
    )
    const own = rows.map((row): Due => {
      const dueOn = String(row['due_on'])
      const late = dueOn < day
      return {
        ...{ record: String(row['id']), cause: late ? 'late' : 'soon', audience: AUDIENCE[String(row['level'])]!, path: `/summaries/${String(row['id'])}` },
        text: `${periodName(String(row['period']))}工作总结${late ? `已过 ${dueOn}，逾期未报` : `应在 ${dueOn} 前报送`}`,
        ...{ division: String(row['division']), station: textOf(row['station']) },
      }
    })
    return [...own, ...chased(rows.filter((row) => row['level'] !== 'TOWN' && String(row['due_on']) < day))]
  },
}

/** One for each town and period: who below has not reported. */
function chased(late: readonly Record<string, unknown>[]): Due[] {
  const byTown = Map.groupBy(late, (row) => `${String(row['division']).slice(0, 9)} ${String(row['period'])}`)
  return [...byTown].map(([key, rows]) => {
    const [town, period] = key.split(' ') as [string, string]
    const names = rows.map((row) => String(row['unit_name']))
    return {
      ...{ record: key, cause: 'below', audience: 'TOWN_OFFICE', path: `/summaries?chase=1&period=${period}`, division: town },
      text: `${periodName(period)}工作总结有 ${names.length} 个单位逾期未报：${names.slice(0, 5).join('、')}${names.length > 5 ? '等' : ''}`,
    }
  })
}
