import { Index } from '@mikro-orm/decorators/legacy'
import type { Actor } from '../shared/context.js'
import { Thing } from '../shared/datum.js'
import { type Day, dayOf, instant } from '../shared/days.js'
import { isOne } from '../shared/onePerson.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import type { Criterion } from '../standard/criterion.entity.js'
import * as may from './rights.js'
import type { HazardRules } from './rules.js'
import { SupervisedHazard } from './supervised.js'
import { HazardSource, HazardStage, ManageType } from './terms.js'

const { REGISTERED, NOTIFIED, RECTIFYING, PENDING_REVIEW, CLOSED, TRANSFERRED, VOID } = HazardStage

/** 隐患: every act refuses first, in the user's words, then changes (domain.md §4). Acts take who and when as arguments. */
@Thing('隐患', { table: 'hazard', scope: { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'workshop' } })
@Index({ properties: ['stage', 'dueOn'] })
@Index({ properties: ['division', 'stage'] })
// Whether an enterprise has any at a stage, or a major one: asked of every enterprise (双控覆盖, 重大隐患全部销号), never to be
// answered by reading all hazards of that stage.
@Index({ properties: ['enterprise', 'stage', 'severity'] })
// The overdue major ones, longest first, without looking at every major one.
@Index({ properties: ['severity', 'stage', 'dueOn'] })
// The latest closures of a place, newest first, without reading and sorting all of them.
@Index({ name: 'hazard_latest_closed_index', properties: ['stage', 'closedAt', 'number', 'division', 'station'] })
@Index({ properties: ['division', 'foundOn', 'id'] })
@Index({ properties: ['station', 'foundOn', 'id'] })
@Index({ properties: ['foundOn', 'id'] })
// Those of an enterprise in the list's order and within a reader's scope: which rows stand on its page is seen without looking at the others.
@Index({ name: 'hazard_of_enterprise_index', properties: ['enterprise', 'foundOn', 'id', 'division', 'station', 'workshop'] })
export class Hazard extends SupervisedHazard {
  /** 登记受理. A major hazard needs its clause and somebody entitled to confirm it. */
  register(by: Actor, at: Date, criterion?: Criterion): void {
    if (!may.register(by, this)) throw forbidden('您不能受理这条隐患')
    this.needStep(REGISTERED)
    this.needText(this.description, 'description', '请填写隐患描述')
    this.needText(this.place, 'place', '请填写隐患部位')
    if (this.isMajor) this.confirmMajor(by, criterion)
    this.stage = REGISTERED
    this.registeredAt = instant(at)
  }

  /** 下达整改通知: the first deadline is set here and never rewritten. */
  notify(by: Actor, at: Date, rules: HazardRules, notice: { number: string; dueOn: Day; demand?: string | undefined }): void {
    if (!may.notify(by, this)) throw forbidden('您不能对这条隐患下达整改通知')
    this.needStep(NOTIFIED)
    this.needDeadline(notice.dueOn, at, rules)
    this.stage = NOTIFIED
    this.noticeNumber = notice.number
    this.notifiedAt = instant(at)
    this.manageType = ManageType.DEADLINE
    this.dueOn = notice.dueOn
    this.originalDueOn ??= notice.dueOn
    if (notice.demand) this.demand = notice.demand
  }

  /** 接收并开始整改. */
  accept(by: Actor, at: Date, rectifierName?: string): void {
    if (!may.rectify(by, this)) throw forbidden('只有被通知的单位能接收整改')
    if (this.isMajor && !this.fixingsApprovedBy) throw new Refusal('FIXINGS_NOT_APPROVED', '重大隐患的五落实审核通过后才能开始整改')
    this.needStep(RECTIFYING, NOTIFIED)
    this.stage = RECTIFYING
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
    this.needStep(PENDING_REVIEW, RECTIFYING)
    this.needEvidence(done)
    this.recordFix(by, at, done)
  }

