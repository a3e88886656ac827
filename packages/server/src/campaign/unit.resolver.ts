import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import type { Context, SignedIn } from '../shared/context.js'
import { type Instant, instant } from '../shared/days.js'
import { percent } from '../shared/percent.js'
import { nameOf } from '../shared/read/names.js'
import type { PlainRow } from '../shared/read/reader.js'
import { hopSql, type Reading } from '../shared/read/reading.js'
import { escapeLike, raw, sql, TRUE } from '../shared/read/sql.js'
import { readOnce, sourceSql } from '../shared/read/source.js'
import { notFound } from '../shared/refusal.js'
import { InstantScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { type Evidence, evidenceOf } from './evidence.js'
import { CampaignExemption } from './exemption.entity.js'
import { lookAt } from './look.js'
import { type Plan, readTasks, type TaskSaid } from './plan.js'
import { figuresOfTask, stateOf, statesSql, stateSql } from './progress.js'
import { progressOfTask, TaskProgress } from './progress.resolver.js'
import { CampaignTask } from './campaignTask.entity.js'
import { ExemptionStage, LOOKERS, TaskSubject, UnitState } from './terms.js'

@ObjectType({ description: '任务的一个对象：企业、站所或村', simpleResolvers: true })
export class TaskUnit {
  @Field(() => ID, { description: '企业标识、站所代码或村代码' }) id!: string
  @Field(() => String) name!: string
  @Field(() => String, { nullable: true, description: '所属村' }) divisionName!: string | null
  @Field(() => String, { nullable: true, description: '行业主管站所' }) stationName!: string | null
  @Field(() => UnitState) state!: UnitState
  @Field(() => String, { description: '到哪里办' }) to!: string
  @Field(() => ID, { nullable: true, description: '在办或有效的豁免' }) exemption!: string | null
  @Field(() => Int, { nullable: true, description: '豁免的版本' }) exemptionVersion!: number | null
  @Field(() => ExemptionStage, { nullable: true }) exemptionStage!: ExemptionStage | null
  @Field(() => String, { nullable: true, description: '豁免原因' }) reason!: string | null
}

@ObjectType({ description: '一项任务的名单', simpleResolvers: true })
export class TaskUnits {
  @Field(() => InstantScalar, { description: '统计时点' }) asOf!: Instant
  @Field(() => ID, { description: '哪个行动' }) campaign!: string
  @Field(() => String, { description: '行动名称' }) campaignTitle!: string
  @Field(() => TaskProgress) task!: TaskProgress
  @Field(() => Int) total!: number
  @Field(() => [TaskUnit]) nodes!: TaskUnit[]
}

@ObjectType({ description: '一家企业的一项任务', simpleResolvers: true })
class OwnTask {
  @Field(() => TaskProgress) task!: TaskProgress
  @Field(() => UnitState) state!: UnitState
  @Field(() => String, { description: '到哪里办' }) to!: string
  @Field(() => String, { nullable: true, description: '豁免原因' }) reason!: string | null
}

export interface UnitWish {
  state?: UnitState | null | undefined
  search?: string | null | undefined
  first?: number | null | undefined
  offset?: number | null | undefined
  asOf?: Instant | null | undefined
}
const MOST = 500

/** Who is served, exempted and missing, in the reader's scope. */
@Resolver()
export class UnitResolver {
  @Query(() => TaskUnits, { description: '一项任务的名单：已完成、已豁免、未完成，各在我的管辖范围内' })
  campaignTaskUnits(
    @Ctx() context: Context,
    @Arg('task', () => ID) task: string,
    @Arg('state', () => UnitState, { nullable: true }) state?: UnitState | null,
    @Arg('search', () => String, { nullable: true, description: '名称' }) search?: string | null,
    @Arg('first', () => Int, { nullable: true, description: '默认 50，最多 500' }) first?: number | null,
    @Arg('offset', () => Int, { nullable: true }) offset?: number | null,
    @Arg('asOf', () => InstantScalar, { nullable: true, description: '当时的情况' }) asOf?: Instant | null,
  ): Promise<TaskUnits> {
    const ctx = signedIn(context, ...LOOKERS)
    return unitsOfTask(ctx, task, { state, search, offset, asOf, first: Math.min(first ?? 50, MOST) })
  }

  @Query(() => [OwnTask], { description: '一家企业在进行中的（或指定的）行动里的任务和完成情况' })
  async campaignTasksOf(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('campaign', () => ID) campaign: string,
  ): Promise<OwnTask[]> {
    const ctx = signedIn(context, ...LOOKERS)
    const look = await lookAt(ctx, campaign)
    const own: OwnTask[] = []
    for (const task of await readTasks(look.read, look.reading, campaign)) {
      const evidence = task.subject === TaskSubject.ENTERPRISE ? evidenceOf(task.evidence) : undefined
      const [row] = evidence ? await look.read(readOnce(look.reading, (at) => withReason(look.plan, at, task, evidence, sql`t.id = ${enterprise}`))) : []
      if (!evidence || !row) continue
      const state = stateOf(row)
      const [served, exempted] = [Number(state === UnitState.SERVED), Number(state === UnitState.EXEMPTED)]
      const done = served + exempted === 1
      const figures = { denominator: 1, served, exempted, missing: 1 - served - exempted, rate: percent(served, 1), done }
      const late = !done && task.dueOn < look.reading.today
      own.push({
        task: await progressOfTask(context, task, { ...figures, late }),
        state,
        to: toOf(evidence, row),
        reason: (row['reason'] as string | null) ?? null,
      })
    }
    return own
  }
}

const toOf = ({ to }: Evidence, row: PlainRow): string => to.replace('{id}', String(row['id']))

/** The rows of a task with the exemption that is asked for or in force. */
function withReason(plan: Plan, reading: Reading, task: TaskSaid, evidence: Evidence, more = TRUE) {
  return sql`select q.*, x.id as exemption, x.version as exemption_version, x.stage as exemption_stage, x.reason as reason
    from (${statesSql(task, evidence, plan, reading, more)}) q
    left join (select * from ${sourceSql(CampaignExemption, reading)} x0 where x0.task_id = ${task.id} and x0.stage in ('ASKED', 'GRANTED') and ${hopSql(CampaignExemption, 'x0', reading)}) x on x.unit = q.id`
}

export async function unitsOfTask(ctx: SignedIn, id: string, wish: UnitWish): Promise<TaskUnits> {
  const campaign = (await ctx.em.findOne(CampaignTask, { id }))?.campaign.id
  if (!campaign) throw notFound('任务')
  const { plan, reading, read } = await lookAt(ctx, campaign, wish.asOf)
  const task = (await readTasks(read, reading, campaign)).find((one) => one.id === id)
  if (!task) throw notFound('任务')
  const evidence = evidenceOf(task.evidence)
  const progress = await progressOfTask(ctx, task, await figuresOfTask(read, task, plan, reading))
  const said = { asOf: reading.asOf ?? instant(ctx.now), campaign, campaignTitle: plan.title, task: progress }
  if (!evidence) return { ...said, total: 0, nodes: [] }
  const typed = wish.search?.trim().slice(0, 60)
  const like = raw(reading.engine === 'postgres' ? 'ilike' : 'like')
  const named = typed ? sql`t.name ${like} ${`%${escapeLike(typed)}%`} escape '\\'` : TRUE
  const only = wish.state ? stateSql(wish.state) : TRUE
  const [sum] = await read(readOnce(reading, (at) => sql`select count(*) as n from (${statesSql(task, evidence, plan, at, named)}) q where ${only}`))
  const page = (at: Reading) => sql`${withReason(plan, at, task, evidence, named)} where ${only}
    order by q.served, q.exempt, q.station, q.division, q.name, q.id limit ${Math.max(0, wish.first ?? MOST)} offset ${Math.max(0, wish.offset ?? 0)}`
  const rows = await read(readOnce(reading, page))
  return { ...said, total: Number(sum!['n']), nodes: await Promise.all(rows.map((row) => unitOf(ctx, task, evidence, row))) }
}

async function unitOf(ctx: SignedIn, task: TaskSaid, evidence: Evidence, row: PlainRow): Promise<TaskUnit> {
  const text = (name: string) => (row[name] as string | null) ?? null
  const firm = task.subject === TaskSubject.ENTERPRISE
  const name = async (kind: 'division' | 'station', code: string | null) => (code ? ((await nameOf(ctx, kind, code)) ?? code) : null)
  return {
    ...{ id: String(row['id']), name: String(row['name']), state: stateOf(row), to: toOf(evidence, row) },
    divisionName: firm ? await name('division', text('division')) : null,
    stationName: firm ? await name('station', text('station')) : null,
    ...{ exemption: text('exemption'), exemptionVersion: row['exemption_version'] == null ? null : Number(row['exemption_version']) },
    ...{ exemptionStage: text('exemption_stage') as ExemptionStage | null, reason: text('reason') },
  }
}
