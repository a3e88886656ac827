import type { Ref } from '@mikro-orm/core'
import { ScaleClass } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Facts, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import { Campaign } from './campaign.entity.js'
import { evidenceOf } from './evidence.js'
import { Phase } from './phase.entity.js'
import { EVIDENCE_NAME, EvidenceKind, SUBJECT_NAME, TaskRole, TaskSubject } from './terms.js'

@Facts('CampaignTaskInput')
export abstract class CampaignTaskFacts extends Recorded {
  @Whole('序号') position!: number
  @Text('任务', { max: 120 }) title!: string
  @Text('要求', { nullable: true }) demand?: string
  @Choice('落实到', TaskSubject) subject!: TaskSubject
  @Choice('由谁负责', TaskRole) responsible!: TaskRole
  @Choice('佐证', EvidenceKind) evidence!: EvidenceKind
  @Day('完成期限') dueOn!: string
  @Text('只限行业', { max: 40, nullable: true }) trade?: string
  @Text('只限站所（代码）', { max: 40, nullable: true }) station?: string
  @Choice('只限规模', ScaleClass, { nullable: true }) scaleClass?: ScaleClass
}

/** 分解任务: asked of each of its denominator, shown done by a fact in the system, never by a typed percentage. */
@Thing('行动任务', { table: 'campaign_task', scope: 'open' })
export class CampaignTask extends CampaignTaskFacts {
  @Link('专项行动', () => Campaign, { many: { name: 'tasks', label: '任务' } }) campaign!: Ref<Campaign>
  @Link('阶段', () => Phase, { many: { name: 'tasks', label: '任务' } }) phase!: Ref<Phase>
  @Day('取消日期', { nullable: true }) droppedOn?: string
  @Text('取消原因', { max: 200, nullable: true }) dropReason?: string

  describe(facts: CampaignTaskFacts): void {
    const title = facts.title?.trim()
    if (!title) throw new Refusal('MISSING', '请填写任务', { field: 'title' })
    if (title.length > 120) throw new Refusal('TOO_LONG', '任务最多 120 个字', { field: 'title' })
    const evidence = evidenceOf(facts.evidence)
    if (!evidence) throw new Refusal('EVIDENCE_UNKNOWN', `“${EVIDENCE_NAME[facts.evidence]}”还不能由系统计数，请另选佐证`, { field: 'evidence' })
    if (evidence.subject !== facts.subject)
      throw new Refusal('EVIDENCE_SUBJECT', `“${EVIDENCE_NAME[facts.evidence]}”是按${SUBJECT_NAME[evidence.subject]}计数的`, { field: 'subject' })
    const narrowed = facts.subject === TaskSubject.ENTERPRISE
    const { position, subject, responsible, evidence: kind, dueOn } = facts
    Object.assign(this, { title, position, subject, responsible, evidence: kind, dueOn })
    this.take('demand', facts.demand?.trim())
    this.take('trade', narrowed ? facts.trade?.trim() : undefined)
    this.take('station', facts.subject === TaskSubject.VILLAGE ? undefined : facts.station?.trim())
    if (narrowed && facts.scaleClass) this.scaleClass = facts.scaleClass
    else delete this.scaleClass
  }

  drop(on: string, reason: string): void {
    if (this.droppedOn) throw new Refusal('ALREADY', '这项任务已经取消')
    if (!reason.trim()) throw new Refusal('MISSING', '请写明取消原因', { field: 'reason' })
    this.droppedOn = on
    this.dropReason = reason.trim().slice(0, 200)
  }

  private take(field: 'demand' | 'trade' | 'station', value: string | undefined): void {
    if (value) this[field] = value
    else delete this[field]
  }
}
