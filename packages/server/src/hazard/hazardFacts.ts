import type { Ref } from '@mikro-orm/core'
import { Property } from '@mikro-orm/decorators/legacy'
import { ObjectType } from 'type-graphql'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Derived, Facts, Flag, Id, Instant, Link, Lookup, Text, Whole } from '../shared/datum.js'
import { dayOf } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Criterion } from '../standard/criterion.entity.js'
import { ACT_NEEDS, actsOf, HazardAct } from './acts.js'
import { Escalation, HazardCategory, HazardFactor, HazardSeverity, HazardSource, HazardStage, isOpen, ManageType } from './terms.js'

/** What the finder types in (隐患台账, domain.md §4.7). */
@Facts('HazardInput')
export abstract class HazardFacts extends Recorded {
  @Text('隐患描述') description!: string
  @Text('隐患部位', { max: 120 }) place!: string
  @Text('车间（部门）', { max: 60, nullable: true }) workshop?: string
  @Text('岗位（班组）', { max: 60, nullable: true }) post?: string
  @Choice('隐患因素', HazardFactor) factor!: HazardFactor
  @Choice('隐患类别', HazardCategory, { nullable: true }) category?: HazardCategory
  @Text('可能导致的事故类型', { max: 40, nullable: true }) accidentType?: string
  @Choice('隐患等级', HazardSeverity) severity!: HazardSeverity
  @Choice('隐患来源', HazardSource) source!: HazardSource
  @Choice('治理类型', ManageType) manageType!: ManageType
  @Day('发现日期', { index: true }) foundOn!: string
  @Text('违反条款', { nullable: true }) legalBasis?: string
  @Text('整改要求', { nullable: true }) demand?: string
  @Text('临时防范措施', { nullable: true }) interimMeasure?: string
  @Text('备注', { nullable: true }) remark?: string
}

/** Ends the inheritance of the input, not of the type: the five fixings are typed in on their own. */
@ObjectType('HazardFound', { simpleResolvers: true })
abstract class HazardFound extends HazardFacts {}

/** 五落实: responsibility, measures, money, deadline, emergency plan; mandatory for a major hazard (domain.md §4.3). */
@Facts('FiveFixingsInput')
export abstract class FiveFixings extends HazardFound {
  @Text('整改责任人', { max: 40, nullable: true, personal: true }) responsiblePerson?: string
  @Text('责任部门', { max: 60, nullable: true }) responsibleDept?: string
  @Text('整改措施', { nullable: true }) measures?: string
  @Whole('整改资金（分）', { nullable: true }) fundFen?: number
  @Text('资金来源', { max: 60, nullable: true }) fundSource?: string
  @Text('整改时限与节点', { nullable: true }) milestones?: string
  @Text('应急预案', { nullable: true }) emergencyPlan?: string
}

/** Everything the ledger keeps about a hazard. The rules that move it are in hazard.entity.ts. */
@ObjectType('HazardRecord', { simpleResolvers: true })
export abstract class HazardRecord extends FiveFixings {
  @Text('编号', { max: 40, unique: true }) number!: string
  @Choice('状态', HazardStage) stage: HazardStage = HazardStage.DRAFT
  @Link('企业', () => Enterprise, { many: { name: 'hazards', label: '隐患' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }, { many: { name: 'hazards', label: '隐患（村）' } }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }, { many: { name: 'hazards', label: '隐患' } }) tradeStation?: Station

  @Id('发现人账号', { nullable: true }) foundBy?: string
  @Text('发现人角色', { max: 20 }) foundByRole!: string
  @Text('检查单位', { max: 60, nullable: true }) foundByUnit?: string
  @Text('检查人', { max: 60, nullable: true, personal: true }) finderName?: string
  @Link('重大隐患判定条款', () => Criterion, { nullable: true, many: { name: 'hazards', label: '隐患' } }) criterion?: Ref<Criterion>
  @Id('重大隐患确认人', { nullable: true }) severityConfirmedBy?: string
  @Flag('反复隐患') recurring: boolean = false
  @Flag('历史台账导入') historical: boolean = false

