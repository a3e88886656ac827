import { ref } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { Station } from '../division/division.entity.js'
import type { Context } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { CampaignTask, CampaignTaskFacts } from './campaignTask.entity.js'
import { allEvidence } from './evidence.js'
import { needReason, onCampaign, sameVersion } from './office.js'
import { Phase } from './phase.entity.js'
import { EVIDENCE_NAME, EvidenceKind, LOOKERS, TaskSubject } from './terms.js'

const MOST_TASKS = 100

@ObjectType({ description: '可以选用的佐证', simpleResolvers: true })
class EvidenceChoice {
  @Field(() => EvidenceKind) kind!: EvidenceKind
  @Field(() => String, { description: '名称' }) label!: string
  @Field(() => TaskSubject, { description: '按谁计数' }) subject!: TaskSubject
}

/** 分解任务 to stations, villages and enterprises. */
@Resolver(() => CampaignTask)
export class CampaignTaskResolver {
  @Query(() => [EvidenceChoice], { description: '任务可以选用的佐证：系统能计数的事实' })
  campaignEvidence(@Ctx() context: Context): EvidenceChoice[] {
    signedIn(context, ...LOOKERS)
    return allEvidence().map(({ kind, subject }) => ({ kind, subject, label: EVIDENCE_NAME[kind] }))
  }

  @Mutation(() => CampaignTask, { description: '添加任务' })
  campaignTaskAdd(
    @Ctx() context: Context,
    @Arg('phase', () => ID) phaseId: string,
    @Arg('facts', () => CampaignTaskFacts as never) facts: CampaignTaskFacts,
  ): Promise<CampaignTask> {
    return onPhase(context, 'campaignTaskAdd', phaseId, async ({ phase, em, now }) => {
      if ((await em.count(CampaignTask, { campaign: phase.plan!.id, droppedOn: null })) >= MOST_TASKS)
        throw new Refusal('TOO_MANY', `一个行动最多 ${MOST_TASKS} 项任务`)
      const task = Object.assign(new CampaignTask(), { campaign: phase.plan!, phase: ref(phase), createdAt: instant(now) })
      task.describe(facts)
      await needStation(em, task)
      em.persist(task)
      return task
    })
  }

  @Mutation(() => CampaignTask, { description: '修改任务；启动后修改要写明原因' })
  campaignTaskEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => CampaignTaskFacts as never) facts: CampaignTaskFacts,
    @Arg('phase', () => ID, { nullable: true, description: '移到哪个阶段' }) phaseId?: string | null,
    @Arg('reason', () => String, { nullable: true }) reason?: string | null,
  ): Promise<CampaignTask> {
    return onTask(context, 'campaignTaskEdit', { id, version, reason: reason?.trim() || undefined }, async (task, em, running) => {
      if (running && !reason?.trim()) throw new Refusal('MISSING', '行动已经启动，请写明修改原因', { field: 'reason' })
      if (task.droppedOn) throw new Refusal('ALREADY', '这项任务已经取消')
      task.describe(facts)
      await needStation(em, task)
      if (phaseId) {
        const phase = await em.findOne(Phase, { id: phaseId, plan: task.campaign.id })
        if (!phase) throw notFound('阶段')
        task.phase = ref(phase)
      }
    })
  }

  @Mutation(() => CampaignTask, { description: '取消任务，写明原因；从此不再计数' })
  campaignTaskDrop(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) typed: string,
  ): Promise<CampaignTask> {
    const reason = needReason(typed, '取消原因')
    return onTask(context, 'campaignTaskDrop', { id, version, reason }, (task) => {
      task.drop(dayOf(context.now), reason)
      return Promise.resolve()
    })
  }
}

async function needStation(em: Context['em'], { station }: CampaignTask): Promise<void> {
  if (station && !(await em.count(Station, { code: station }))) throw new Refusal('STATION_UNKNOWN', '没有这个站所', { field: 'station' })
}

async function onPhase<T>(
  context: Context,
  name: string,
  phaseId: string,
  work: (on: { phase: Phase; em: Context['em']; now: Date }) => Promise<T>,
): Promise<T> {
  const { em: look } = signedIn(context, 'TOWN_OFFICE')
  const plan = (await look.findOne(Phase, { id: phaseId }))?.plan?.id
  if (!plan) throw notFound('阶段')
  return onCampaign(context, name, { id: plan }, async (campaign, { em }, { now }) => {
    campaign.needOpen('修改任务')
    const phase = await em.findOne(Phase, { id: phaseId, plan })
    if (!phase) throw notFound('阶段')
    return work({ phase, em, now })
  })
}

async function onTask(
  context: Context,
  name: string,
  { id, version, reason }: { id: string; version: number; reason?: string | undefined },
  work: (task: CampaignTask, em: Context['em'], running: boolean) => Promise<void>,
): Promise<CampaignTask> {
  const { em: look } = signedIn(context, 'TOWN_OFFICE')
  const campaign = (await look.findOne(CampaignTask, { id }))?.campaign.id
  if (!campaign) throw notFound('任务')
  return onCampaign(context, name, { id: campaign, reason }, async (plan, { em }) => {
    plan.needOpen('修改任务')
    const task = sameVersion(await em.findOne(CampaignTask, { id }), version, '任务')
    await work(task, em, plan.stage === 'RUNNING')
    return task
  })
}
