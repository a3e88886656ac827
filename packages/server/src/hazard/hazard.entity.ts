import { Index } from '@mikro-orm/decorators/legacy'
import type { Actor } from '../shared/context.js'
import { Thing } from '../shared/datum.js'
import { addDays, type Day, dayOf, daysBetween, instant } from '../shared/days.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import type { Criterion } from '../standard/criterion.entity.js'
import { HazardRecord } from './hazardFacts.js'
import * as may from './rights.js'
import type { HazardRules } from './rules.js'
import { HazardSeverity, HazardSource, HazardStage, ManageType, NEXT, STAGE_NAME } from './terms.js'

const { REGISTERED, NOTIFIED, RECTIFYING, PENDING_REVIEW, CLOSED, TRANSFERRED, VOID } = HazardStage

/** 隐患: every act refuses first, in the user's words, then changes (domain.md §4). Acts take who and when as arguments. */
@Thing('隐患', { table: 'hazard', scope: { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'workshop' } })
@Index({ properties: ['stage', 'dueOn'] })
@Index({ properties: ['division', 'stage'] })
@Index({ properties: ['foundOn', 'id'] })
export class Hazard extends HazardRecord {
  get isMajor(): boolean {
    return this.severity === HazardSeverity.MAJOR
  }

  /** 登记受理. A major hazard needs its clause and somebody entitled to confirm it. */
  register(by: Actor, at: Date, criterion?: Criterion): void {
    if (!may.register(by, this)) throw forbidden('您不能受理这条隐患')
    this.needText(this.description, 'description', '请填写隐患描述')
    this.needText(this.place, 'place', '请填写隐患部位')
    if (this.isMajor) this.confirmMajor(by, criterion)
    this.moveTo(REGISTERED)
    this.registeredAt = instant(at)
  }

  confirmMajor(by: Actor, criterion: Criterion | undefined): void {
    if (!criterion && !this.criterion) throw new Refusal('CRITERION_MISSING', '重大隐患必须选定判定条款', { field: 'criterion' })
    if (!may.confirmMajor(by)) throw forbidden('重大隐患须由行业站所或镇安办确认')
    this.needText(this.interimMeasure, 'interimMeasure', '重大隐患必须先采取临时防范措施（停用、撤人、警戒等）')
    this.severityConfirmedBy = by.id
  }

  /** 下达整改通知: the first deadline is set here and never rewritten. */
  notify(by: Actor, at: Date, rules: HazardRules, notice: { number: string; dueOn: Day; demand?: string | undefined }): void {
    if (!may.notify(by, this)) throw forbidden('您不能对这条隐患下达整改通知')
    this.needDeadline(notice.dueOn, at, rules)
    this.moveTo(NOTIFIED)
    this.noticeNumber = notice.number
    this.notifiedAt = instant(at)
    this.manageType = ManageType.DEADLINE
    this.dueOn = notice.dueOn
    this.originalDueOn ??= notice.dueOn
    if (notice.demand) this.demand = notice.demand
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
    if (!this.fixingsAt) throw new Refusal('FIXING_MISSING', '整改单位还没有填报五落实')
    this.needOther(by, '五落实的审核人不能是填报人')
    this.fixingsApprovedBy = by.id
  }

  /** 接收并开始整改. */
  accept(by: Actor, at: Date, rectifierName?: string): void {
    if (!may.rectify(by, this)) throw forbidden('只有被通知的单位能接收整改')
    if (this.isMajor && !this.fixingsApprovedBy) throw new Refusal('FIXINGS_NOT_APPROVED', '重大隐患的五落实审核通过后才能开始整改')
    this.moveTo(RECTIFYING)
    this.rectifier = by.id
    this.rectifierName = rectifierName?.trim() || by.name
    this.acceptedAt = instant(at)
    this.rememberFixer(by)
  }

  /** 提交复查, with evidence of this very round. */
  submit(by: Actor, at: Date, done: { result: string; costFen?: number | undefined; photos: number }): void {
    if (!may.rectify(by, this)) throw forbidden('只有整改单位能提交复查')
    if (this.isMajor && !this.criterion) throw new Refusal('CRITERION_MISSING', '请先由行业站所补齐重大隐患判定条款', { field: 'criterion' })
    if (this.isMajor && !this.fixingsApprovedBy) throw new Refusal('FIXINGS_NOT_APPROVED', '重大隐患的五落实审核通过后才能提交复查')
    this.moveTo(PENDING_REVIEW, RECTIFYING)
    this.recordFix(by, at, done)
  }

  /** 即查即改: fixed on the day it was found; a second person still signs (close). */
  fixOnSpot(by: Actor, at: Date, done: { result: string; costFen?: number | undefined; photos: number; fixerName?: string | undefined }): void {
    if (!may.fixOnSpot(by, this)) throw forbidden('您不能为这条隐患登记即查即改')
    if (this.isMajor) throw new Refusal('MAJOR_NOT_ON_SPOT', '重大隐患不能按即查即改处理')
    if (dayOf(at) !== this.foundOn) throw new Refusal('NOT_SAME_DAY', '即查即改须在发现当天完成，请改为限期整改')
    if (!this.photosBefore) throw new Refusal('PHOTO_MISSING', '即查即改须有整改前照片', { field: 'photos' })
    this.moveTo(PENDING_REVIEW, REGISTERED)
    this.manageType = ManageType.IMMEDIATE
    this.originalDueOn ??= this.foundOn
    this.dueOn ??= this.foundOn
    this.rectifier = by.id
    this.rectifierName = done.fixerName?.trim() || by.name
    this.recordFix(by, at, done)
  }

