import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { registerEnumType } from 'type-graphql'
import { Choice, Day, Flag, Link, Text, Thing } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Id } from '../shared/datum.js'
import { Hazard } from './hazard.entity.js'
import { worded } from '../shared/words.js'

export enum ReminderKind {
  MAJOR_FOUND = 'MAJOR_FOUND',
  DUE_SOON = 'DUE_SOON',
  OVERDUE = 'OVERDUE',
  STATION_LEADER = 'STATION_LEADER',
  TOWN_RED_LIST = 'TOWN_RED_LIST',
  TRANSFER_PROPOSED = 'TRANSFER_PROPOSED',
  URGED = 'URGED',
}
registerEnumType(ReminderKind, {
  name: 'ReminderKind',
  description: '提醒类型',
  valuesConfig: worded({
    MAJOR_FOUND: '发现重大隐患',
    DUE_SOON: '即将到期',
    OVERDUE: '逾期',
    STATION_LEADER: '报站所负责人',
    TOWN_RED_LIST: '镇安办红榜',
    TRANSFER_PROPOSED: '建议移送',
    URGED: '催办',
  }),
})

/** 提醒: written by the daily escalation, a finding of a major hazard, or somebody who urges. Once per hazard, kind, deadline and audience. */
@Thing('提醒', { table: 'reminder', scope: { division: 'division', station: 'station', enterprise: 'enterpriseId' } })
@Unique({ properties: ['hazard', 'kind', 'cause', 'audience'] })
export class Reminder extends Recorded {
  @Link('隐患', () => Hazard) hazard!: Ref<Hazard>
  @Choice('类型', ReminderKind) kind!: ReminderKind
  /** What it is about, so that a second run of the same day writes nothing: the deadline, or the moment of urging. */
  @Text('事由', { max: 40, shown: false }) cause!: string
  @Text('提醒对象（角色）', { max: 20 }) audience!: string
  @Text('内容') text!: string
  @Day('日期', { index: true }) day!: string
  @Flag('已读') read: boolean = false
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Id('企业标识') enterpriseId!: string
}