  @Instant('登记时间（受理）', { nullable: true, index: true }) registeredAt?: string
  @Text('整改通知书编号', { max: 60, nullable: true }) noticeNumber?: string
  @Instant('下达时间', { nullable: true }) notifiedAt?: string
  @Day('首次整改期限', { nullable: true }) originalDueOn?: string
  @Day('当前整改期限', { nullable: true, index: true }) dueOn?: string
  @Whole('延期次数') extensions: number = 0

  @Instant('五落实提交时间', { nullable: true }) fixingsAt?: string
  @Id('五落实审核人', { nullable: true }) fixingsApprovedBy?: string

  @Id('整改人账号', { nullable: true }) rectifier?: string
  @Text('整改人', { max: 60, nullable: true, personal: true }) rectifierName?: string
  @Instant('开始整改时间', { nullable: true }) acceptedAt?: string
  @Text('整改情况', { nullable: true }) result?: string
  @Whole('整改费用（分）', { nullable: true }) costFen?: number
  @Id('提交人账号', { nullable: true }) submittedBy?: string
  @Instant('提交复查时间', { nullable: true }) submittedAt?: string
  @Whole('整改前照片') photosBefore: number = 0
  @Whole('整改后照片') photosAfter: number = 0
  /** Accounts that had a hand in fixing, in any round: none of them ever verifies. Space-separated ids. */
  @Text('经手整改的账号', { shown: false }) fixers: string = ''

  @Id('第一复查人', { nullable: true }) firstReviewer?: string
  /** In whose stead the first reviewer signed: that one is no second person either. */
  @Id('第一复查人代谁复查', { nullable: true, shown: false }) firstReviewerFor?: string
  @Id('第二复查人', { nullable: true }) secondReviewer?: string
  @Text('复查人', { max: 120, nullable: true, personal: true }) reviewerNames?: string
  @Text('复查意见', { nullable: true }) reviewOpinion?: string
  @Whole('退回次数') returns: number = 0
  @Instant('销号时间', { nullable: true, index: true }) closedAt?: string

  @Text('挂牌督办编号', { max: 60, nullable: true }) listingNumber?: string
  @Instant('挂牌时间', { nullable: true }) listedAt?: string
  @Instant('摘牌时间', { nullable: true }) delistedAt?: string
  @Text('移送单位', { max: 120, nullable: true }) transferredTo?: string
  @Text('移送回执', { max: 120, nullable: true }) transferReceipt?: string
  @Instant('移送时间', { nullable: true }) transferredAt?: string
  @Text('作废原因', { nullable: true }) voidReason?: string
  @Choice('逾期升级', Escalation) escalation: Escalation = Escalation.NONE
  /** What makes two ledger rows the same hazard: enterprise, day, place and description. */
  @Property({ type: 'string', length: 64, nullable: true, index: true }) fingerprint?: string

  @Derived('我可以办理', () => [HazardAct], ACT_NEEDS, (row, { actor }) => (actor ? actsOf(actor, row as unknown as HazardRecord) : [])) acts?: HazardAct[]
  @Derived('逾期', () => Boolean, ['stage', 'dueOn'], (row, { now }) => isOverdue(row, dayOf(now))) overdue?: boolean
  @Derived('已延期', () => Boolean, ['extensions'], (row) => Number(row['extensions']) > 0) extended?: boolean
  @Derived('挂牌督办中', () => Boolean, ['listedAt', 'delistedAt'], (row) => !!row['listedAt'] && !row['delistedAt']) listed?: boolean
}

/** Open and past its current deadline; the deadline day itself still counts as on time (domain.md §4.4, §8). */
export const isOverdue = (row: { stage?: unknown; dueOn?: unknown }, today: string): boolean =>
  isOpen(row.stage as HazardStage) && !!row.dueOn && String(row.dueOn) < today
