import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Actor } from '../shared/context.js'
import { Choice, Day, Facts, Flag, Id, Instant, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { dayOf, instant } from '../shared/days.js'
import { isOne, samePerson } from '../shared/onePerson.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import { addMonths } from './months.js'
import { needNoIdNumber } from './idNumber.js'
import { DossierRequirement } from './requirement.entity.js'
import { DocumentState, DossierPart } from './terms.js'

@Facts('DossierDocumentInput')
export abstract class DocumentFacts extends Recorded {
  @Text('资料名称', { max: 120, nullable: true }) title?: string
  /** 责任人 by role, never by name. */
  @Text('责任岗位', { max: 40 }) responsible!: string
  @Day('生效日期', { nullable: true }) validFrom?: string
  @Day('有效期至', { nullable: true }) validUntil?: string
  @Text('备注', { nullable: true }) remark?: string
}

/** 档案资料: one version of one required document. A new version never overwrites the old; the one that is accepted replaces it. */
@Thing('档案资料', { table: 'dossier_document', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
@Unique({ properties: ['enterprise', 'code', 'issue'] })
export class DossierDocument extends DocumentFacts {
  @Link('企业', () => Enterprise, { many: { name: 'dossierDocuments', label: '档案资料' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  @Link('要求', () => DossierRequirement, { many: { name: 'documents', label: '档案资料' } }) requirement!: Ref<DossierRequirement>
  @Choice('部分', DossierPart) part!: DossierPart
  @Text('要求代码', { max: 40, index: true }) code!: string
  @Whole('第几版') issue!: number
  @Choice('审核', DocumentState) state: DocumentState = DocumentState.SUBMITTED
  /** The accepted version that counts today; there is one at most. */
  @Flag('现行版本') inForce: boolean = false
  @Text('退回原因', { nullable: true }) returnReason?: string
  @Id('提交人') submittedBy!: string
  @Id('代谁提交', { nullable: true, shown: false }) submittedFor?: string
  @Text('提交角色', { max: 20 }) submittedByRole!: string
  @Id('审核人', { nullable: true }) reviewedBy?: string
  @Instant('审核时间', { nullable: true }) reviewedAt?: string
  @Id('被哪一版取代', { nullable: true }) replacedBy?: string
  @Whole('文件数') fileCount: number = 0

  /** What was typed in, under the requirement it answers. The day it holds until is never the day of upload. */
  describe(facts: DocumentFacts, requirement: DossierRequirement, at: Date): void {
    const text = (said: string | null | undefined) => said?.trim() || undefined
    this.title = text(facts.title) ?? requirement.title
    const responsible = text(facts.responsible)
    if (!responsible) throw new Refusal('MISSING', '请填写责任岗位', { field: 'responsible' })
    this.responsible = responsible
    const remark = text(facts.remark)
    if (remark) this.remark = remark
    for (const field of ['title', 'responsible', 'remark'] as const) needNoIdNumber(this[field], field)
    const from = facts.validFrom ?? dayOf(at)
    this.validFrom = from
    const until = facts.validUntil ?? (requirement.validMonths ? addMonths(from, requirement.validMonths) : undefined)
    if (!facts.validUntil && requirement.needsValidUntil)
      throw new Refusal('VALID_UNTIL_MISSING', `“${requirement.title}”须写明有效期至（证照上的日期，不是上传日期）`, { field: 'validUntil' })
    if (until === undefined) return
    if (until <= from) throw new Refusal('DAY_ORDER', '有效期至须晚于生效日期', { field: 'validUntil' })
    this.validUntil = until
  }

  accept(by: Actor, at: Date, before: DossierDocument | undefined): void {
    this.needReview(by)
    this.state = DocumentState.ACCEPTED
    this.inForce = true
    this.reviewed(by, at)
    if (!before) return
    before.inForce = false
    before.replacedBy = this.id
  }

  return(by: Actor, at: Date, reason: string): void {
    this.needReview(by)
    const said = reason.trim()
    if (!said) throw new Refusal('MISSING', '请写明退回原因', { field: 'reason' })
    this.state = DocumentState.RETURNED
    this.returnReason = said
    this.reviewed(by, at)
  }

  private needReview(by: Actor): void {
    if (isOne(by, this.submittedBy) || isOne(by, this.submittedFor))
      throw new Refusal('SAME_PERSON', samePerson(by, [this.submittedBy, this.submittedFor], '不能审核自己提交的资料，请由他人审核'))
    if (this.state !== DocumentState.SUBMITTED) throw new Refusal('ALREADY', '这一版已经审核过了')
  }

  private reviewed(by: Actor, at: Date): void {
    this.reviewedBy = by.id
    this.reviewedAt = instant(at)
  }
}
