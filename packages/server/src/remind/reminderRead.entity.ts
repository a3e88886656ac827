import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { Id, Link, Thing } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Reminder } from './reminder.entity.js'

/** 已读: that one person has read one reminder. */
@Thing('提醒已读', { table: 'reminder_read', scope: 'closed', shown: false })
@Unique({ properties: ['person', 'reminder'] })
export class ReminderRead extends Recorded {
  @Link('提醒', () => Reminder, { shown: false }) reminder!: Ref<Reminder>
  @Id('账号', { shown: false, index: false }) person!: string
}
