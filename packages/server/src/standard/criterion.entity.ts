import { Day, Facts, Flag, Text, Thing } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'

@Facts('CriterionInput')
export abstract class CriterionFacts extends Recorded {
  @Text('判定标准', { max: 120 }) standard!: string
  @Text('条款', { max: 40 }) clause!: string
  @Text('内容提要') summary!: string
  @Text('适用行业', { max: 120, nullable: true }) trade?: string
  @Day('施行日期', { nullable: true }) validFrom?: string
}

/** 重大隐患判定依据: whether a hazard is major is decided by a clause of the trade's standard, never by a score (domain.md §4.1). */
@Thing('重大隐患判定条款', { table: 'criterion', scope: 'open' })
export class Criterion extends CriterionFacts {
  @Text('代码', { max: 40, unique: true }) code!: string
  @Flag('在用') active!: boolean
}
