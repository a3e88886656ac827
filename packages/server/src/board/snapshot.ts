import { Field, Float, Int, ObjectType } from 'type-graphql'
import { EvidenceKind } from '../campaign/terms.js'
import { HazardStage } from '../hazard/terms.js'
import { RiskColor } from '../risk/terms.js'
import type { ColorCounts } from '../statistics/riskByPlace.js'
import { FourColors } from '../statistics/riskStatistics.resolver.js'
import type { Day, Instant } from '../shared/days.js'
import { DayScalar, InstantScalar } from '../shared/scalars.js'

const rate = { nullable: true, description: '按期整改率（%，一位小数）；没有到期的隐患则为空' }

@ObjectType({ description: '看板：一个阶段的隐患数', simpleResolvers: true })
export class BoardStage {
  @Field(() => HazardStage) stage!: HazardStage
  @Field(() => Int) count!: number
}

@ObjectType({ description: '看板：一个村（镇）或站所', simpleResolvers: true })
export class BoardGroup {
  @Field(() => String) code!: string
  @Field(() => String) name!: string
  @Field(() => Int, { nullable: true, description: '按期整改率的名次；没有到期的隐患则不排名' }) rank!: number | null
  @Field(() => Int) found!: number
  @Field(() => Int) closed!: number
  @Field(() => Int) open!: number
  @Field(() => Int) overdue!: number
  @Field(() => Int, { description: '未销号的重大隐患' }) majorOpen!: number
  @Field(() => Float, rate) onTimeRate!: number | null
}

@ObjectType({ description: '看板：一条逾期的重大隐患', simpleResolvers: true })
export class BoardMajor {
  @Field(() => String) number!: string
  @Field(() => String) enterprise!: string
  @Field(() => String, { description: '企业简称：去掉辖区地名和公司形式' }) shortName!: string
  @Field(() => String) village!: string
  @Field(() => DayScalar) dueOn!: Day
  @Field(() => Int, { description: '逾期天数' }) daysOver!: number
}

@ObjectType({ description: '看板：一次销号', simpleResolvers: true })
export class BoardClosure {
  @Field(() => String) number!: string
  @Field(() => String) enterprise!: string
  @Field(() => String, { description: '企业简称：去掉辖区地名和公司形式' }) shortName!: string
  @Field(() => String) village!: string
  @Field(() => InstantScalar) at!: Instant
  @Field(() => Int, { nullable: true, description: '从登记到销号的天数' }) days!: number | null
}

@ObjectType({ description: '看板：一天', simpleResolvers: true })
export class BoardDay {
  @Field(() => DayScalar) day!: Day
  @Field(() => Int) found!: number
  @Field(() => Int) closed!: number
}

@ObjectType({ description: '看板：一个村（镇）或站所的四色', simpleResolvers: true })
export class BoardColorPlace {
  @Field(() => String) code!: string
  @Field(() => String) name!: string
  @Field(() => RiskColor, { nullable: true, description: '其中最高的颜色；没有则为空' }) color!: RiskColor | null
  @Field(() => FourColors, { description: '各色企业' }) firms!: ColorCounts
  @Field(() => Int, { description: '还没有颜色的企业' }) firmsNone!: number
  @Field(() => Float, { nullable: true, description: '双控覆盖率（%）；没有在册企业则为空' }) coverageRate!: number | null
}

@ObjectType({ description: '看板：四色与双控', simpleResolvers: true })
export class BoardColors {
  @Field(() => FourColors, { description: '各色企业' }) firms!: ColorCounts
  @Field(() => Int, { description: '还没有颜色的企业' }) firmsNone!: number
  @Field(() => FourColors, { description: '各色风险点' }) points!: ColorCounts
  @Field(() => Float, { nullable: true, description: '双控覆盖率（%）；没有在册企业则为空' }) coverageRate!: number | null
  @Field(() => [BoardColorPlace], { description: '各村（县级看板为各镇）' }) places!: BoardColorPlace[]
  @Field(() => [BoardColorPlace], { description: '各行业站所；代码为空的是未分配' }) stations!: BoardColorPlace[]
}

