import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Day, Flag, Id, Link, Lookup, Text, Thing } from '../shared/datum.js'
import type { Day as DayText } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import { lastDayOf } from './months.js'

/** 零事故报告: of a month (2026-03) or a year (2026) that is over. An accident found out later contradicts it; both stay. */
@Thing('零事故报告', { table: 'zero_report', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
@Unique({ properties: ['enterprise', 'period'] })
export class ZeroReport extends Recorded {
  @Link('企业', () => Enterprise, { many: { name: 'zeroReports', label: '零事故报告' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  @Day('作废日期', { nullable: true }) voidedOn?: string
  @Text('期间', { max: 7 }) period!: string
  @Day('期末') endsOn!: string
  @Flag('与事故台账不符') contradicted: boolean = false
  @Id('报告人') reportedBy!: string

  cover(period: string, today: DayText): void {
    if (!/^20\d\d(-(0[1-9]|1[0-2]))?$/.test(period)) throw new Refusal('PERIOD', '期间写成 2026-03（月）或 2026（年）', { field: 'period' })
    const endsOn = lastDayOf(period)
    if (endsOn > today) throw new Refusal('PERIOD_OPEN', `${period} 还没有结束，期末（${endsOn}）当天起才能报零事故`, { field: 'period' })
    this.period = period
    this.endsOn = endsOn
  }
}
