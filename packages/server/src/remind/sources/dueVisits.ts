import { CODE_LENGTH } from '../../division/division.entity.js'
import type { Role } from '../../shared/context.js'
import { addDays } from '../../shared/days.js'
import { type Due, type ReminderSource } from '../../shared/reminderSource.js'
import { ReminderKind } from '../reminder.entity.js'

const BACK = 3

/** 计划检查到期: for each office and last day one reminder that adds them up, some days before and once when the day has passed. */
export const DUE_VISITS: ReminderSource = {
  kind: ReminderKind.VISIT_DUE,
  due: async (reader, day, rules) => {
    const rows = await reader.all(
      `select v.owner as owner, v.division as division, v.station as station, v.planned_to as planned_to, count(*) as n from visit v join enterprise e on e.id = v.enterprise_id
      where v.state = 'PLANNED' and v.planned_to >= ? and v.planned_to <= ? and e.closed_on is null
      group by v.owner, v.division, v.station, v.planned_to order by v.planned_to, v.owner, v.division, v.station`,
      [addDays(day, -BACK), addDays(day, rules['visitSoonDays']!)],
    )
    const offices = new Map<string, { office: Omit<Due, 'cause' | 'text' | 'path'>; to: string; n: number }>()
    for (const row of rows) {
      const office = officeOf(row['owner'] as Role, String(row['division']), row['station'] as string | null)
      if (!office) continue
      const key = `${office.record} ${String(row['planned_to'])}`
      const sum = offices.get(key) ?? { office, to: String(row['planned_to']), n: 0 }
      sum.n += Number(row['n'])
      offices.set(key, sum)
    }
    return [...offices.values()].map(({ office, to, n }) => ({
      ...office,
      cause: `${to} ${to < day ? 'late' : 'soon'}`,
      text: to < day ? `${n} 家企业的计划检查已过 ${to}，还没有做` : `${n} 家企业的计划检查须在 ${to} 前完成`,
      path: `/visits?queue=${to < day ? 'OVERDUE' : 'THIS_WEEK'}`,
    }))
  },
}

/** Whose plan it is: a village's own, the station's in its town, the town office's. */
function officeOf(owner: Role, division: string, station: string | null): Omit<Due, 'cause' | 'text' | 'path'> | undefined {
  const town = division.slice(0, CODE_LENGTH.TOWN)
  if (owner === 'VILLAGE') return { record: division, audience: owner, division }
  if (owner === 'TOWN_OFFICE') return { record: town, audience: owner, division: town }
  return owner === 'STATION' && station ? { record: `${town} ${station}`.slice(0, 40), audience: owner, division: town, station } : undefined
}
