import { Index } from '@mikro-orm/decorators/legacy'
import { Day, Derived, Id, Instant, Text, Thing } from '../shared/datum.js'
import { dayOf } from '../shared/days.js'
import { nameOf } from '../shared/read/names.js'
import { Recorded } from '../shared/recorded.entity.js'

/**
 * 代办: somebody absent hands his duties of a period to a colleague of the same role and place. The colleague acts as himself,
 * in the other's stead; while it lasts the two count as one where one person must not do two things (shared/onePerson.ts).
 */
@Thing('代办', { table: 'delegation', scope: { division: 'division', station: 'station', enterprise: 'enterpriseId' } })
@Index({ properties: ['delegate', 'toOn'] })
@Index({ properties: ['principal', 'toOn'] })
export class Delegation extends Recorded {
  @Id('委托人账号', { index: false }) principal!: string
  @Derived('委托人', () => String, ['principal'], (row, context) => nameOf(context, 'person', row['principal']), { nullable: true }) principalName?: string
  @Id('代办人账号', { index: false }) delegate!: string
  @Derived('代办人', () => String, ['delegate'], (row, context) => nameOf(context, 'person', row['delegate']), { nullable: true }) delegateName?: string
  @Day('开始日期') fromOn!: string
  @Day('结束日期') toOn!: string
  @Text('缘由', { max: 120, nullable: true, personal: true }) reason?: string
  @Id('设置人账号', { filter: false }) setBy!: string
  @Instant('提前结束时间', { nullable: true }) endedAt?: string
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Id('企业标识', { nullable: true }) enterpriseId?: string
  @Derived('正在代办', () => Boolean, ['fromOn', 'toOn', 'endedAt'], (row, { now }) => inForce(row as never, dayOf(now))) live?: boolean
}

export const inForce = ({ fromOn, toOn, endedAt }: Pick<Delegation, 'fromOn' | 'toOn' | 'endedAt'>, today: string): boolean =>
  !endedAt && fromOn <= today && today <= toOn

/** 代办的一次办理: kept with the log under the request it came with, so that the history says who stood in for whom. */
@Thing('代办办理', { table: 'stand_in', scope: 'closed', shown: false })
export class StandIn extends Recorded {
  @Text('请求', { max: 60, shown: false, index: true }) request!: string
  @Text('动作', { max: 60, shown: false, index: false }) act!: string
  @Id('委托人账号', { shown: false }) principal!: string
  @Id('代办人账号', { shown: false }) delegate!: string
  @Id('代办', { shown: false }) delegation!: string
}
