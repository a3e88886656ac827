import type { Ref } from '@mikro-orm/core'
import { registerEnumType } from 'type-graphql'
import { Choice, Day, Id, Instant, Link, Text, Thing } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Hazard } from './hazard.entity.js'
import { worded } from '../shared/words.js'

export enum ExtensionDecision {
  PENDING = 'PENDING',
  APPROVED = 'APPROVED',
  REFUSED = 'REFUSED',
}
registerEnumType(ExtensionDecision, {
  name: 'ExtensionDecision',
  description: '延期审批结果',
  valuesConfig: worded({ PENDING: '待审批', APPROVED: '同意', REFUSED: '不同意' }),
})

/** 延期申请: written, before the deadline runs out; decided by somebody else than who asked (domain.md §4.4). */
@Thing('延期申请', { table: 'extension', scope: { division: 'division', station: 'station', enterprise: 'enterpriseId' } })
export class Extension extends Recorded {
  @Link('隐患', () => Hazard, { many: { name: 'extensionRequests', label: '延期申请' } }) hazard!: Ref<Hazard>
  @Text('延期原因') reason!: string
  @Day('原期限') fromDueOn!: string
  @Day('申请延至') toDueOn!: string
  @Id('申请人', { nullable: true }) requestedBy?: string
  @Id('代谁申请', { nullable: true, shown: false }) requestedFor?: string
  @Choice('结果', ExtensionDecision) decision: ExtensionDecision = ExtensionDecision.PENDING
  @Id('审批人', { nullable: true }) decidedBy?: string
  @Instant('审批时间', { nullable: true }) decidedAt?: string
  @Text('审批意见', { nullable: true }) opinion?: string
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Id('企业标识', { index: true }) enterpriseId!: string
}
