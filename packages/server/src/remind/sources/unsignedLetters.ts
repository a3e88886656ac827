import { kindName, type LetterKind } from '../../letter/terms.js'
import { addDays, daysBetween } from '../../shared/days.js'
import type { Role } from '../../shared/context.js'
import { type ReminderSource, textOf } from '../../shared/reminderSource.js'
import { ReminderKind } from '../reminder.entity.js'

/** 文书未签收: after so many days the enterprise and whoever issued it, after twice as many the town office too. */
export const UNSIGNED_LETTERS: ReminderSource = {
  kind: ReminderKind.LETTER_UNSIGNED,
  due: async (reader, day, rules) => {
    const wait = rules['letterSignDays']!
    const rows = await reader.all(
      `select l.id as id, l.kind as kind, l.number as number, l.issued_on as issued_on, l.division as division, l.station as station, l.enterprise_id as enterprise, e.name as name
      from letter l join enterprise e on e.id = l.enterprise_id where l.stage = 'ISSUED' and l.issued_on <= ? and e.closed_on is null order by l.id`,
      [addDays(day, -wait)],
    )
    return rows.flatMap((row) => {
      const days = daysBetween(String(row['issued_on']), day)
      const station = textOf(row['station'])
      const late = days >= 2 * wait
      const audiences = new Set<Role>(['ENTERPRISE', station ? 'STATION' : 'TOWN_OFFICE', ...(late ? (['TOWN_OFFICE'] as const) : [])])
      return [...audiences].map((audience) => ({
        ...{ record: String(row['id']), cause: late ? 'again' : 'first', audience, path: `/letters/${String(row['id'])}` },
        text: `${audience === 'ENTERPRISE' ? '' : `${String(row['name'])}：`}${kindName(row['kind'] as LetterKind)} ${String(row['number'])} 签发后 ${days} 天仍未签收`,
        ...{ division: String(row['division']), station, enterpriseId: String(row['enterprise']) },
      }))
    })
  },
}
