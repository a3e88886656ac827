import { addDays, type Day, monthOf } from '../../shared/days.js'
import type { Reader } from '../../shared/read/reader.js'
import { type Due, type ReminderSource, textOf } from '../../shared/reminderSource.js'
import { ReminderKind } from '../reminder.entity.js'

/** Days that a job which did not run makes up for. */
const BACK = 3
const LOOK = 30
const PATH = '/check-tasks?queue=MISSED'
const MISSED = `from check_task t join enterprise e on e.id = t.enterprise_id where t.outcome = 'OPEN' and e.closed_on is null`
const WHO = 't.enterprise_id as enterprise, e.name as name, e.division as division, e.station as station'

/** 漏检: the enterprise the next morning, once for all of a day; the station once a month of those that miss again and again. */
export const MISSED_CHECKS: ReminderSource = {
  kind: ReminderKind.CHECK_MISSED,
  due: async (reader, day, rules) => [...(await ofYesterday(reader, day)), ...(await again(reader, day, rules['missedTimes']!))],
}

async function ofYesterday(reader: Pick<Reader, 'all'>, day: Day): Promise<Due[]> {
  const rows = await reader.all(
    `select ${WHO}, t.due_on as due_on, count(*) as n ${MISSED} and t.due_on >= ? and t.due_on < ? group by t.enterprise_id, e.name, e.division, e.station, t.due_on
    order by t.due_on, t.enterprise_id`,
    [addDays(day, -BACK), day],
  )
  return rows.map((row) => ({
    ...place(row),
    ...{ cause: String(row['due_on']), audience: 'ENTERPRISE', text: `${String(row['due_on'])} 有 ${Number(row['n'])} 项检查没有做，请补做` },
  }))
}

async function again(reader: Pick<Reader, 'all'>, day: Day, times: number): Promise<Due[]> {
  const rows = await reader.all(
    `select ${WHO}, count(*) as n ${MISSED} and t.due_on >= ? and t.due_on < ? group by t.enterprise_id, e.name, e.division, e.station having count(*) >= ? order by t.enterprise_id`,
    [addDays(day, -LOOK), day, times],
  )
  return rows.map((row) => ({
    ...place(row),
    ...{ cause: monthOf(day), audience: row['station'] ? 'STATION' : 'TOWN_OFFICE' },
    text: `${String(row['name'])}：近 ${LOOK} 天漏检 ${Number(row['n'])} 次`,
  }))
}

const place = (row: Record<string, unknown>) => ({
  ...{
    record: String(row['enterprise']),
    path: PATH,
    division: String(row['division']),
    station: textOf(row['station']),
    enterpriseId: String(row['enterprise']),
  },
})
