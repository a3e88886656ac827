import type { Ref } from '@mikro-orm/core'
import { Index } from '@mikro-orm/decorators/legacy'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Choice, Day, Id, Instant, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { ClearanceSpan } from './terms.js'

/** 定期清零证明: at that instant no hazard of the period was unresolved. Never rewritten; a hazard found later for the period supersedes it. */
@Thing('清零证明', { table: 'clearance', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
@Index({ properties: ['enterprise', 'fromOn', 'toOn'] })
export class Clearance extends Recorded {
  @Text('编号', { max: 40, unique: true }) number!: string
  @Link('企业', () => Enterprise, { many: { name: 'clearances', label: '清零证明' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }, { many: { name: 'clearances', label: '清零证明（村）' } }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }, { many: { name: 'clearances', label: '清零证明' } }) tradeStation?: Station
  @Choice('周期', ClearanceSpan) span!: ClearanceSpan
  @Day('周期起') fromOn!: string
  @Day('周期止') toOn!: string
  @Instant('出具时间') issuedAt!: string
  @Id('出具人') issuedBy!: string
  @Text('出具单位', { max: 60 }) issuedByUnit!: string
  @Whole('发现隐患') found!: number
  @Whole('已验收销号') closed!: number
  @Whole('经批准延期') extended!: number
  @Whole('挂牌督办') listed!: number
  @Instant('失效时间（后补登隐患）', { nullable: true }) supersededAt?: string
  @Link('使其失效的隐患', () => Hazard, { nullable: true, many: { name: 'superseded', label: '因它失效的清零证明' } }) supersededBy?: Ref<Hazard>
}
