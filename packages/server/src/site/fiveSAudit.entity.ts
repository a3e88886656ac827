import type { Ref } from '@mikro-orm/core'
import { Index } from '@mikro-orm/decorators/legacy'
import { Float } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Choice, Day, Derived, Flag, Id, Link, Text, Thing, Whole } from '../shared/datum.js'
import { FiveSDimension, FiveSItem, FiveSStandard } from './fiveSStandard.entity.js'
import { SITE_SCOPE, SitePlace } from './sitePlace.entity.js'
import { AuditKind, SiteGrade } from './terms.js'

export const tenths = (value: unknown): number | null => (value == null ? null : Number(value) / 10)

/** 5S审核 of a workshop or the whole enterprise, by its station or by itself (domain.md §6.1). */
@Thing('5S审核', { table: 'five_s_audit', scope: SITE_SCOPE })
@Index({ properties: ['enterprise', 'auditedOn'] })
export class FiveSAudit extends SitePlace {
  @Link('企业', () => Enterprise, { many: { name: 'fiveSAudits', label: '5S审核' } }) enterprise!: Ref<Enterprise>
  @Link('5S标准', () => FiveSStandard, { many: { name: 'audits', label: '5S审核' } }) standard!: Ref<FiveSStandard>
  @Choice('类别', AuditKind) kind!: AuditKind
  @Text('编号', { max: 40, unique: true }) number!: string
  @Day('审核日期') auditedOn!: string
  @Text('周期', { max: 12 }) period!: string
  @Id('审核人账号') auditor!: string
  @Text('审核人', { max: 60, personal: true }) auditorName!: string
  @Text('审核单位', { max: 60 }) auditorUnit!: string
  @Whole('得分（十分之一分）', { nullable: true }) tenths?: number
  @Derived('得分（百分制）', () => Float, ['tenths'], (row) => tenths(row['tenths']), { nullable: true }) score?: number
  @Choice('等级', SiteGrade, { nullable: true }) grade?: SiteGrade
  @Flag('达标', { nullable: true }) passed?: boolean
  @Whole('低分项数') badItems!: number
  @Text('备注', { nullable: true }) remark?: string
  @Day('作废日期', { nullable: true }) voidedOn?: string
  @Text('作废原因', { nullable: true }) voidReason?: string
  /** The phone's draft: sent twice, it is one audit. */
  @Text('草稿标识', { max: 36, nullable: true, unique: true, shown: false }) draft?: string
}

/** What one dimension earned, so that the weak S of a workshop, a trade or the town can be asked for. */
@Thing('5S要素得分', { table: 'five_s_dimension_score', scope: SITE_SCOPE })
export class FiveSDimensionScore extends SitePlace {
  @Link('企业', () => Enterprise, { many: { name: 'fiveSDimensionScores', label: '5S要素得分' } }) enterprise!: Ref<Enterprise>
  @Link('5S审核', () => FiveSAudit, { many: { name: 'dimensions', label: '要素得分' } }) audit!: Ref<FiveSAudit>
  @Link('5S要素', () => FiveSDimension, { many: { name: 'earned', label: '得分' } }) dimension!: Ref<FiveSDimension>
  @Whole('次序') rank!: number
  @Whole('得分（十分之一分）', { nullable: true }) tenths?: number
  @Flag('审核已作废') voided: boolean = false
  @Derived('得分', () => Float, ['tenths'], (row) => tenths(row['tenths']), { nullable: true }) score?: number
}

@Thing('5S检查项得分', { table: 'five_s_score', scope: SITE_SCOPE })
export class FiveSScore extends SitePlace {
  @Link('企业', () => Enterprise, { many: { name: 'fiveSScores', label: '5S检查项得分' } }) enterprise!: Ref<Enterprise>
  @Link('5S审核', () => FiveSAudit, { many: { name: 'scores', label: '检查项得分' } }) audit!: Ref<FiveSAudit>
  @Link('5S要素', () => FiveSDimension, { many: { name: 'scores', label: '检查项得分' } }) dimension!: Ref<FiveSDimension>
  @Link('5S检查项', () => FiveSItem, { many: { name: 'scores', label: '得分' } }) item!: Ref<FiveSItem>
  @Whole('次序') rank!: number
  @Whole('得分；空为不适用', { nullable: true }) score?: number
  @Flag('低分项（须有照片）') bad!: boolean
  @Text('问题描述', { max: 500, nullable: true }) note?: string
  @Whole('照片数') photos!: number
  @Flag('审核已作废') voided: boolean = false
  @Link('转成的隐患', () => Hazard, { nullable: true, many: { name: 'fiveSScores', label: '来自5S检查项' } }) hazard?: Ref<Hazard>
}
