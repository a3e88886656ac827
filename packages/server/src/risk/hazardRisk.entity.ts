import type { Ref } from '@mikro-orm/core'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Link, Text, Thing } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { RiskMeasure } from './riskMeasure.entity.js'
import { RiskPoint } from './riskPoint.entity.js'

/** 隐患对应的风险点: a hazard is a failed control measure; the measure is named when it is known which (domain.md §3.1). */
@Thing('隐患对应的风险点', { table: 'hazard_risk', scope: { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'workshop' } })
export class HazardRisk extends Recorded {
  @Link('隐患', () => Hazard, { many: { name: 'riskLinks', label: '对应的风险点' } }) hazard!: Ref<Hazard>
  @Link('风险点', () => RiskPoint, { many: { name: 'hazardLinks', label: '由此发现的隐患' } }) point!: Ref<RiskPoint>
  @Link('失效的管控措施', () => RiskMeasure, { nullable: true, many: { name: 'hazardLinks', label: '失效时的隐患' } }) measure?: Ref<RiskMeasure>
  @Link('企业', () => Enterprise) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Text('车间（部门）', { max: 60, nullable: true }) workshop?: string
}