  /** 即查即改: fixed on the day it was found; a second person still signs (close). */
  fixOnSpot(by: Actor, at: Date, done: { result: string; costFen?: number | undefined; photos: number; fixerName?: string | undefined }): void {
    if (!may.fixOnSpot(by, this)) throw forbidden('您不能为这条隐患登记即查即改')
    if (this.isMajor) throw new Refusal('MAJOR_NOT_ON_SPOT', '重大隐患不能按即查即改处理')
    if (dayOf(at) !== this.foundOn) throw new Refusal('NOT_SAME_DAY', '即查即改须在发现当天完成，请改为限期整改')
    if (!this.photosBefore) throw new Refusal('PHOTO_MISSING', '即查即改须有整改前照片', { field: 'photos' })
    this.needStep(PENDING_REVIEW, REGISTERED)
    this.needEvidence(done)
    this.manageType = ManageType.IMMEDIATE
    this.originalDueOn ??= this.foundOn
    this.dueOn ??= this.foundOn
    this.rectifier = by.id
    this.rectifierName = done.fixerName?.trim() || by.name
    this.recordFix(by, at, done)
  }

  /**
   * 检查时当场整改: found and put right in one check. Whoever checks may bring it in, for it goes straight to the second
   * person; the day that counts is the day of the check, whenever the network let it through.
   */
  foundFixed(by: Actor, at: Date, done: { result: string; photos: number; fixerName?: string | undefined }): void {
    this.needStep(REGISTERED)
    if (this.isMajor) throw new Refusal('MAJOR_NOT_ON_SPOT', '重大隐患不能按即查即改处理')
    this.stage = REGISTERED
    this.registeredAt = instant(at)
    this.fixOnSpot(by, at, done)
  }

  private needEvidence(done: { result: string; photos: number }): void {
    this.needText(done.result, 'result', '请填写整改情况')
    if (done.photos < 1) throw new Refusal('PHOTO_MISSING', '请先上传整改后照片', { field: 'photos' })
  }

  private recordFix(by: Actor, at: Date, done: { result: string; costFen?: number | undefined; photos: number }): void {
    this.stage = PENDING_REVIEW
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
    if (isOne(by, this.firstReviewer) || isOne(by, this.firstReviewerFor)) throw new Refusal('SAME_REVIEWER', '您已复查过，须由另一人再次复查')
    if (this.isMajor && !this.fixingsApprovedBy) throw new Refusal('FIXINGS_NOT_APPROVED', '重大隐患须有审核通过的五落实才能销号，请退回整改单位补报')
    const needed = this.reviewersNeeded(rules)
    const last = needed === 1 || !!this.firstReviewer
    if (last && this.listedAt && !this.delistedAt) this.delist(by, at)
    this.reviewerNames = this.firstReviewer ? `${this.reviewerNames ?? ''}、${by.name}` : by.name
    this.reviewOpinion = opinion.trim() || '合格'
    if (!last) {
      this.firstReviewer = by.id
      if (by.standIn) this.firstReviewerFor = by.standIn.principal
      return
    }
    if (this.firstReviewer) this.secondReviewer = by.id
    else this.firstReviewer = by.id
    this.stage = CLOSED
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
    this.stage = RECTIFYING
    this.dueOn = dueOn
    this.originalDueOn ??= dueOn
    this.returns += 1
    this.reviewOpinion = reason.trim()
    delete this.firstReviewer
    delete this.firstReviewerFor
    delete this.secondReviewer
    delete this.reviewerNames
  }

  /** 移送: no competence here [安全生产法 art.69]. */
  transfer(by: Actor, at: Date, to: string, receipt: string): void {
    if (!may.transfer(by)) throw forbidden('移送由行业站所或镇安办办理')
    this.needStep(TRANSFERRED)
    this.needText(to, 'transferredTo', '请填写接收移送的单位')
    this.needText(receipt, 'transferReceipt', '请填写移送回执编号')
    this.stage = TRANSFERRED
    this.transferredTo = to.trim()
    this.transferReceipt = receipt.trim()
    this.transferredAt = instant(at)
  }

  /** 作废: stays in the ledger, outside the statistics. */
  void(by: Actor, reason: string): void {
    if (!may.voidIt(by, this)) throw forbidden('您不能作废这条隐患')
    this.needStep(VOID)
    this.needText(reason, 'reason', '请写明作废原因')
    this.stage = VOID
    this.voidReason = reason.trim()
  }
}
