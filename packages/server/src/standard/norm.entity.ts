import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy'
import { registerEnumType } from 'type-graphql'
import { Choice, Day, Facts, Id, Instant, Text, Thing, Whole } from '../shared/datum.js'
import { dayOf } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
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

  /** Takes what was typed in; blank is cleared. Of a later version the trade and the kind stay those of the document. */
  describe(facts: NormFacts): void {
    for (const [field, label] of Object.entries(NEEDED) as [keyof typeof NEEDED, string][]) {
      const said = facts[field].trim()
      if (!said) throw new Refusal('MISSING', `请填写${label}`, { field })
      if (field === 'trade' && this.edition > 1 && said !== this.trade) throw new Refusal('LOCKED', '新版规范的行业与原版相同，不能改', { field })
      this[field] = said
    }
    if (this.edition > 1 && facts.kind !== this.kind) throw new Refusal('LOCKED', '新版规范的种类与原版相同，不能改', { field: 'kind' })
    this.kind = facts.kind
    for (const field of ['number', 'issuedOn', 'body'] as const) {
      const said = facts[field]?.trim()
      if (said) this[field] = said
      else delete this[field]
    }
  }

  needDraft(): void {
    if (this.status !== DRAFT) throw new Refusal('NORM_FROZEN', `第 ${this.edition} 版${STATUS_NAME[this.status]}，内容不能再改，请起草新版`)
  }

  /** Who issued it and when is always told: without a date of its own it is issued on the day on which it is published. */
  publish(by: string, at: string, note?: string): void {
    this.moveTo(PUBLISHED)
    Object.assign(this, { publishedAt: at, publishedBy: by, issuedOn: this.issuedOn ?? dayOf(new Date(at)) })
    if (note) this.changeNote = note
  }

  /** Back to the desk, while nobody has copied anything from it. */
  withdraw(): void {
    this.moveTo(DRAFT)
    delete this.publishedAt
    delete this.publishedBy
  }

  /** Somebody works by it from now on. */
  freeze(at: string): void {
    if (this.status !== PUBLISHED) return
    this.moveTo(FROZEN)
    this.frozenAt = at
  }

  supersede(at: string): void {
    this.moveTo(SUPERSEDED)
    this.supersededAt = at
  }

  private moveTo(to: NormStatus): void {
    if (!NEXT_STATUS[this.status].includes(to)) throw new Refusal('NORM_STATUS', `这一版${STATUS_NAME[this.status]}，不能变为“${STATUS_NAME[to]}”`)
    this.status = to
  }
}
const NEEDED = { trade: '行业类别', title: '名称', issuer: '发布单位' } as const
export const CURRENT: readonly NormStatus[] = [PUBLISHED, FROZEN]

/** One piece of a norm's plain text, of its body and items or of a file, as it is searched in; made from them, so not in the log. */
@Entity({ tableName: 'norm_text' })
export class NormText {
  @PrimaryKey({ type: 'string', length: 36 }) norm!: string
  /** The file it was read from; empty for the norm's own words. */
  @PrimaryKey({ type: 'string', length: 36 }) source!: string
  @Property({ type: 'string', length: 200 }) name!: string
  @Property({ type: 'text' }) text!: string
}

/** The pairs of characters that a piece of text holds: Chinese is searched by pairs, alike on both engines. */
@Entity({ tableName: 'norm_gram' })
export class NormGram {
  @PrimaryKey({ type: 'string', length: 8 }) gram!: string
  @Index()
  @PrimaryKey({ type: 'string', length: 36 })
  norm!: string
  @PrimaryKey({ type: 'string', length: 36 }) source!: string
}
