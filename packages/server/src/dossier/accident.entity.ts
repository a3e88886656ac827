import type { Ref } from '@mikro-orm/core'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Facts, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import type { Day as DayText } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { type DossierRecord, needCounts, needOrder, needPast, needText } from './dossierRecord.js'
import { AccidentGrade } from './terms.js'

@Facts('AccidentInput')
export abstract class AccidentFacts extends Recorded {
  @Day('发生日期') happenedOn!: string
  @Choice('事故等级', AccidentGrade) grade!: AccidentGrade
  @Text('事故类型', { max: 40 }) accidentType!: string
  @Text('部位', { max: 120, nullable: true }) place?: string
  @Text('经过') summary!: string
  @Whole('死亡人数') deaths!: number
  @Whole('重伤人数') seriousInjuries!: number
  @Whole('轻伤人数') minorInjuries!: number
  @Text('原因分析', { nullable: true }) cause?: string
  @Text('防范和整改措施', { nullable: true }) measures?: string
  @Day('报告日期', { nullable: true }) reportedOn?: string
}

/** 事故: people as numbers. A month of which nothing was to be told is a record, too (ZeroReport). */
@Thing('事故', { table: 'accident', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
export class Accident extends AccidentFacts implements DossierRecord {
  @Link('企业', () => Enterprise, { many: { name: 'accidentRecords', label: '事故' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  @Day('作废日期', { nullable: true }) voidedOn?: string

  check(today: DayText): void {
    needText(this.accidentType, 'accidentType', '事故类型')
    needText(this.summary, 'summary', '事故经过')
    needPast(this.happenedOn, today, 'happenedOn', '发生日期')
    needPast(this.reportedOn, today, 'reportedOn', '报告日期')
    if (this.reportedOn !== this.happenedOn) needOrder(this.happenedOn, this.reportedOn, 'reportedOn', '报告日期不能早于发生日期')
    for (const [value, field, what] of [
      [this.deaths, 'deaths', '死亡人数'],
      [this.seriousInjuries, 'seriousInjuries', '重伤人数'],
      [this.minorInjuries, 'minorInjuries', '轻伤人数'],
    ] as const)
      needCounts([[value, field, what]])
  }
}
