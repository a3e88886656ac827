import type { Ref } from '@mikro-orm/core'
import { Index, Unique } from '@mikro-orm/decorators/legacy'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Check } from '../inspection/check.entity.js'
import { CheckKind } from '../inspection/terms.js'
import { RiskColor } from '../risk/terms.js'
import type { Actor } from '../shared/context.js'
import { Choice, Day, Derived, Id, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { type Day as DayText, dayOf } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { FrequencyTable } from './frequency.entity.js'
import { VisitOwner, VisitState } from './terms.js'

const SCOPE = { division: 'division', station: 'station', enterprise: 'enterprise' } as const

/** 计划检查: one visit that is to be made, or was, and why. Its slot makes it the same one however often it is generated. */
@Thing('计划检查', { table: 'visit', scope: SCOPE })
@Unique({ properties: ['enterprise', 'year', 'kind', 'slot'] })
@Index({ properties: ['state', 'plannedTo'] })
@Index({ properties: ['division', 'plannedFrom'] })
@Index({ properties: ['station', 'plannedFrom'] })
export class Visit extends Recorded {
  @Link('企业', () => Enterprise, { many: { name: 'visits', label: '计划检查' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }, { many: { name: 'visits', label: '计划检查（村）' } }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }, { many: { name: 'visits', label: '计划检查' } }) tradeStation?: Station
  @Whole('年度') year!: number
  @Choice('检查类型', CheckKind) kind!: CheckKind
  @Choice('由谁检查', VisitOwner) owner!: VisitOwner
  /** The how-manieth of how many parts of the year, `2/4`; `+…` is one nobody had planned. */
  @Text('周期', { max: 40, filter: false }) slot!: string
  @Day('计划开始') plannedFrom!: string
  @Day('计划截止') plannedTo!: string
  @Choice('计划时的颜色', RiskColor, { nullable: true }) color?: RiskColor
  @Link('规则表', () => FrequencyTable, { nullable: true, many: { name: 'visits', label: '计划检查' } }) table?: Ref<FrequencyTable>
  @Whole('规则版次', { nullable: true }) edition?: number
  @Text('缘由') cause!: string
  @Text('检查重点', { nullable: true }) focus?: string
  @Choice('状态', VisitState) state: VisitState = VisitState.PLANNED
  @Link('检查记录', () => Check, { nullable: true, many: { name: 'visits', label: '计划检查' } }) check?: Ref<Check>
  @Day('检查日期', { nullable: true }) doneOn?: string
  @Text('取消原因', { nullable: true }) cancelCause?: string
  /** Blank when the plan itself took it back. */
  @Id('取消人账号', { nullable: true, filter: false }) cancelledBy?: string
  @Derived('逾期', () => Boolean, ['state', 'plannedTo'], (row, { now }) => isLate(row as never, dayOf(now))) overdue?: boolean

  /** 调整时间 by hand, within the same part of the year and on a day to come. */
  move(by: Actor, today: DayText, to: { from: DayText; to: DayText }, period: { from: DayText; to: DayText }): void {
    if (!mayWork(by, this)) throw forbidden('这次检查不由您安排')
    this.needOpen()
    if (this.plannedTo < today) throw new Refusal('VISIT_PAST', '计划日期已过，不能再改；请尽快检查')
    if (to.from > to.to) throw new Refusal('BAD_RANGE', '开始日期不能晚于截止日期', { field: 'plannedFrom' })
    if (to.from < today) throw new Refusal('DAY_PAST', '开始日期不能早于今天', { field: 'plannedFrom' })
    if (to.from < period.from || to.to > period.to)
      throw new Refusal('VISIT_PERIOD', `这次检查应在 ${period.from} 至 ${period.to} 之间`, { field: 'plannedFrom' })
    this.plannedFrom = to.from
    this.plannedTo = to.to
  }

  /** 取消 by hand: the town office's, with a reason; the plan does not bring it back. */
  cancel(by: Actor, reason: string): void {
    if (by.role !== 'TOWN_OFFICE') throw forbidden('计划检查由镇安办取消')
    this.needOpen()
    if (!reason.trim()) throw new Refusal('MISSING', '请写明取消原因', { field: 'reason' })
    Object.assign(this, { state: VisitState.CANCELLED, cancelCause: reason.trim(), cancelledBy: by.id })
  }

  needOpen(): void {
    if (this.state !== VisitState.PLANNED) throw new Refusal('WRONG_STAGE', '这次检查已经办结')
  }
}

export const isLate = ({ state, plannedTo }: Pick<Visit, 'state' | 'plannedTo'>, today: DayText): boolean => state === VisitState.PLANNED && plannedTo < today

export const mayWork = (by: Actor, { owner }: Pick<Visit, 'owner'>): boolean => by.role === 'TOWN_OFFICE' || by.role === owner

/** 超出上限的批准: one more enforcement check of one enterprise in one year, with the reason; it stays as an exception. */
@Thing('执法检查超限批准', { table: 'visit_exception', scope: SCOPE })
export class VisitException extends Recorded {
  @Link('企业', () => Enterprise, { many: { name: 'visitExceptions', label: '执法检查超限批准' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Whole('年度') year!: number
  @Text('原因') reason!: string
  @Id('批准人账号') approvedBy!: string
}
