import type { Ref } from '@mikro-orm/core'
import { Index } from '@mikro-orm/decorators/legacy'
import { registerEnumType } from 'type-graphql'
import { Choice, Id, Instant, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { worded } from '../shared/words.js'
import { Hook } from './hook.entity.js'

export enum DeliveryState {
  WAITING = 'WAITING',
  SENDING = 'SENDING',
  SENT = 'SENT',
  GIVEN_UP = 'GIVEN_UP',
}
registerEnumType(DeliveryState, {
  name: 'DeliveryState',
  description: '外发状态',
  valuesConfig: worded({ WAITING: '等待发送', SENDING: '正在发送', SENT: '已发送', GIVEN_UP: '没有发成' }),
})

const SCOPE = { division: 'division', station: 'station' } as const

/**
 * 外发: the outbox. Written in the transaction of what it tells, so that nothing is lost with a process; claimed row by row,
 * so that two processes do not send it twice. Its own motion is not in the log, its tries are in their own table.
 */
@Thing('外发', { table: 'delivery', scope: SCOPE })
@Index({ properties: ['state', 'nextAt'] })
export class Delivery extends Recorded {
  @Link('外部通知', () => Hook, { nullable: true, many: { name: 'deliveries', label: '外发' } }) hook?: Ref<Hook>
  /** To whom a mail goes; his address is looked up when it goes. */
  @Id('收件人账号', { nullable: true, shown: false, index: true }) person?: string
  @Text('区划代码', { max: 12, nullable: true, index: true }) division?: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Choice('状态', DeliveryState) state: DeliveryState = DeliveryState.WAITING
  @Whole('提醒条数', { filter: false }) items!: number
  /** What is said, without any personal data: kinds, days, numbers. */
  @Text('内容', { shown: false }) said!: string
  @Whole('发送次数', { filter: false }) tries: number = 0
  @Instant('下次发送时间', { filter: false }) nextAt!: string
  @Instant('占用到', { nullable: true, shown: false }) claimedUntil?: string
  @Instant('发出时间', { nullable: true, filter: false }) sentAt?: string
}

/** 外发的一次尝试: when, how long, what the other side answered; never what was sent. */
@Thing('外发尝试', { table: 'delivery_try', scope: SCOPE })
export class DeliveryTry extends Recorded {
  @Link('外发', () => Delivery, { many: { name: 'attempts', label: '尝试' } }) delivery!: Ref<Delivery>
  @Text('区划代码', { max: 12, nullable: true, index: true }) division?: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Whole('对方的答复（HTTP）', { nullable: true, filter: false }) status?: number
  @Text('结果', { max: 120, filter: false }) outcome!: string
  @Whole('用时（毫秒）', { filter: false }) ms!: number
}
