import type { ListField } from '../shared/read/listField.js'
import { sql } from '../shared/read/sql.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { ReminderDigest } from './digest.entity.js'

export const REMINDER_DIGESTS: ListField = {
  name: 'reminderDigests',
  target: ReminderDigest,
  description: '我的每日汇总',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'day', dir: 'DESC' }],
  also: ({ actor }) => sql`t.person = ${actor.id}`,
}
