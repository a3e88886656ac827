import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Actor } from '../shared/context.js'
import { Day, Derived, Id, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { type Day as DayText, dayOf } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { Visit } from '../visit/visit.entity.js'

const SCOPE = { division: 'division', station: 'station', enterprise: 'enterprise' } as const
const { TOWN } = CODE_LENGTH

/** Written by the station of the trade; an enterprise without one is the town office's own (责任空白). The enterprise reads it. */
export const mayWrite = (by: Actor): boolean => by.role === 'STATION' || by.role === 'TOWN_OFFICE'
export function needWriter(by: Actor): void {
  if (!mayWrite(by)) throw forbidden('一企一策由行业主管站所编制，企业可以查看')
}
export function needText(text: string | undefined | null, label: string, field: string, most = 500): string {
  const said = text?.trim() ?? ''
  if (!said) throw new Refusal('MISSING', `请填写${label}`, { field })
  if (said.length > most) throw new Refusal('TOO_LONG', `${label}最多 ${most} 个字`, { field })
  return said
}

/** 一企一策 of one enterprise in one year: where it stands, what it is to reach, and how the station guides it there. */
@Thing('一企一策', { table: 'enterprise_policy', scope: SCOPE })
@Unique({ properties: ['enterprise', 'year'] })
export class EnterprisePolicy extends Recorded {
  @Link('企业', () => Enterprise, { many: { name: 'policies', label: '一企一策' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  @Whole('年度') year!: number
  @Text('主要短板') weakness!: string
  @Text('提升目标') goal!: string
  @Id('编制人', { filter: false }) writtenBy!: string

  describe(by: Actor, weakness: string, goal: string): void {
    needWriter(by)
    this.weakness = needText(weakness, '主要短板', 'weakness')
    this.goal = needText(goal, '提升目标', 'goal')
  }
}

/** 现场指导: one visit under the plan, with what was found; linked to the planned check it was made with. */
@Thing('现场指导', { table: 'policy_guidance', scope: SCOPE })
export class PolicyGuidance extends Recorded {
  @Link('一企一策', () => EnterprisePolicy, { many: { name: 'guidances', label: '现场指导' } }) policy!: Ref<EnterprisePolicy>
  @Link('企业', () => Enterprise, { many: { name: 'guidances', label: '现场指导' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Link('计划检查', () => Visit, { nullable: true, many: { name: 'guidances', label: '现场指导' } }) visit?: Ref<Visit>
  @Day('指导日期') guidedOn!: string
  @Text('发现的问题') finding!: string
  @Text('指导意见', { nullable: true }) advice?: string
  @Id('指导人', { filter: false }) guidedBy!: string
}

/** 下一步措施: what is to be done until when; done is done on a day, said by the station that looked. */
@Thing('一企一策措施', { table: 'policy_step', scope: SCOPE })
export class PolicyStep extends Recorded {
  @Link('一企一策', () => EnterprisePolicy, { many: { name: 'steps', label: '下一步措施' } }) policy!: Ref<EnterprisePolicy>
  @Link('企业', () => Enterprise, { many: { name: 'policySteps', label: '一企一策措施' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Text('措施', { max: 200, filter: false }) text!: string
  @Day('完成期限') dueOn!: string
  @Day('完成日期', { nullable: true }) doneOn?: string
  @Text('完成情况', { max: 200, nullable: true, filter: false }) result?: string
  @Id('确认人', { nullable: true, filter: false }) doneBy?: string
  @Day('取消日期', { nullable: true }) droppedOn?: string
  @Derived('逾期', () => Boolean, ['dueOn', 'doneOn', 'droppedOn'], (row, { now }) => isLate(row as never, dayOf(now))) late?: boolean

  finish(by: Actor, at: Date, result: string): void {
    needWriter(by)
    this.needOpen()
    this.result = needText(result, '完成情况', 'result', 200)
    this.doneOn = dayOf(at)
    this.doneBy = by.id
  }

  drop(by: Actor, at: Date): void {
    needWriter(by)
    this.needOpen()
    this.droppedOn = dayOf(at)
  }

  private needOpen(): void {
    if (this.doneOn || this.droppedOn) throw new Refusal('ALREADY', '这项措施已经办结')
  }
}
const isLate = ({ dueOn, doneOn, droppedOn }: Pick<PolicyStep, 'dueOn' | 'doneOn' | 'droppedOn'>, today: DayText) => !doneOn && !droppedOn && dueOn < today
