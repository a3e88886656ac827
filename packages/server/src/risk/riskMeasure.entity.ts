import type { Ref } from '@mikro-orm/core'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Facts, Flag, Link, Text, Thing } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import { RiskPoint } from './riskPoint.entity.js'
import { RiskMeasureClass } from './terms.js'

@Facts('RiskMeasureInput')
export abstract class RiskMeasureFacts extends Recorded {
  @Choice('措施类别', RiskMeasureClass) measureClass!: RiskMeasureClass
  @Text('措施内容') text!: string
  @Text('落实岗位', { max: 60, nullable: true }) owner?: string
  @Flag('新增措施（评价后补充的）') extra!: boolean
}

/** 管控措施 of a risk point. A hazard is one that has failed (domain.md §3.1), so one that has ended stays. */
@Thing('管控措施', { table: 'risk_measure', scope: { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'workshop' } })
export class RiskMeasure extends RiskMeasureFacts {
  @Link('风险点', () => RiskPoint, { many: { name: 'measures', label: '管控措施' } }) point!: Ref<RiskPoint>
  @Link('企业', () => Enterprise, { many: { name: 'riskMeasures', label: '管控措施' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Text('车间（部门）', { max: 60, nullable: true }) workshop?: string
  @Day('停用日期', { nullable: true }) endedOn?: string
  @Text('停用原因', { nullable: true }) endReason?: string

  describe({ measureClass, text, owner, extra }: RiskMeasureFacts): void {
    if (!text.trim()) throw new Refusal('MISSING', '请填写措施内容', { field: 'text' })
    Object.assign(this, { measureClass, text: text.trim(), extra })
    if (owner?.trim()) this.owner = owner.trim()
    else delete this.owner
  }
}
