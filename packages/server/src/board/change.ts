import { Field, Float, Int, ObjectType } from 'type-graphql'
import type { Instant } from '../shared/days.js'
import { InstantScalar } from '../shared/scalars.js'
import { FourColors } from '../statistics/riskStatistics.resolver.js'
import type { ColorCounts } from '../statistics/riskByPlace.js'
import { Board, BoardCampaign, BoardClosure, BoardColorPlace, BoardDay, BoardGroup, BoardMajor, BoardStage } from './snapshot.js'

/** What has changed of a list: rows that are new or say something else, and the order of all where that has changed. */
export interface ListChange<Row> {
  rows: Row[]
  order: string[] | null
}
type Class<Row> = new () => Row
function listChange<Row extends object>(name: string, row: Class<Row>, key: string): Class<ListChange<Row>> {
  @ObjectType(name, { description: '看板：一张表的变化', simpleResolvers: true })
  class Change implements ListChange<Row> {
    @Field(() => [row], { description: '新的、变了的行' }) rows!: Row[]
    @Field(() => [String], { nullable: true, description: `变化后全部行的 ${key}，按次序；次序没变则为空` }) order!: string[] | null
  }
  return Change
}
const StageChanges = listChange('BoardStageChanges', BoardStage, 'stage')
const GroupChanges = listChange('BoardGroupChanges', BoardGroup, 'code')
const MajorChanges = listChange('BoardMajorChanges', BoardMajor, 'number')
const ClosureChanges = listChange('BoardClosureChanges', BoardClosure, 'number')
const ColorPlaceChanges = listChange('BoardColorPlaceChanges', BoardColorPlace, 'code')
const DayChanges = listChange('BoardDayChanges', BoardDay, 'day')

/** The single numbers and names of a board, all of them when one has changed: some may be empty. */
@ObjectType({ description: '看板：单个的数字和名称', simpleResolvers: true })
export class BoardSums implements Pick<Board, (typeof SUMS)[number]> {
  @Field(() => String, { description: '辖区' }) territory!: string
  @Field(() => String, { nullable: true, description: '站所' }) station!: string | null
  @Field(() => Int) total!: number
  @Field(() => Int) closed!: number
  @Field(() => Int) open!: number
  @Field(() => Int) overdue!: number
  @Field(() => Int) transferred!: number
  @Field(() => Int) majorOpen!: number
  @Field(() => Int) foundToday!: number
  @Field(() => Int) closedToday!: number
  @Field(() => Int) closedThisMonth!: number
  @Field(() => Float, { nullable: true }) rectificationRate!: number | null
  @Field(() => Float, { nullable: true }) onTimeRate!: number | null
}
export const SUMS = [
  ...(['territory', 'station', 'total', 'closed', 'open', 'overdue', 'transferred', 'majorOpen'] as const),
  ...(['foundToday', 'closedToday', 'closedThisMonth', 'rectificationRate', 'onTimeRate'] as const),
] as const satisfies (keyof Board)[]

@ObjectType({ description: '看板：四色合计', simpleResolvers: true })
export class BoardColorSums {
  @Field(() => FourColors) firms!: ColorCounts
  @Field(() => Int) firmsNone!: number
  @Field(() => FourColors) points!: ColorCounts
  @Field(() => Float, { nullable: true }) coverageRate!: number | null
}
@ObjectType({ description: '看板：四色的变化；空的没有变', simpleResolvers: true })
export class BoardColorChanges {
  @Field(() => BoardColorSums, { nullable: true }) sums!: BoardColorSums | null
  @Field(() => ColorPlaceChanges, { nullable: true }) places!: ListChange<BoardColorPlace> | null
  @Field(() => ColorPlaceChanges, { nullable: true }) stations!: ListChange<BoardColorPlace> | null
}
@ObjectType({ description: '看板：变化后的行动；没有进行中的行动则为空', simpleResolvers: true })
export class BoardCampaignChange {
  @Field(() => BoardCampaign, { nullable: true }) campaign!: BoardCampaign | null
}

@ObjectType({ description: '看板的变化；空的没有变', simpleResolvers: true })
export class BoardDelta {
  @Field(() => BoardSums, { nullable: true }) sums!: BoardSums | null
  @Field(() => StageChanges, { nullable: true }) funnel!: ListChange<BoardStage> | null
  @Field(() => GroupChanges, { nullable: true }) villages!: ListChange<BoardGroup> | null
  @Field(() => GroupChanges, { nullable: true }) stations!: ListChange<BoardGroup> | null
  @Field(() => MajorChanges, { nullable: true }) overdueMajors!: ListChange<BoardMajor> | null
  @Field(() => ClosureChanges, { nullable: true }) latestClosures!: ListChange<BoardClosure> | null
  @Field(() => DayChanges, { nullable: true }) byDay!: ListChange<BoardDay> | null
  @Field(() => BoardColorChanges, { nullable: true }) colors!: BoardColorChanges | null
  @Field(() => BoardCampaignChange, { nullable: true }) campaign!: BoardCampaignChange | null
}

/** One step of a board: a whole picture, or what has changed of the picture that `since` names. */
@ObjectType({ description: '看板的一步：整幅画面，或自某一步以来的变化', simpleResolvers: true })
export class BoardChange {
  @Field(() => String, { description: '这一步的名称；断线后用它续订' }) step!: string
  @Field(() => String, { nullable: true, description: '变化是对哪一步而言的；整幅画面则为空' }) since!: string | null
  @Field(() => String, { description: '变更序号' }) seq!: string
  @Field(() => InstantScalar, { description: '统计时点' }) asOf!: Instant
  @Field(() => InstantScalar, { nullable: true, description: '最近一次变化' }) changedAt!: Instant | null
  @Field(() => Board, { nullable: true, description: '整幅画面' }) board!: Board | null
  @Field(() => BoardDelta, { nullable: true, description: '变化' }) delta!: BoardDelta | null
}
