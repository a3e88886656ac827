import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Id, Instant, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { addDays, type Day as DayText, dayOf, instant } from '../shared/days.js'
import type { Actor } from '../shared/context.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import * as may from './rights.js'
import type { Counted } from './stand.js'
import { Recorded } from '../shared/recorded.entity.js'
import { ColorCause, RiskColor } from './terms.js'

/**
 * 企业四色: one row for each enterprise, kept in the transaction of whatever moves it (keepStanding.ts). The effective
 * colour is red while a major hazard is overdue; else what the station has set until a day; else the worst live point.
 */
@Thing('企业四色', { table: 'risk_standing', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
@Unique({ properties: ['enterprise'] })
export class RiskStanding extends Recorded {
  @Link('企业', () => Enterprise, { many: { name: 'riskStandings', label: '四色' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }, { many: { name: 'riskStandings', label: '企业四色（村）' } }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }, { many: { name: 'riskStandings', label: '企业四色' } }) tradeStation?: Station
  @Choice('颜色', RiskColor, { nullable: true }) effective?: RiskColor
  @Choice('颜色依据', ColorCause) cause: ColorCause = ColorCause.NONE
  @Text('依据说明', { nullable: true }) causeText?: string
  @Choice('计算颜色（最高的风险点）', RiskColor, { nullable: true }) computed?: RiskColor
  @Whole('红色风险点') red: number = 0
  @Whole('橙色风险点') orange: number = 0
  @Whole('黄色风险点') yellow: number = 0
  @Whole('蓝色风险点') blue: number = 0
  @Whole('未评价风险点') unrated: number = 0
  @Whole('逾期重大隐患') overdueMajors: number = 0
  @Choice('站所调整为', RiskColor, { nullable: true }) overrideColor?: RiskColor
  @Text('调整原因', { nullable: true }) overrideReason?: string
  @Day('调整截止日期', { nullable: true }) overrideUntil?: string
  @Id('调整人账号', { nullable: true }) overrideBy?: string
  @Instant('颜色变化时间', { nullable: true }) changedAt?: string

  /** Takes over what was counted; the colour follows, and its moment is kept when it changes. */
  follow(counted: Counted, now: Date): void {
    const { red, orange, yellow, blue, unrated, overdueMajors } = counted
    Object.assign(this, { red, orange, yellow, blue, unrated, overdueMajors })
    this.take('computed', counted.computed)
    const was = this.effective
    const { color, cause, text } = this.judge(counted, dayOf(now))
    this.take('effective', color)
    this.cause = cause
    this.take('causeText', text)
    if (this.effective !== was) this.changedAt = instant(now)
  }

  /** A late major hazard goes before the station's word: nobody talks a colour down while it lasts. */
  private judge(
    { computed, worst, overdueMajors, lateHazard }: Counted,
    today: DayText,
  ): { color?: RiskColor | undefined; cause: ColorCause; text?: string | undefined } {
    if (overdueMajors) return { color: RiskColor.RED, cause: ColorCause.OVERDUE_MAJOR, text: `重大隐患 ${lateHazard} 逾期未改` }
    if (this.overrideColor && this.overrideUntil! >= today) return { color: this.overrideColor, cause: ColorCause.OVERRIDE, text: this.overrideReason }
    if (computed) return { color: computed, cause: ColorCause.POINTS, text: `风险点 ${worst}` }
    return { cause: ColorCause.NONE }
  }

  /** 站所调整: up or down, with reason and end; another takes its place. */
  override(by: Actor, at: Date, { color, reason, until }: { color: RiskColor; reason: string; until: DayText }): void {
    if (!may.override(by, this)) throw forbidden('企业颜色由行业主管站所调整（没有站所的由镇安办调整）')
    if (!reason.trim()) throw new Refusal('MISSING', '请写明调整原因', { field: 'reason' })
    if (until < dayOf(at)) throw new Refusal('DAY_PAST', '截止日期不能早于今天', { field: 'until' })
    if (until > addDays(dayOf(at), YEAR)) throw new Refusal('OVERRIDE_FAR', `调整最长一年，最迟 ${addDays(dayOf(at), YEAR)}`, { field: 'until' })
    Object.assign(this, { overrideColor: color, overrideReason: reason.trim(), overrideUntil: until, overrideBy: by.id })
  }

  /** 撤销调整: by the station, or by the day that it was for. */
  release(by: Actor | undefined): void {
    if (by && !may.override(by, this)) throw forbidden('企业颜色由行业主管站所调整（没有站所的由镇安办调整）')
    if (!this.overrideColor) throw new Refusal('ALREADY', '这家企业的颜色没有调整过')
    delete this.overrideColor
    delete this.overrideReason
    delete this.overrideUntil
    delete this.overrideBy
  }

  private take<Key extends keyof this & string>(key: Key, value: this[Key] | undefined): void {
    if (value) this[key] = value
    else delete this[key]
  }
}
const YEAR = 366
