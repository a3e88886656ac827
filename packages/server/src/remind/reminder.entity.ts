import type { Ref } from '@mikro-orm/core'
import { Index, Unique } from '@mikro-orm/decorators/legacy'
import { registerEnumType } from 'type-graphql'
import { Hazard } from '../hazard/hazard.entity.js'
import { Choice, Day, Derived, Id, Link, Text, Thing } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { worded } from '../shared/words.js'
import { readByMe } from './readByMe.js'

export enum ReminderKind {
  MAJOR_FOUND = 'MAJOR_FOUND',
  DUE_SOON = 'DUE_SOON',
  OVERDUE = 'OVERDUE',
  STATION_LEADER = 'STATION_LEADER',
  TOWN_RED_LIST = 'TOWN_RED_LIST',
  TRANSFER_PROPOSED = 'TRANSFER_PROPOSED',
  URGED = 'URGED',
  EXPIRING = 'EXPIRING',
  CHECK_MISSED = 'CHECK_MISSED',
  REPORT_MISSING = 'REPORT_MISSING',
  LETTER_UNSIGNED = 'LETTER_UNSIGNED',
  EXTENSION_WAITING = 'EXTENSION_WAITING',
  VISIT_DUE = 'VISIT_DUE',
  STANDING_IN = 'STANDING_IN',
}
export const KIND_NAME: Record<ReminderKind, string> = {
  MAJOR_FOUND: '发现重大隐患',
  DUE_SOON: '即将到期',
  OVERDUE: '逾期',
  STATION_LEADER: '报站所负责人',
  TOWN_RED_LIST: '报镇安办督办',
  TRANSFER_PROPOSED: '建议移送',
  URGED: '催办',
  EXPIRING: '证照资料到期',
  CHECK_MISSED: '漏检',
  REPORT_MISSING: '月度总结未报',
  LETTER_UNSIGNED: '文书未签收',
  EXTENSION_WAITING: '延期待批',
  VISIT_DUE: '计划检查到期',
  STANDING_IN: '代办',
}
registerEnumType(ReminderKind, { name: 'ReminderKind', description: '提醒类型', valuesConfig: worded(KIND_NAME) })

/**
 * 提醒: written by the day's work, by a finding of a major hazard, or by somebody who urges. It stands where the thing it is
 * about stands, so whoever may not see that is not told; once per record, kind, cause and audience. Who has read it is kept
 * for each person (ReminderRead).
 */
@Thing('提醒', { table: 'reminder', scope: { division: 'division', station: 'station', enterprise: 'enterpriseId' } })
@Unique({ properties: ['record', 'kind', 'cause', 'audience'] })
@Index({ properties: ['audience', 'division', 'createdAt'] })
export class Reminder extends Recorded {
  @Link('隐患', () => Hazard, { nullable: true }) hazard?: Ref<Hazard>
  /** What it is about: a record, or an office whose work it adds up. */
  @Text('关于', { max: 40, filter: false }) record!: string
  @Choice('类型', ReminderKind) kind!: ReminderKind
  /** So that a second run of the same day writes nothing: the deadline, the step, or the moment of urging. */
  @Text('事由', { max: 40, shown: false }) cause!: string
  @Text('提醒对象（角色）', { max: 20 }) audience!: string
  /** Of an audience only this one account; blank: everybody of that role there. */
  @Id('提醒对象（账号）', { nullable: true, shown: false, index: true }) person?: string
  @Text('内容') text!: string
  @Text('到哪里办', { max: 120, nullable: true, filter: false }) path?: string
  @Day('日期', { index: true }) day!: string
  @Derived('已读', () => Boolean, ['id'], (row, context) => readByMe(context, row['id'])) read?: boolean
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Id('企业标识', { nullable: true }) enterpriseId?: string
}
