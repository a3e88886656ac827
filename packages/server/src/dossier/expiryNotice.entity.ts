import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Flag, Id, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { DossierPart } from './terms.js'

/** 到期提醒: once for each paper, its day, the step before it and whom it is meant for, so that a second run writes nothing. */
@Thing('到期提醒', { table: 'expiry_notice', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
@Unique({ properties: ['record', 'expiresOn', 'step', 'audience'] })
export class ExpiryNotice extends Recorded {
  @Link('企业', () => Enterprise, { many: { name: 'expiryNotices', label: '到期提醒' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Choice('部分', DossierPart) part!: DossierPart
  @Id('到期的记录') record!: string
  @Text('提醒对象（角色）', { max: 20 }) audience!: string
  @Text('内容') text!: string
  @Day('到期日期') expiresOn!: string
  @Whole('提前天数') step!: number
  @Day('提醒日期') day!: string
  @Flag('已读') read: boolean = false
}
