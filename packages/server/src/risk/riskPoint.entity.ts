import { Index, Unique } from '@mikro-orm/decorators/legacy'
import type { Actor } from '../shared/context.js'
import { Thing } from '../shared/datum.js'
import { addDays, type Day, dayOf, instant } from '../shared/days.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { type Rating, worstOf } from './grade.js'
import * as may from './rights.js'
import type { RiskPreset } from './riskPreset.entity.js'
import { RiskRecord } from './riskFacts.js'
import { ControlLevel, type DirectRed, LEVEL_NAME, ReviewCause, RiskColor } from './terms.js'

const YEAR = 365
const RISKY: readonly RiskColor[] = [RiskColor.RED, RiskColor.ORANGE]
const LEVELS = Object.values(ControlLevel)

/** What a rating is made of: with no measures (inherent) and with those in place (residual). */
export interface Judgement {
  preset: RiskPreset
  inherent: Rating
  residual: Rating
  directRed?: DirectRed | undefined
  directRedNote?: string | undefined
  controlLevel?: ControlLevel | undefined
  cause: ReviewCause
  nextReviewOn?: Day | undefined
}

/** 风险点: rated, confirmed, looked at again, ended. Acts take who and when as arguments (domain.md §3). */
@Thing('风险点', { table: 'risk_point', scope: { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'workshop' } })
@Unique({ properties: ['enterprise', 'code'] })
@Index({ properties: ['division', 'color'] })
@Index({ properties: ['enterprise', 'endedOn'] })
export class RiskPoint extends RiskRecord {
  /** 评价: the residual colour is the point's colour; a direct red is red on both. */
  assess(by: Actor, at: Date, judged: Judgement): void {
    if (!may.assess(by, this)) throw forbidden('风险由本企业（车间）评价，站所确认')
    this.needLive()
    const { preset, directRed } = judged
    if (directRed && !judged.directRedNote?.trim()) throw new Refusal('MISSING', '直接判定为重大风险的，请写明具体情况', { field: 'directRedNote' })
    const [inherent, residual] = [preset.grade(judged.inherent), preset.grade(judged.residual)]
    if (residual.score > inherent.score) throw new Refusal('RESIDUAL_ABOVE', '采取措施后的风险不会高于固有风险，请核对取值', { field: 'residual' })
    const was = this.color
    this.method = preset.method
    this.preset = preset.code
    this.presetEdition = preset.edition
    ;({ l10: this.inherentL10, e10: this.inherentE10, c: this.inherentC } = judged.inherent)
    ;({ l10: this.residualL10, e10: this.residualE10, c: this.residualC } = judged.residual)
    this.inherentScore100 = inherent.score
    this.residualScore100 = residual.score
    this.take('directRed', directRed)
    this.take('directRedNote', directRed && judged.directRedNote?.trim())
    this.inherentColor = directRed ? RiskColor.RED : inherent.color
    this.color = this.residualColor = directRed ? RiskColor.RED : residual.color
    this.controlLevel = this.levelFor(preset, judged.controlLevel)
    this.looked(by, at, judged)
    this.askConfirmation(was)
  }

  /** Never below what the preset asks of the worse of its two colours' residual one; above it is the enterprise's choice. */
  private levelFor(preset: RiskPreset, chosen: ControlLevel | undefined): ControlLevel {
    const least = preset.levelOf(this.color!)
    if (!chosen) return least
    if (LEVELS.indexOf(chosen) > LEVELS.indexOf(least))
      throw new Refusal('CONTROL_LEVEL', `这个等级的风险至少由${LEVEL_NAME[least]}管控`, { field: 'controlLevel' })
    return chosen
  }

  /** Orange and red wait for the station, and so does a point that leaves them: nobody talks his own risk down alone. */
  private askConfirmation(was: RiskColor | undefined): void {
    const risky = (color: RiskColor | undefined) => !!color && RISKY.includes(color)
    this.awaitsConfirmation = risky(this.color) || risky(was)
    this.take('confirmedBy', undefined)
    this.take('confirmedAt', undefined)
  }

  /** 站所确认. */
  confirm(by: Actor, at: Date): void {
    if (!may.confirm(by, this)) throw forbidden('较大以上风险由行业主管站所确认（没有站所的由镇安办确认）')
    this.needLive()
    if (!this.awaitsConfirmation) throw new Refusal('ALREADY', '这个风险点没有待确认的评价')
    this.awaitsConfirmation = false
    this.confirmedBy = by.id
    this.confirmedAt = instant(at)
  }

  /** 复评: looked at again and found as it was. */
  review(by: Actor, at: Date, looked: { cause: ReviewCause; reason?: string | undefined; nextReviewOn?: Day | undefined }): void {
    if (!may.assess(by, this)) throw forbidden('风险由本企业（车间）复评')
    this.needLive()
    if (!this.color) throw new Refusal('NOT_ASSESSED', '这个风险点还没有评价，请先评价')
    if (looked.cause !== ReviewCause.PERIODIC && !looked.reason?.trim()) throw new Refusal('MISSING', '请写明什么变了、为什么等级不变', { field: 'reason' })
    this.looked(by, at, looked)
  }

  private looked(by: Actor, at: Date, { cause, nextReviewOn }: { cause: ReviewCause; nextReviewOn?: Day | undefined }): void {
    const today = dayOf(at)
    const next = nextReviewOn ?? addDays(today, YEAR)
    if (next <= today) throw new Refusal('DAY_PAST', '下次复评日期要晚于今天', { field: 'nextReviewOn' })
    if (next > addDays(today, YEAR)) throw new Refusal('REVIEW_FAR', `风险至少每年复评一次，最迟 ${addDays(today, YEAR)}`, { field: 'nextReviewOn' })
    this.assessedAt = instant(at)
    this.assessedOn = today
    this.assessedBy = by.id
    this.assessorName = by.name
    this.reviewCause = cause
    this.nextReviewOn = next
    this.take('reviewAsked', undefined)
    this.take('reviewAskedWhy', undefined)
  }

  /** 要求复评: something has changed, or the station does not agree. */
  askReview(by: Actor, cause: ReviewCause, why: string): void {
    if (!may.askReview(by, this)) throw forbidden()
    this.needLive()
    if (!why.trim()) throw new Refusal('MISSING', '请写明要求复评的原因', { field: 'reason' })
    this.reviewAsked = cause
    this.reviewAskedWhy = why.trim()
  }

  /** 撤销: what is no longer there; it stays in the register and leaves the colours. */
  end(by: Actor, at: Date, reason: string): void {
    if (!may.assess(by, this)) throw forbidden('风险点由本企业（车间）撤销')
    this.needLive()
    if (!reason.trim()) throw new Refusal('MISSING', '请写明撤销原因', { field: 'reason' })
    // A red or orange point vanishes only from under eyes that have seen it.
    if (this.color && RISKY.includes(this.color) && this.awaitsConfirmation)
      throw new Refusal('AWAITS_CONFIRMATION', '这个风险点的评价还在等站所确认，确认后才能撤销')
    this.endedOn = dayOf(at)
    this.endReason = reason.trim()
  }

  needLive(): void {
    if (this.endedOn) throw new Refusal('RISK_ENDED', '这个风险点已经撤销')
  }

  private take<Key extends keyof this & string>(key: Key, value: this[Key] | '' | undefined): void {
    if (value) this[key] = value
    else delete this[key]
  }
}

/** The worst of the live points. */
export const worstPoint = (points: Iterable<Pick<RiskPoint, 'color' | 'endedOn'>>): RiskColor | undefined =>
  worstOf([...points].filter(({ endedOn }) => !endedOn).map(({ color }) => color))
