import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import type { Actor } from '../shared/context.js'
import { Choice, Day, Derived, Flag, Id, Instant, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { type Day as DayText, dayOf, instant } from '../shared/days.js'
import { isOne, samePerson } from '../shared/onePerson.js'
import { Recorded } from '../shared/recorded.entity.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { AssessmentStandard, StandardElement } from './standard.entity.js'
import { AssessmentLevel, AssessmentStage, STAGE_NAME } from './terms.js'

const { DRAFT, SUBMITTED, CHANGES_ASKED, ACCEPTED } = AssessmentStage
const SCOPE = { division: 'division', station: 'station', enterprise: 'enterprise' } as const

/** 年度自评, led by the principal, against one pinned edition (domain.md §2.3–2.5; seed annex 1). Score and veto are told apart. */
@Thing('年度自评', { table: 'assessment', scope: SCOPE })
@Unique({ properties: ['enterprise', 'year'] })
export class Assessment extends Recorded {
  @Link('企业', () => Enterprise, { many: { name: 'assessments', label: '年度自评' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  @Whole('年度') year!: number
  @Link('评定标准', () => AssessmentStandard, { many: { name: 'assessments', label: '年度自评' } }) standard!: Ref<AssessmentStandard>
  @Choice('状态', AssessmentStage) stage: AssessmentStage = DRAFT
  @Day('应完成日期') dueOn!: string
  @Whole('上年度死亡人数') deaths: number = 0
  @Whole('上年度重伤人数') seriousInjuries: number = 0

  @Whole('总分（十分之一分）') totalTenths: number = 0
  @Whole('缺项分（十分之一分）') naTenths: number = 0
  @Whole('实得分（十分之一分）') earnedTenths: number = 0
  @Whole('得分率（千分之一）', { nullable: true }) percentTenths?: number
  @Whole('已评条数') answered: number = 0
  @Whole('应评条数') items: number = 0
  @Choice('按得分的等级', AssessmentLevel, { nullable: true }) levelByScore?: AssessmentLevel
  @Choice('按安全绩效的等级', AssessmentLevel, { nullable: true }) levelByRecord?: AssessmentLevel
  @Choice('自评等级', AssessmentLevel, { nullable: true }) level?: AssessmentLevel
  @Whole('触及否决项') vetoes: number = 0

  @Day('完成日期', { nullable: true }) finishedOn?: string
  @Instant('签署时间', { nullable: true }) signedAt?: string
  @Id('签署账号', { nullable: true }) signedBy?: string
  @Text('签署人', { max: 40, nullable: true, personal: true }) signerName?: string
  @Text('审查意见', { max: 500, nullable: true }) remark?: string
  @Id('审查人', { nullable: true }) reviewedBy?: string
  @Instant('审查时间', { nullable: true }) reviewedAt?: string
  @Derived('得分率', () => String, ['percentTenths'], (row) => percentText(row['percentTenths'] as number | null | undefined), { nullable: true })
  percent?: string

  needOpen(): void {
    if (this.stage !== DRAFT && this.stage !== CHANGES_ASKED) throw new Refusal('ASSESSMENT_STAGE', `这份自评${STAGE_NAME[this.stage]}，不能再改`)
  }

  /** 签署: everything answered, every non-conformity closed. */
  sign(by: Actor, at: Date, signer: string, left: { unanswered: number; open: number }): void {
    if (by.role !== 'ENTERPRISE') throw forbidden('自评由企业主要负责人签署')
    this.needOpen()
    if (left.unanswered) throw new Refusal('ASSESSMENT_UNANSWERED', `还有 ${left.unanswered} 条没有评，请评完再签署`)
    if (left.open) throw new Refusal('NONCONFORMITIES_OPEN', `还有 ${left.open} 条不符合项没有整改完，整改并验证后才能签署`)
    if (!signer.trim()) throw new Refusal('MISSING', '请填写签署人姓名', { field: 'signer' })
    this.stage = SUBMITTED
    this.signedAt = instant(at)
    this.signedBy = by.id
    this.signerName = signer.trim()
    this.finishedOn = dayOf(at)
    delete this.remark
  }

  /** 站所审查: accepted, or changes asked for with a remark. */
  review(by: Actor, at: Date, accepted: boolean, remark: string): void {
    if (by.role !== 'STATION' && by.role !== 'TOWN_OFFICE') throw forbidden('自评由行业主管站所或镇安办审查')
    if (this.stage !== SUBMITTED) throw new Refusal('ASSESSMENT_STAGE', `这份自评${STAGE_NAME[this.stage]}，不能审查`)
    if (!accepted && !remark.trim()) throw new Refusal('MISSING', '请写明要修改什么', { field: 'remark' })
    this.stage = accepted ? ACCEPTED : CHANGES_ASKED
    if (remark.trim()) this.remark = remark.trim()
    this.reviewedBy = by.id
    this.reviewedAt = instant(at)
    if (!accepted) for (const key of ['finishedOn', 'signedAt', 'signedBy', 'signerName'] as const) delete this[key]
  }
}

/** 85.0, as the forms print it. */
export const percentText = (tenths: number | null | undefined): string | null => (tenths == null ? null : `${Math.floor(tenths / 10)}.${tenths % 10}`)

/** What one assessment says of one element. Kept when the assessment moves to another edition, so that it can come back. */
@Thing('自评条目', { table: 'assessment_answer', scope: SCOPE })
@Unique({ properties: ['assessment', 'element'] })
export class AssessmentAnswer extends Recorded {
  @Link('年度自评', () => Assessment, { many: { name: 'answers', label: '自评条目' } }) assessment!: Ref<Assessment>
  @Link('企业', () => Enterprise) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Link('要素', () => StandardElement, { many: { name: 'answers', label: '自评条目' } }) element!: Ref<StandardElement>
  @Flag('不适用（缺项）') na: boolean = false
  @Text('不适用的原因', { max: 255, nullable: true }) naReason?: string
  @Text('自评描述', { nullable: true }) note?: string
  @Flag('换版后须重新核对') recheck: boolean = false
  @Whole('扣分合计（十分之一分）') deductedTenths: number = 0
}

/** 扣分 and the 不符合项 behind it: a hazard, or a task of its own. */
@Thing('扣分与不符合项', { table: 'deduction', scope: SCOPE })
export class Deduction extends Recorded {
  @Link('自评条目', () => AssessmentAnswer, { many: { name: 'deductions', label: '扣分' } }) answer!: Ref<AssessmentAnswer>
  @Link('年度自评', () => Assessment, { many: { name: 'deductions', label: '扣分' } }) assessment!: Ref<Assessment>
  @Link('企业', () => Enterprise) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Whole('扣分（十分之一分）') tenths!: number
  @Text('不符合的情况') finding!: string
  @Link('转成的隐患', () => Hazard, { nullable: true, many: { name: 'deductions', label: '自评扣分' } }) hazard?: Ref<Hazard>
  @Text('整改措施', { nullable: true }) measure?: string
  @Text('责任岗位', { max: 60, nullable: true }) responsible?: string
  @Day('整改期限', { nullable: true }) dueOn?: string
  @Day('整改完成日期', { nullable: true }) doneOn?: string
  @Id('整改人', { nullable: true }) doneBy?: string
  @Id('代谁整改', { nullable: true, shown: false }) doneFor?: string
  @Text('整改情况', { nullable: true }) result?: string
  @Id('验证人', { nullable: true }) verifiedBy?: string
  @Day('验证日期', { nullable: true }) verifiedOn?: string
  @Day('撤销日期', { nullable: true }) withdrawnOn?: string

  /** 不符合项整改: done by somebody, verified by somebody else. */
  fix(by: Actor, at: Date, result: string): void {
    if (this.hazard) throw new Refusal('IS_HAZARD', '这条已转成隐患，请在隐患里整改')
    if (this.verifiedOn || this.withdrawnOn) throw new Refusal('ALREADY', '这条不符合项已经办结')
    if (result.trim().length < 2) throw new Refusal('MISSING', '请填写整改情况', { field: 'result' })
    this.result = result.trim()
    this.doneOn = dayOf(at)
    this.doneBy = by.id
    if (by.standIn) this.doneFor = by.standIn.principal
    else delete this.doneFor
  }

  verify(by: Actor, at: Date): void {
    if (!this.doneOn) throw new Refusal('NOT_DONE', '还没有整改，不能验证')
    if (this.verifiedOn) throw new Refusal('ALREADY', '这条不符合项已经办结')
    if (isOne(by, this.doneBy) || isOne(by, this.doneFor))
      throw forbidden(samePerson(by, [this.doneBy, this.doneFor], '整改人不能自己验证，请由另一个账号验证'))
    this.verifiedOn = dayOf(at)
    this.verifiedBy = by.id
  }

  needDue(today: DayText): void {
    if (!this.hazard && (!this.dueOn || this.dueOn < today)) throw new Refusal('DUE', '整改期限不能早于今天', { field: 'dueOn' })
  }
}

/** Whether the assessment touches one of the standard's vetoes. */
@Thing('否决项核对', { table: 'assessment_veto', scope: SCOPE })
@Unique({ properties: ['assessment', 'text'] })
export class AssessmentVeto extends Recorded {
  @Link('年度自评', () => Assessment, { many: { name: 'vetoChecks', label: '否决项核对' } }) assessment!: Ref<Assessment>
  @Link('企业', () => Enterprise) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Text('内容', { max: 255 }) text!: string
  @Flag('触及') hit: boolean = false
}
