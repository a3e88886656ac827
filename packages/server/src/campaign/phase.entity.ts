import { Day, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'

/** 行动阶段: a span of days of a year's campaign (the plan's 三、实施步骤); figures can be grouped by it. */
@Thing('行动阶段', { table: 'phase', scope: 'open' })
export class Phase extends Recorded {
  @Text('行动', { max: 60 }) campaign!: string
  @Whole('第几阶段') position!: number
  @Text('阶段', { max: 40 }) name!: string
  @Day('开始日期') startsOn!: string
  @Day('结束日期') endsOn!: string
}
