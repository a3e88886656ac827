import { Unique } from '@mikro-orm/decorators/legacy'
import { Day, Id, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'

/** 每日汇总: one message that sums up what one person was told on one day. */
@Thing('每日汇总', { table: 'reminder_digest', scope: 'closed' })
@Unique({ properties: ['person', 'day'] })
export class ReminderDigest extends Recorded {
  @Id('账号', { filter: false, shown: false }) person!: string
  @Day('日期') day!: string
  @Whole('提醒条数') items!: number
  @Text('内容', { filter: false }) text!: string
}
