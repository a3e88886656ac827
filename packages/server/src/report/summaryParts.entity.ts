import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { Id, Instant, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Summary } from './summary.entity.js'

const SCOPE = { division: 'division', station: 'station', enterprise: 'enterpriseId' } as const

/** 更正记录: an accepted summary was opened again; what its figures were, who and why, and what they are since. */
@Thing('总结更正记录', { table: 'summary_correction', scope: SCOPE })
export class SummaryCorrection extends Recorded {
  @Link('工作总结', () => Summary, { many: { name: 'correctionRecords', label: '更正记录' } }) summary!: Ref<Summary>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Id('企业', { nullable: true, shown: false }) enterpriseId?: string
  @Text('重开原因') reason!: string
  @Id('重开人账号', { filter: false }) reopenedBy!: string
  @Text('重开人', { max: 40, personal: true }) reopenedByName!: string
  @Instant('重开时间') reopenedAt!: string
  @Instant('更正前统计时点') asOfBefore!: string
  @Text('更正前统计数', { shown: false }) figuresBefore!: string
  @Text('更正前校验（SHA-256）', { max: 64, filter: false }) hashBefore!: string
  @Instant('更正后报送时间', { nullable: true }) correctedAt?: string
  @Id('更正人账号', { nullable: true, filter: false }) correctedBy?: string
  @Instant('更正后统计时点', { nullable: true }) asOfAfter?: string
  @Text('更正后统计数', { nullable: true, shown: false }) figuresAfter?: string
}

/** 催报: the level above asked for one that has not come; kept, so that nobody says he was not told. */
@Thing('催报记录', { table: 'summary_chase', scope: SCOPE })
export class SummaryChase extends Recorded {
  @Link('工作总结', () => Summary, { many: { name: 'chaseRecords', label: '催报记录' } }) summary!: Ref<Summary>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Id('企业', { nullable: true, shown: false }) enterpriseId?: string
  @Text('催报内容', { max: 200, filter: false }) words!: string
  @Id('催报人账号', { filter: false }) chasedBy!: string
  @Text('催报人', { max: 40, personal: true }) chasedByName!: string
  @Instant('催报时间') chasedAt!: string
}

/** 选用的典型做法: picked from a summary of the year for the annual one, in the words that stood there. */
@Thing('典型做法选用', { table: 'chosen_practice', scope: SCOPE })
@Unique({ properties: ['summary', 'source'] })
export class ChosenPractice extends Recorded {
  @Link('年度总结', () => Summary, { many: { name: 'practices', label: '选用的典型做法' } }) summary!: Ref<Summary>
  @Link('出自', () => Summary) source!: Ref<Summary>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Id('企业', { nullable: true, shown: false }) enterpriseId?: string
  @Text('做法', { personal: true }) practice!: string
}

/** 年度目标: what one figure of a town's year is to reach; data of the town office. */
@Thing('年度目标', { table: 'summary_target', scope: { division: 'division' } })
@Unique({ properties: ['division', 'year', 'line'] })
export class SummaryTarget extends Recorded {
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Whole('年度') year!: number
  @Text('指标', { max: 60 }) line!: string
  /** Tenths: 955 is 95.5 %, 120 is 12. */
  @Whole('目标（十分之一）') tenths!: number
}
