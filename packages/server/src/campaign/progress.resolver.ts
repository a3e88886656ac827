import { Arg, Ctx, Field, Float, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { ScaleClass } from '../enterprise/enterprise.entity.js'
import type { Context } from '../shared/context.js'
import { type Day, type Instant, instant } from '../shared/days.js'
import { nameOf } from '../shared/read/names.js'
import { DayScalar, InstantScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { lookAt } from './look.js'
import { type PhaseSaid, readPhases, readTasks, type TaskSaid } from './plan.js'
import { figuresOfPhase, figuresOfTasks, type TaskFigures } from './progress.js'
import { CampaignStage, EvidenceKind, LOOKERS, TaskRole, TaskSubject } from './terms.js'

@ObjectType({ description: '一项任务的进度：都是数出来的', simpleResolvers: true })
export class TaskProgress implements TaskFigures {
  @Field(() => ID) id!: string
  @Field(() => Int, { description: '序号' }) position!: number
  @Field(() => String, { description: '任务' }) title!: string
  @Field(() => String, { nullable: true, description: '要求' }) demand!: string | null
  @Field(() => TaskSubject, { description: '落实到' }) subject!: TaskSubject
  @Field(() => TaskRole, { description: '由谁负责' }) responsible!: TaskRole
  @Field(() => EvidenceKind, { description: '佐证' }) evidence!: EvidenceKind
  @Field(() => DayScalar, { description: '完成期限' }) dueOn!: Day
  @Field(() => String, { nullable: true, description: '只限行业' }) trade!: string | null
  @Field(() => String, { nullable: true, description: '只限站所（代码）' }) station!: string | null
  @Field(() => String, { nullable: true, description: '只限站所' }) stationName!: string | null
  @Field(() => ScaleClass, { nullable: true, description: '只限规模' }) scaleClass!: string | null
  @Field(() => Int, { description: '应完成数（当日在范围内的）' }) denominator!: number
  @Field(() => Int, { description: '已完成数' }) served!: number
  @Field(() => Int, { description: '未完成而已豁免的' }) exempted!: number
  @Field(() => Int, { description: '未完成数' }) missing!: number
  @Field(() => Float, { nullable: true, description: '完成率（%，一位小数）：已完成 ÷ 应完成；没有应完成的则为空' }) rate!: number | null
  @Field(() => Boolean, { nullable: true, description: '应完成的都已完成或豁免；没有应完成的则为空' }) done!: boolean | null
  @Field(() => Boolean, { description: '期限已过仍未完成' }) late!: boolean
}

@ObjectType({ description: '一个阶段的进度', simpleResolvers: true })
export class PhaseProgress {
  @Field(() => ID) id!: string
  @Field(() => Int, { description: '第几阶段' }) position!: number
  @Field(() => String, { description: '阶段' }) name!: string
  @Field(() => DayScalar, { description: '开始日期' }) startsOn!: Day
  @Field(() => DayScalar, { description: '期限' }) endsOn!: Day
  @Field(() => [String], { description: '交付成果' }) deliverables!: string[]
  @Field(() => Int, { description: '有应完成数的任务' }) taskCount!: number
  @Field(() => Int, { description: '已全部完成或豁免的任务' }) tasksDone!: number
  @Field(() => Int, { description: '各项任务应完成数之和' }) units!: number
  @Field(() => Int, { description: '各项任务已完成和已豁免之和' }) unitsDone!: number
  @Field(() => Float, { nullable: true, description: '进度（%，一位小数）；没有应完成的则为空' }) rate!: number | null
  @Field(() => Boolean, { nullable: true, description: '各项任务都已完成或豁免；没有应完成的则为空' }) done!: boolean | null
  @Field(() => Boolean, { description: '期限已过仍未完成' }) late!: boolean
  @Field(() => [TaskProgress]) tasks!: TaskProgress[]
}

@ObjectType({ description: '行动进度：在我的管辖范围内', simpleResolvers: true })
export class CampaignProgress {
  @Field(() => ID, { description: '哪个行动' }) campaign!: string
  @Field(() => InstantScalar, { description: '统计时点' }) asOf!: Instant
  @Field(() => DayScalar, { description: '统计日' }) today!: Day
  @Field(() => CampaignStage) stage!: CampaignStage
  @Field(() => [PhaseProgress]) phases!: PhaseProgress[]
}

@Resolver()
export class ProgressResolver {
  @Query(() => CampaignProgress, { description: '行动进度：各阶段、各任务的应完成、已完成、豁免，按时点；已结束的行动停在结束那一刻' })
  campaignProgress(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('asOf', () => InstantScalar, { nullable: true, description: '当时的情况' }) asOf?: Instant | null,
  ): Promise<CampaignProgress> {
    return progressOf(context, id, asOf)
  }
}

export async function progressOf(context: Context, id: string, asked?: Instant | null): Promise<CampaignProgress> {
  const ctx = signedIn(context, ...LOOKERS)
  const { plan, reading, read } = await lookAt(ctx, id, asked)
  const [phases, tasks] = [await readPhases(read, reading, id), await readTasks(read, reading, id)]
  const figures = await figuresOfTasks(read, tasks, plan, reading)
  const counted = await Promise.all(tasks.map((task) => progressOfTask(context, task, figures.get(task.id)!)))
  const own = (phase: PhaseSaid) => counted.filter((_, i) => tasks[i]!.phase === phase.id)
  return {
    ...{ campaign: id, asOf: reading.asOf ?? instant(ctx.now), today: reading.today, stage: plan.stage },
    phases: phases.map((phase) => phaseProgress(phase, own(phase), reading.today)),
  }
}

const phaseProgress = (phase: PhaseSaid, tasks: TaskProgress[], today: Day): PhaseProgress => {
  const { tasks: taskCount, ...figures } = figuresOfPhase(phase, tasks, today)
  return { ...phase, ...figures, taskCount, deliverables: linesOf(phase.deliverables), tasks }
}

export async function progressOfTask(context: Context, { phase: _phase, ...task }: TaskSaid, figures: TaskFigures): Promise<TaskProgress> {
  return { ...task, ...figures, stationName: task.station ? ((await nameOf(context, 'station', task.station)) ?? null) : null }
}

const linesOf = (text: string | null): string[] =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
