import type { Ref } from '@mikro-orm/core'
import { Index, Property } from '@mikro-orm/decorators/legacy'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardStage } from '../hazard/terms.js'
import type { Actor } from '../shared/context.js'
import { Choice, Day, Derived, Flag, Id, Instant, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { dayOf, instant } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { publicActsOf } from './rights.js'
import { PUBLIC_NEXT, PUBLIC_STAGE_NAME, PublicAct, PublicStage, WAITING } from './terms.js'

/**
 * 群众举报 (隐患随手拍): what a stranger saw, without a word of who he is. `insider` is never filled: it is the scope column
 * of the enterprises, so that no account of one ever finds a report, by whichever way it asks.
 */
@Thing('群众举报', { table: 'public_report', scope: { division: 'division', station: 'station', enterprise: 'insider' } })
@Index({ properties: ['division', 'stage', 'triageDueOn'] })
export class PublicReport extends Recorded {
  @Text('编号', { max: 40, unique: true }) number!: string
  @Choice('状态', PublicStage) stage: PublicStage = PublicStage.RECEIVED
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('转办站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Id('可见的企业（始终为空：企业看不到举报）', { nullable: true }) insider?: string
  @Lookup('所在村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所在镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('转办站所', () => Station, { name: 'station', to: 'code' }) askedStation?: Station
  @Link('企业', () => Enterprise, { nullable: true }) enterprise?: Ref<Enterprise>
  // What strangers write may name anybody: never in the log.
  @Text('单位或场所名称', { max: 80, nullable: true, personal: true }) about?: string
  @Text('地点', { max: 120, personal: true }) place!: string
  @Text('情况', { personal: true }) content!: string
  @Whole('照片') photos: number = 0
  @Flag('留有联系方式') contactKept: boolean = false
  @Day('收到日期', { index: true }) receivedOn!: string
  @Day('处理期限', { index: true }) triageDueOn!: string
  @Id('受理人', { nullable: true }) takenBy?: string
  @Instant('受理时间', { nullable: true }) takenAt?: string
  @Text('转办要求', { max: 300, nullable: true }) question?: string
  @Link('隐患', () => Hazard, { nullable: true }) hazard?: Ref<Hazard>
  @Flag('并入已有隐患') merged: boolean = false
  @Id('处理人', { nullable: true }) decidedBy?: string
  @Instant('处理时间', { nullable: true }) decidedAt?: string
  @Text('答复（举报人可见）', { max: 300, nullable: true }) answer?: string
  @Instant('办结时间', { nullable: true, index: true }) closedAt?: string
  /** SHA-256 of the receipt number: whoever reads the table cannot ask in the informant's place. */
  @Property({ type: 'string', length: 64, unique: true, hidden: true }) receiptHash!: string

  @Derived('逾期未处理', () => Boolean, ['stage', 'triageDueOn'], (row, { now }) => isLate(row as never, dayOf(now))) late?: boolean
  @Derived('我可以办理', () => [PublicAct], ['stage', 'station', 'contactKept'], (row, { actor }) => (actor ? publicActsOf(actor, row as never) : []))
  acts?: PublicAct[]

  needMay(by: Actor, act: PublicAct): void {
    if (publicActsOf(by, this).includes(act)) return
    if (act !== PublicAct.CONTACT && !WAITING.includes(this.stage) && publicActsOf(by, { ...this, stage: PublicStage.RECEIVED }).includes(act))
      throw new Refusal('WRONG_STAGE', `这条举报现在是“${PUBLIC_STAGE_NAME[this.stage]}”，不能再办理，请刷新后再看`)
    throw forbidden(act === PublicAct.CONTACT && !this.contactKept ? '举报人没有留下联系方式，或已按期删除' : '这条举报不由您办理')
  }

  private goTo(stage: PublicStage): void {
    if (!PUBLIC_NEXT[this.stage].includes(stage)) throw new Refusal('WRONG_STAGE', `这条举报现在是“${PUBLIC_STAGE_NAME[this.stage]}”，请刷新后再看`)
    this.stage = stage
  }

  /** 受理核实. */
  take(by: Actor, at: Date): void {
    this.needMay(by, PublicAct.TAKE)
    this.goTo(PublicStage.IN_HAND)
    this.takenBy = by.id
    this.takenAt = instant(at)
  }

  /** 转站所核实: it reads the report from now on and decides, as the town office may still. */
  ask(by: Actor, at: Date, station: string, question: string | undefined, dueOn: string): void {
    this.needMay(by, PublicAct.ASK)
    this.goTo(PublicStage.IN_HAND)
    this.station = station
    if (question?.trim()) this.question = question.trim()
    else delete this.question
    this.triageDueOn = dueOn
    this.takenBy ??= by.id
    this.takenAt ??= instant(at)
  }

  /** 转为隐患, or found to be one that is known already. */
  become(by: Actor, at: Date, hazard: Ref<Hazard>, stage: HazardStage, merged: boolean): void {
    this.needMay(by, merged ? PublicAct.LINK : PublicAct.ACCEPT)
    this.hazard = hazard
    this.merged = merged
    this.decidedBy = by.id
    this.decidedAt = instant(at)
    const to = publicStageOf(stage)
    if (to === PublicStage.IN_HAND) throw new Refusal('WRONG_STAGE', '这条隐患已作废，不能并入，请另选一条或登记为新隐患', { field: 'hazard' })
    this.goTo(to)
    if (to === PublicStage.CLOSED) this.closedAt = instant(at)
  }

  /** 不予受理: the reason is what the informant reads. */
  refuse(by: Actor, at: Date, answer: string): void {
    this.needMay(by, PublicAct.REFUSE)
    if (answer.trim().length < 6) throw new Refusal('ANSWER_SHORT', '请向群众说明不予受理的理由，至少 6 个字', { field: 'answer' })
    this.goTo(PublicStage.REFUSED)
    this.answer = answer.trim()
    this.decidedBy = by.id
    this.decidedAt = instant(at)
    this.closedAt = instant(at)
  }
}

export const isLate = (row: { stage: PublicStage; triageDueOn: string }, today: string): boolean => WAITING.includes(row.stage) && row.triageDueOn < today

/** Where a report stands when its hazard stands there. */
export function publicStageOf(stage: HazardStage): PublicStage {
  if (stage === HazardStage.VOID) return PublicStage.IN_HAND
  return stage === HazardStage.CLOSED || stage === HazardStage.TRANSFERRED ? PublicStage.CLOSED : PublicStage.RECTIFYING
}
