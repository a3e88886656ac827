import type { Ref } from '@mikro-orm/core'
import { Facts, Day, Link, Text, Thing, Whole } from '../shared/datum.js'
import { addDays } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import { Campaign } from './campaign.entity.js'

@Facts('PhaseInput')
export abstract class PhaseFacts extends Recorded {
  @Whole('第几阶段') position!: number
  @Text('阶段', { max: 40 }) name!: string
  @Day('结束日期') endsOn!: string
  @Text('交付成果（每行一项）', { nullable: true }) deliverables?: string
}

/**
 * 行动阶段 (the plan's 三、实施步骤). The plan gives deadlines only, cumulative ones, which may lie before its own date
 * (domain.md §0.3); the first day is where the phase before ended, so that figures can be grouped by it.
 */
@Thing('行动阶段', { table: 'phase', scope: 'open' })
export class Phase extends PhaseFacts {
  @Text('行动', { max: 60 }) campaign!: string
  @Link('专项行动', () => Campaign, { nullable: true, many: { name: 'phases', label: '阶段' } }) plan?: Ref<Campaign>
  @Day('开始日期') startsOn!: string

  describe(facts: PhaseFacts & { startsOn?: string | null }, before: Pick<Phase, 'endsOn'> | undefined, year: number): void {
    const name = facts.name?.trim()
    if (!name || name.length > 40) throw new Refusal('MISSING', '请填写阶段名称，最多 40 个字', { field: 'name' })
    if (!(facts.position >= 1 && facts.position <= 20)) throw new Refusal('OUT_OF_RANGE', '应在 1 至 20 之间', { field: 'position' })
    const startsOn = facts.startsOn || (before ? addDays(before.endsOn, 1) : `${year}-01-01`)
    if (startsOn > facts.endsOn)
      throw facts.startsOn
        ? new Refusal('BAD_RANGE', '开始日期不能晚于截止日期', { field: 'startsOn' })
        : new Refusal('BAD_RANGE', before ? `截止日期应晚于上一阶段的 ${before.endsOn}` : `截止日期应在 ${year} 年`, { field: 'endsOn' })
    Object.assign(this, { name, position: facts.position, startsOn, endsOn: facts.endsOn })
    const deliverables = facts.deliverables?.trim()
    if (deliverables) this.deliverables = deliverables
    else delete this.deliverables
  }
}