@ObjectType({ description: '看板：行动的一项任务', simpleResolvers: true })
export class BoardTask {
  @Field(() => EvidenceKind, { description: '佐证' }) evidence!: EvidenceKind
  @Field(() => String) title!: string
  @Field(() => DayScalar, { description: '完成期限' }) dueOn!: Day
  @Field(() => Int, { description: '应完成数' }) denominator!: number
  @Field(() => Int, { description: '已完成数' }) served!: number
  @Field(() => Int, { description: '豁免数' }) exempted!: number
  @Field(() => Float, { nullable: true, description: '完成率（%）；没有应完成的则为空' }) rate!: number | null
  @Field(() => Boolean, { nullable: true }) done!: boolean | null
  @Field(() => Boolean, { description: '已过期限' }) late!: boolean
}

@ObjectType({ description: '看板：行动的一个阶段', simpleResolvers: true })
export class BoardPhase {
  @Field(() => Int) position!: number
  @Field(() => String) name!: string
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => DayScalar, { description: '期限' }) endsOn!: Day
  @Field(() => Boolean, { description: '正在进行的阶段' }) current!: boolean
  @Field(() => Int) taskCount!: number
  @Field(() => Int) tasksDone!: number
  @Field(() => Float, { nullable: true, description: '进度（%）；没有应完成的则为空' }) rate!: number | null
  @Field(() => Boolean, { nullable: true }) done!: boolean | null
  @Field(() => Boolean, { description: '已过期限' }) late!: boolean
  @Field(() => [BoardTask]) tasks!: BoardTask[]
}

@ObjectType({ description: '看板：行动进度', simpleResolvers: true })
export class BoardCampaign {
  @Field(() => String) title!: string
  @Field(() => Int) year!: number
  @Field(() => [BoardPhase]) phases!: BoardPhase[]
}

/** 看板: what the screen in the meeting room shows. Counts, places and names of enterprises; no person, no phone. */
@ObjectType({ description: '看板：一个时点的全部数字，不含人名和电话', simpleResolvers: true })
export class Board {
  @Field(() => InstantScalar, { description: '统计时点' }) asOf!: Instant
  @Field(() => String, { description: '变更序号；断线后用它续订' }) seq!: string
  @Field(() => InstantScalar, { nullable: true, description: '最近一次变化' }) changedAt!: Instant | null
  @Field(() => String, { description: '辖区' }) territory!: string
  @Field(() => String, { nullable: true, description: '站所；全辖区的看板则为空' }) station!: string | null
  @Field(() => Int, { description: '隐患总数（已登记，不含作废、移送）' }) total!: number
  @Field(() => Int) closed!: number
  @Field(() => Int) open!: number
  @Field(() => Int) overdue!: number
  @Field(() => Int) transferred!: number
  @Field(() => Int, { description: '未销号的重大隐患' }) majorOpen!: number
  @Field(() => Int) foundToday!: number
  @Field(() => Int) closedToday!: number
  @Field(() => Int) closedThisMonth!: number
  @Field(() => Float, { nullable: true, description: '整改率（%）' }) rectificationRate!: number | null
  @Field(() => Float, rate) onTimeRate!: number | null
  @Field(() => [BoardStage], { description: '各阶段的隐患，按办理顺序' }) funnel!: BoardStage[]
  @Field(() => [BoardGroup], { description: '各村（县级看板为各镇），按期整改率从高到低' }) villages!: BoardGroup[]
  @Field(() => [BoardGroup], { description: '各行业站所，按期整改率从高到低；代码为空的是未分配' }) stations!: BoardGroup[]
  @Field(() => [BoardMajor], { description: '逾期的重大隐患，最久的在前' }) overdueMajors!: BoardMajor[]
  @Field(() => [BoardClosure], { description: '最近的销号，新的在前' }) latestClosures!: BoardClosure[]
  @Field(() => BoardColors, { description: '四色与双控覆盖率' }) colors!: BoardColors
  @Field(() => [BoardDay], { description: '最近三十天的发现与销号' }) byDay!: BoardDay[]
  @Field(() => BoardCampaign, { nullable: true, description: '行动进度；没有进行中的行动则为空' }) campaign!: BoardCampaign | null
}
