import type { Ref } from '@mikro-orm/core'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Id, Instant, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { ColorCause, RiskColor } from './terms.js'

/**
 * 企业四色: one row for each enterprise, kept in the transaction of whatever moves it (keepStanding.ts). The effective
 * colour is red while a major hazard is overdue; else what the station has set until a day; else the worst live point.
 */
@Thing('企业四色', { table: 'risk_standing', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
export class RiskStanding extends Recorded {
  @Link('企业', () => Enterprise, { many: { name: 'riskStandings', label: '四色' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }, { many: { name: 'riskStandings', label: '企业四色（村）' } }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }, { many: { name: 'riskStandings', label: '企业四色' } }) tradeStation?: Station
  @Choice('颜色', RiskColor, { nullable: true }) effective?: RiskColor
  @Choice('颜色依据', ColorCause) cause: ColorCause = ColorCause.NONE
  @Text('依据说明', { nullable: true }) causeText?: string
  @Choice('计算颜色（最高的风险点）', RiskColor, { nullable: true }) computed?: RiskColor
  @Whole('红色风险点') red: number = 0
  @Whole('橙色风险点') orange: number = 0
  @Whole('黄色风险点') yellow: number = 0
  @Whole('蓝色风险点') blue: number = 0
  @Whole('未评价风险点') unrated: number = 0
  @Whole('逾期重大隐患') overdueMajors: number = 0
  @Choice('站所调整为', RiskColor, { nullable: true }) overrideColor?: RiskColor
  @Text('调整原因', { nullable: true }) overrideReason?: string
  @Day('调整截止日期', { nullable: true }) overrideUntil?: string
  @Id('调整人账号', { nullable: true }) overrideBy?: string
  @Instant('颜色变化时间', { nullable: true }) changedAt?: string
}
