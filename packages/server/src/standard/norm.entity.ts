import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy'
import { registerEnumType } from 'type-graphql'
import { Choice, Day, Facts, Id, Instant, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { worded } from '../shared/words.js'

/** 四项规范: the four papers that the county's department issues for a trade (domain.md §0.3). */
export enum NormKind {
  INSPECTION_CHECKLIST = 'INSPECTION_CHECKLIST',
  GUIDE = 'GUIDE',
  COMPLIANCE_RULES = 'COMPLIANCE_RULES',
  INSPECTION_GUIDELINE = 'INSPECTION_GUIDELINE',
}
export enum NormStatus {
  DRAFT = 'DRAFT',
  PUBLISHED = 'PUBLISHED',
  FROZEN = 'FROZEN',
  SUPERSEDED = 'SUPERSEDED',
}
const { DRAFT, PUBLISHED, FROZEN, SUPERSEDED } = NormStatus

/** A published version goes back to draft only while nobody works by it; once somebody does, its content never changes. */
export const NEXT_STATUS: Record<NormStatus, readonly NormStatus[]> = {
  DRAFT: [PUBLISHED],
  PUBLISHED: [DRAFT, FROZEN, SUPERSEDED],
  FROZEN: [SUPERSEDED],
  SUPERSEDED: [],
}
export const KIND_NAME: Record<NormKind, string> = {
  INSPECTION_CHECKLIST: '安全生产检查清单',
  GUIDE: '标准化运行提升指南',
  COMPLIANCE_RULES: '企业达标细则',
  INSPECTION_GUIDELINE: '检查导则',
}
export const STATUS_NAME: Record<NormStatus, string> = { DRAFT: '草稿', PUBLISHED: '已发布', FROZEN: '已锁定（使用中）', SUPERSEDED: '已被新版替代' }
registerEnumType(NormKind, { name: 'NormKind', description: '四项规范', valuesConfig: worded(KIND_NAME) })
registerEnumType(NormStatus, { name: 'NormStatus', description: '规范的状态', valuesConfig: worded(STATUS_NAME) })

@Facts('NormInput')
export abstract class NormFacts extends Recorded {
  @Text('行业类别', { max: 40 }) trade!: string
  @Choice('种类', NormKind) kind!: NormKind
  @Text('名称', { max: 120 }) title!: string
  @Text('发布单位', { max: 80 }) issuer!: string
  @Text('文号', { max: 60, nullable: true }) number?: string
  @Day('发布日期', { nullable: true }) issuedOn?: string
  @Text('正文', { nullable: true }) body?: string
}

/** 规范文件, one version of it; the versions of one document share `series`. */
@Thing('规范文件', { table: 'norm', scope: 'open' })
@Unique({ properties: ['series', 'edition'] })
@Index({ properties: ['trade', 'kind', 'status'] })
export class Norm extends NormFacts {
  @Id('文件标识（各版相同）') series!: string
  @Whole('版次') edition!: number
  /** Whose norm it is: a county's for all its towns, a town's for that town. */
  @Text('适用区域（区划代码）', { max: 12 }) division!: string
  @Choice('状态', NormStatus) status: NormStatus = NormStatus.DRAFT
  @Text('修订说明', { max: 500, nullable: true }) changeNote?: string
  @Instant('发布时间', { nullable: true }) publishedAt?: string
  @Id('发布人', { nullable: true }) publishedBy?: string
  @Instant('锁定时间', { nullable: true }) frozenAt?: string
  @Instant('替代时间', { nullable: true }) supersededAt?: string
}

/** The plain text of a norm, of its body, items and files, as it is searched in; made from them, so not in the log. */
@Entity({ tableName: 'norm_text' })
export class NormText {
  @PrimaryKey({ type: 'string', length: 36 }) norm!: string
  @Property({ type: 'text' }) text!: string
  @Property({ type: 'string', length: 24 }) createdAt!: string
}

/** The pairs of characters that a norm's text holds: Chinese is searched by pairs, alike on both engines. */
@Entity({ tableName: 'norm_gram' })
export class NormGram {
  @PrimaryKey({ type: 'string', length: 8 }) gram!: string
  @Index()
  @PrimaryKey({ type: 'string', length: 36 })
  norm!: string
  @Property({ type: 'integer' }) times!: number
}
