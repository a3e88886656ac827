import { Property } from '@mikro-orm/decorators/legacy'
import { registerEnumType } from 'type-graphql'
import { Choice, Derived, Id, Instant, Text, Thing, Whole } from '../shared/datum.js'
import { nameOf } from '../shared/read/names.js'
import { Recorded } from '../shared/recorded.entity.js'
import { worded } from '../shared/words.js'
import type { ReminderKind } from './reminder.entity.js'

export enum HookStyle {
  DINGTALK = 'DINGTALK',
  WECOM = 'WECOM',
  JSON = 'JSON',
}
registerEnumType(HookStyle, {
  name: 'HookStyle',
  description: '外部通知的格式',
  valuesConfig: worded({ DINGTALK: '钉钉群机器人', WECOM: '企业微信群机器人', JSON: '其他系统（JSON）' }),
})

/**
 * 外部通知: an address outside that is told what one office is told, and no more: its kinds, its territory, its trade. Where it
 * leads and what signs it are kept sealed; screens see the host.
 */
@Thing('外部通知', { table: 'hook', scope: { division: 'division', station: 'station' } })
export class Hook extends Recorded {
  @Text('名称', { max: 60 }) name!: string
  @Choice('格式', HookStyle) style!: HookStyle
  @Text('主机', { max: 120 }) host!: string
  @Text('通知谁的提醒（角色）', { max: 20 }) audience!: string
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Derived('区划', () => String, ['division'], (row, context) => nameOf(context, 'division', row['division']), { nullable: true }) divisionName?: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Derived('站所', () => String, ['station'], (row, context) => nameOf(context, 'station', row['station']), { nullable: true }) stationName?: string
  /** Space-separated; blank: all. */
  @Text('通知的类型', { filter: false }) kinds: string = ''
  @Instant('暂停时间', { nullable: true }) pausedAt?: string
  @Text('暂停原因', { max: 120, nullable: true, filter: false }) pauseReason?: string
  @Instant('移除时间', { nullable: true }) endedAt?: string
  @Id('设置人账号', { filter: false }) createdBy!: string
  /** Counted while it is used: no change of the record, so not in the log. */
  @Whole('连续失败次数', { filter: false }) failures: number = 0
  @Property({ type: 'text', hidden: true }) target: string = ''
  @Property({ type: 'text', nullable: true, hidden: true }) key?: string

  wants(kind: ReminderKind): boolean {
    return !this.kinds || this.kinds.split(' ').includes(kind)
  }
}
