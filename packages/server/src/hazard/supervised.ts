import { ObjectType } from 'type-graphql'
import type { Actor } from '../shared/context.js'
import { type Day, dayOf, daysBetween, instant } from '../shared/days.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import type { Criterion } from '../standard/criterion.entity.js'
import { GuardedHazard } from './guarded.js'
import * as may from './rights.js'
import type { HazardRules } from './rules.js'
import { HazardSeverity, HazardStage, NEXT } from './terms.js'

const { NOTIFIED, RECTIFYING } = HazardStage

/** What a hazard needs beside the straight way to closure: confirmation as major, five fixings, extension, listed supervision. */
@ObjectType('SupervisedHazard', { simpleResolvers: true })
export abstract class SupervisedHazard extends GuardedHazard {
  confirmMajor(by: Actor, criterion: Criterion | undefined, interimMeasure = this.interimMeasure): void {
    if (!criterion && !this.criterion) throw new Refusal('CRITERION_MISSING', '重大隐患必须选定判定条款', { field: 'criterion' })
    if (!may.confirmMajor(by)) throw forbidden('重大隐患须由行业站所或镇安办确认')
    this.needText(interimMeasure, 'interimMeasure', '重大隐患必须先采取临时防范措施（停用、撤人、警戒等）')
    this.severityConfirmedBy = by.id
  }

  /** 改定等级. Whoever may confirm a major hazard may raise or lower the grade, with a reason that the log keeps. */
  regrade(by: Actor, severity: HazardSeverity, reason: string, criterion: Criterion | undefined, interimMeasure: string | undefined): void {
    if (!may.confirmMajor(by)) throw forbidden('隐患等级由行业站所或镇安办改定')
    if (!NEXT[this.stage].length) throw this.wrongStage('改定等级')
    this.needText(reason, 'reason', '请写明改定等级的原因')
    if (severity === HazardSeverity.GENERAL && this.listedAt && !this.delistedAt) throw new Refusal('LISTED', '挂牌督办中的隐患不能降级，请先办结摘牌')
    const interim = interimMeasure?.trim() || this.interimMeasure
    if (severity === HazardSeverity.MAJOR) this.confirmMajor(by, criterion, interim)
    this.severity = severity
    if (interim) this.interimMeasure = interim
    // One signature is enough for a general hazard, not for a major one: whoever signed before signs again.
    delete this.firstReviewer
    delete this.firstReviewerFor
    delete this.reviewerNames
  }

  /** 指派整改责任人: inside the enterprise. */
  assign(by: Actor, person: string, dept: string | undefined): void {
    if (!may.assign(by)) throw forbidden('整改责任人由企业指派')
    if (!NEXT[this.stage].length) throw this.wrongStage('指派整改责任人')
    this.needText(person, 'responsiblePerson', '请填写整改责任人')
    this.responsiblePerson = person.trim()
    if (dept?.trim()) this.responsibleDept = dept.trim()
  }

  /** 填报五落实: by the enterprise, before it may begin on a major hazard. */
  plan(by: Actor, at: Date): void {
    if (!may.rectify(by, this)) throw forbidden('五落实由整改单位填报')
    if (this.stage !== NOTIFIED && this.stage !== RECTIFYING) throw this.wrongStage('填报五落实')
    for (const [field, label] of FIVE_FIXINGS) this.needText(this[field] as string | undefined, field, `五落实缺“${label}”`)
    if (this.fundFen == null || this.fundFen < 0) throw new Refusal('FIXING_MISSING', '五落实缺“整改资金”，不需要资金的填 0', { field: 'fundFen' })
    if (this.isMajor) this.needText(this.interimMeasure, 'interimMeasure', '请填写临时防范措施')
    this.fixingsAt = instant(at)
    this.rememberFixer(by)
    delete this.fixingsApprovedBy
  }

  approvePlan(by: Actor): void {
    if (!may.approvePlan(by, this)) throw forbidden('五落实由行业站所或镇安办审核')
    if (this.stage !== NOTIFIED && this.stage !== RECTIFYING) throw this.wrongStage('审核五落实')
    if (this.fixingsApprovedBy) throw new Refusal('APPROVED_ALREADY', '五落实已经审核通过')
    if (!this.fixingsAt) throw new Refusal('FIXING_MISSING', '整改单位还没有填报五落实')
    this.needOther(by, '五落实的审核人不能是填报人')
    this.fixingsApprovedBy = by.id
  }

  /** 申请延期: in writing, in time; the first deadline stays on record (domain.md §4.4). */
  askExtension(by: Actor, at: Date, rules: HazardRules, to: Day): void {
    if (!may.rectify(by, this)) throw forbidden('延期由整改单位申请')
    if ((this.stage !== NOTIFIED && this.stage !== RECTIFYING) || !this.dueOn) throw this.wrongStage('申请延期')
    if (this.extensions >= rules.extensions) throw new Refusal('EXTENDED_ALREADY', `最多延期 ${rules.extensions} 次`)
    const notice = this.isMajor ? rules.extensionNoticeMajor : rules.extensionNoticeGeneral
    if (daysBetween(dayOf(at), this.dueOn) < notice) throw new Refusal('EXTENSION_LATE', `须在到期前至少 ${notice} 天申请延期（期限 ${this.dueOn}）`)
    if (to <= this.dueOn) throw new Refusal('DEADLINE_PAST', `延期后的期限须晚于原期限 ${this.dueOn}`, { field: 'toDueOn' })
    this.needDeadline(to, at, rules)
  }

  extend(by: Actor, to: Day): void {
    if (!may.decideExtension(by, this)) throw forbidden('这条隐患的延期不由您审批')
    if (this.stage !== NOTIFIED && this.stage !== RECTIFYING) throw this.wrongStage('延期')
    this.dueOn = to
    this.extensions += 1
  }

  /** 挂牌督办. */
  list(by: Actor, at: Date, number: string): void {
    if (!may.list(by)) throw forbidden('挂牌督办由镇安办办理')
    if (!this.isMajor) throw new Refusal('NOT_MAJOR', '只有重大隐患可以挂牌督办')
    if (!NEXT[this.stage].length || this.stage === HazardStage.DRAFT) throw this.wrongStage('挂牌督办')
    if (this.listedAt && !this.delistedAt) throw new Refusal('ALREADY_LISTED', '这条隐患已在挂牌督办中')
    this.listingNumber = number
    this.listedAt = instant(at)
    delete this.delistedAt
  }

  /** 摘牌: by the body that listed it. */
  delist(by: Actor, at: Date): void {
    if (!may.list(by)) throw forbidden('挂牌督办的隐患须由挂牌单位（镇安办）最后复查并摘牌')
    this.delistedAt = instant(at)
  }
}

const FIVE_FIXINGS = [
  ['responsiblePerson', '整改责任人'],
  ['responsibleDept', '责任部门'],
  ['measures', '整改措施'],
  ['milestones', '整改时限与节点'],
  ['emergencyPlan', '应急预案'],
] as const
