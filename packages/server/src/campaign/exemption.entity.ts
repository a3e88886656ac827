import type { Ref } from '@mikro-orm/core'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Actor } from '../shared/context.js'
import { Choice, Id, Instant, Link, Text, Thing } from '../shared/datum.js'
import { instant } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { CampaignTask } from './campaignTask.entity.js'
import { ExemptionStage, TaskSubject } from './terms.js'

const { ASKED, GRANTED, REFUSED, WITHDRAWN } = ExemptionStage
const LONGEST = 200

/**
 * 豁免: why one of the denominator need not do a task. The town office grants it: to the stations a campaign is to view
 * (domain.md §1.9), and who is measured by a task must not make his own denominator smaller. A station asks for it.
 */
@Thing('任务豁免', { table: 'campaign_exemption', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
export class CampaignExemption extends Recorded {
  @Link('任务', () => CampaignTask, { many: { name: 'exemptions', label: '豁免' } }) task!: Ref<CampaignTask>
  @Choice('对象', TaskSubject) subject!: TaskSubject
  @Link('企业', () => Enterprise, { nullable: true, many: { name: 'campaignExemptions', label: '任务豁免' } }) enterprise?: Ref<Enterprise>
  /** The enterprise's id, the station's or the village's code. */
  @Text('对象标识', { max: 40 }) unit!: string
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Choice('状态', ExemptionStage) stage!: ExemptionStage
  @Text('原因', { max: LONGEST, filter: false }) reason!: string
  @Id('提出人', { filter: false }) askedBy!: string
  @Id('办理人', { nullable: true, filter: false }) decidedBy?: string
  @Instant('办理时间', { nullable: true }) decidedAt?: string
  @Text('办理意见', { max: LONGEST, nullable: true, filter: false }) remark?: string
  /** Only one of a unit is under way or in force: the key is given up when it is refused or taken back. */
  @Text('在办标识', { max: 80, nullable: true, unique: true, shown: false }) slot?: string

  ask(by: Actor, at: Date, reason: string): void {
    if (by.role !== 'TOWN_OFFICE' && by.role !== 'STATION') throw forbidden('豁免由镇安办同意，站所可以申请')
    this.reason = said(reason, '豁免原因', 'reason')
    this.askedBy = by.id
    this.stage = ASKED
    if (by.role === 'TOWN_OFFICE') this.decide(by, at, true, '')
  }

  decide(by: Actor, at: Date, granted: boolean, remark: string): void {
    if (by.role !== 'TOWN_OFFICE') throw forbidden('豁免由镇安办同意，站所可以申请')
    if (this.stage !== ASKED) throw new Refusal('WRONG_STAGE', '这项豁免已经办理过了')
    if (!granted) this.remark = said(remark, '不同意的原因', 'remark')
    else if (remark.trim()) this.remark = remark.trim().slice(0, LONGEST)
    this.to(granted ? GRANTED : REFUSED, by, at)
  }

  /** 撤回: what was exempted is asked for again; a station takes back what it only asked for. */
  withdraw(by: Actor, at: Date, reason: string): void {
    const own = this.stage === ASKED && by.id === this.askedBy
    if (by.role !== 'TOWN_OFFICE' && !own) throw forbidden('豁免由镇安办撤回')
    if (this.stage !== GRANTED && this.stage !== ASKED) throw new Refusal('WRONG_STAGE', '这项豁免已经撤回或没有同意')
    this.remark = said(reason, '撤回原因', 'reason')
    this.to(WITHDRAWN, by, at)
  }

  private to(stage: ExemptionStage, by: Actor, at: Date): void {
    this.stage = stage
    this.decidedBy = by.id
    this.decidedAt = instant(at)
    if (stage !== GRANTED) delete this.slot
  }
}

function said(text: string, label: string, field: string): string {
  const one = text.trim()
  if (!one) throw new Refusal('MISSING', `请写明${label}`, { field })
  if (one.length > LONGEST) throw new Refusal('TOO_LONG', `${label}最多 ${LONGEST} 个字`, { field })
  return one
}
