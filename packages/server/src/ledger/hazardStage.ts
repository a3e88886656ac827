import { HazardStage } from '../hazard/terms.js'
import type { Day } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'

export interface Recorded {
  /** The word of the ledger for the stage, already recognised; DONE when only the days tell whether it was reviewed. */
  word: HazardStage | 'DONE' | undefined
  rectifiedOn: Day | undefined
  reviewedOn: Day | undefined
  /** False when the review's result says that it failed. */
  passed: boolean | undefined
}

const { CLOSED, PENDING_REVIEW, NOTIFIED, RECTIFYING } = HazardStage

/** Where a recorded hazard stands. Closed means: rectified, and reviewed by somebody on a day. */
export function stageOf({ word, rectifiedOn, reviewedOn, passed }: Recorded): HazardStage {
  if (word === CLOSED) {
    if (passed === false) throw new Refusal('STATUS', '，但复查结果是不合格，请核对')
    if (!rectifiedOn || !reviewedOn) throw new Refusal('STATUS', `，但没有${missing(rectifiedOn, reviewedOn)}，请补填；还没有复查的改为“待复查”`)
    return CLOSED
  }
  if (word === 'DONE') {
    if (passed === false) return RECTIFYING
    if (rectifiedOn) return reviewedOn ? CLOSED : PENDING_REVIEW
    throw new Refusal('STATUS', `，但没有${missing(rectifiedOn, reviewedOn)}，请补填`)
  }
  if (word === RECTIFYING || word === NOTIFIED || word === PENDING_REVIEW) {
    if (rectifiedOn && reviewedOn && passed) throw new Refusal('STATUS', '，但已有整改完成日期和复查合格的记录，请核对是否应为“已销号”')
    return word
  }
  if (word) return word
  if (passed === false) return RECTIFYING
  if (rectifiedOn) return reviewedOn ? CLOSED : PENDING_REVIEW
  return NOTIFIED
}

const missing = (rectifiedOn: Day | undefined, reviewedOn: Day | undefined) =>
  [rectifiedOn ? '' : '整改完成日期', reviewedOn ? '' : '复查日期'].filter(Boolean).join('和')