  private recordFix(by: Actor, at: Date, done: { result: string; costFen?: number | undefined; photos: number }): void {
    this.needText(done.result, 'result', '请填写整改情况')
    if (done.photos < 1) throw new Refusal('PHOTO_MISSING', '请先上传整改后照片', { field: 'photos' })
    this.result = done.result.trim()
    if (done.costFen != null) this.costFen = done.costFen
    this.photosAfter += done.photos
    this.submittedBy = by.id
    this.submittedAt = instant(at)
    this.rememberFixer(by)
  }

  /** 复查合格. Closes when enough different people have passed it; until then it waits for the next. */
  close(by: Actor, at: Date, rules: HazardRules, opinion: string): void {
    this.needReviewer(by)
    if (this.stage !== PENDING_REVIEW) throw this.wrongStage('复查')
    if (this.firstReviewer === by.id) throw new Refusal('SAME_REVIEWER', '您已复查过，须由另一人再次复查')
    const needed = this.reviewersNeeded(rules)
    this.reviewerNames = this.firstReviewer ? `${this.reviewerNames ?? ''}、${by.name}` : by.name
    this.reviewOpinion = opinion.trim() || '合格'
    if (needed > 1 && !this.firstReviewer) {
      this.firstReviewer = by.id
      return
    }
    if (this.firstReviewer) this.secondReviewer = by.id
    else this.firstReviewer = by.id
    if (this.listedAt && !this.delistedAt) this.delist(by, at)
    this.moveTo(CLOSED)
    this.closedAt = instant(at)
  }

  reviewersNeeded(rules: HazardRules): number {
    if (this.isMajor) return rules.reviewersMajor
    return this.source === HazardSource.ENFORCEMENT ? rules.reviewersEnforcement : 1
  }

  /** 复查不合格，退回整改. */
  return(by: Actor, at: Date, rules: HazardRules, reason: string, dueOn: Day): void {
    this.needReviewer(by)
    if (this.stage !== PENDING_REVIEW) throw this.wrongStage('退回')
    this.needText(reason, 'reason', '请写明退回原因')
    this.needDeadline(dueOn, at, rules)
    this.moveTo(RECTIFYING)
    this.dueOn = dueOn
    this.originalDueOn ??= dueOn
    this.returns += 1
    this.reviewOpinion = reason.trim()
    delete this.firstReviewer
    delete this.secondReviewer
    delete this.reviewerNames
  }

  /** 移送: no competence here [安全生产法 art.69]. */
  transfer(by: Actor, at: Date, to: string, receipt: string): void {
    if (!may.transfer(by)) throw forbidden('移送由行业站所或镇安办办理')
    this.needText(to, 'transferredTo', '请填写接收移送的单位')
    this.needText(receipt, 'transferReceipt', '请填写移送回执编号')
    this.moveTo(TRANSFERRED)
    this.transferredTo = to.trim()
    this.transferReceipt = receipt.trim()
    this.transferredAt = instant(at)
  }

  /** 作废: stays in the ledger, outside the statistics. */
  void(by: Actor, reason: string): void {
    if (!may.voidIt(by, this)) throw forbidden('您不能作废这条隐患')
    this.needText(reason, 'reason', '请写明作废原因')
    this.moveTo(VOID)
    this.voidReason = reason.trim()
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

  private moveTo(stage: HazardStage, only: HazardStage = this.stage): void {
    if (this.stage !== only || !NEXT[this.stage].includes(stage)) throw this.wrongStage(STAGE_NAME[stage])
    this.stage = stage
  }

  private wrongStage(wanted: string): Refusal {
    return new Refusal('WRONG_STAGE', `这条隐患现在是“${STAGE_NAME[this.stage]}”，不能${wanted.length > 4 ? '' : '办理'}“${wanted}”，请刷新后再看`)
  }

  private needText(value: string | undefined, field: string, sentence: string): void {
    if (!value?.trim()) throw new Refusal('MISSING', sentence, { field })
  }

  needDeadline(dueOn: Day, at: Date, rules: HazardRules): void {
    const today = dayOf(at)
    if (dueOn < today) throw new Refusal('DEADLINE_PAST', '整改期限不能早于今天', { field: 'dueOn' })
    const most = this.isMajor ? rules.majorMaxDays : rules.generalMaxDays
    if (daysBetween(today, dueOn) > most) throw new Refusal('DEADLINE_FAR', `整改期限最长 ${most} 天，最迟 ${addDays(today, most)}`, { field: 'dueOn' })
  }

  private needReviewer(by: Actor): void {
    this.needOther(by, '复查人不能是整改人或提交人')
    if (!may.review(by, this)) throw forbidden('这条隐患不由您复查')
  }

  /** Separation of duties, by account, whatever the account's role is today. */
  private needOther(by: Actor, sentence: string): void {
    if (this.fixedBy(by.id)) throw new Refusal('SAME_PERSON', sentence)
  }

  fixedBy(person: string): boolean {
    return this.rectifier === person || this.submittedBy === person || this.fixers.split(' ').includes(person)
  }

  private rememberFixer(by: Actor): void {
    if (!this.fixers.split(' ').includes(by.id)) this.fixers = `${this.fixers} ${by.id}`.trim()
  }
}

const FIVE_FIXINGS = [
  ['responsiblePerson', '整改责任人'],
  ['responsibleDept', '责任部门'],
  ['measures', '整改措施'],
  ['milestones', '整改时限与节点'],
  ['emergencyPlan', '应急预案'],
] as const
