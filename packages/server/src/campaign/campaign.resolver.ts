import { ref } from '@mikro-orm/core'
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { type Day, instant } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { Campaign, CampaignFacts } from './campaign.entity.js'
import { CampaignTask } from './campaignTask.entity.js'
import { copyOf } from './copy.js'
import { isOffice, loadCampaign, needReason, onCampaign, sameVersion } from './office.js'
import { Phase, PhaseFacts } from './phase.entity.js'
import { CampaignStage, LOOKERS } from './terms.js'

const MOST_PHASES = 12

/** 专项行动: written as a draft by the town office, started, closed; next year's begins as a copy. */
@Resolver(() => Campaign)
export class CampaignResolver {
  @Query(() => Campaign, { description: '一个专项行动' })
  campaign(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Campaign> {
    const { em, actor } = signedIn(context, ...LOOKERS)
    return loadCampaign(em, actor, id)
  }

  @FieldResolver(() => Boolean, { description: '我可以编制' })
  mine(@Root() { division, stage }: Campaign, @Ctx() { actor }: Context): boolean {
    return !!actor && stage !== CampaignStage.CLOSED && isOffice(actor, { division })
  }

  @Mutation(() => Campaign, { description: '新建专项行动（草稿）' })
  async campaignCreate(@Ctx() context: Context, @Arg('facts', () => CampaignFacts as never) facts: CampaignFacts): Promise<Campaign> {
    const ctx = signedIn(context, 'TOWN_OFFICE')
    return act(ctx, 'campaignCreate', async ({ em }) => {
      const campaign = Object.assign(new Campaign(), { division: ctx.actor.scope.division, createdAt: instant(ctx.now) })
      campaign.describe(facts)
      await needFree(em, campaign)
      em.persist(campaign)
      return campaign
    })
  }

  @Mutation(() => Campaign, { description: '修改专项行动的基本情况' })
  campaignEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => CampaignFacts as never) facts: CampaignFacts,
  ): Promise<Campaign> {
    return onCampaign(context, 'campaignEdit', { id, version }, async (campaign, { em }) => {
      campaign.needOpen('修改')
      const { year } = campaign
      campaign.describe(facts)
      if (campaign.stage !== CampaignStage.DRAFT && campaign.year !== year) throw new Refusal('WRONG_STAGE', '启动后不能改年度', { field: 'year' })
      await needFree(em, campaign)
      for (const phase of await em.find(Phase, { plan: campaign.id })) phase.campaign = campaign.title
      return campaign
    })
  }

  @Mutation(() => Campaign, { description: '复制一个行动为新的草稿：阶段和任务的日期按年度顺移，任务保留，进度和豁免不带' })
  campaignCopy(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('year', () => Int) year: number): Promise<Campaign> {
    return onCampaign(context, 'campaignCopy', { id }, async (from, { em }, { now }) => {
      const copied = copyOf(from, await em.find(Phase, { plan: id }), await em.find(CampaignTask, { campaign: id, droppedOn: null }), year, now)
      await needFree(em, copied.campaign)
      em.persist([copied.campaign, ...copied.phases, ...copied.tasks])
      return copied.campaign
    })
  }

  @Mutation(() => Campaign, { description: '启动：从此各级都能看到，任务开始计数' })
  campaignStart(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Campaign> {
    return onCampaign(context, 'campaignStart', { id, version }, async (campaign, { em }, { now }) => {
      campaign.start(now, { phases: await em.count(Phase, { plan: id }), tasks: await em.count(CampaignTask, { campaign: id, droppedOn: null }) })
      return campaign
    })
  }

  @Mutation(() => Campaign, { description: '结束：各项数字停在这一刻' })
  campaignClose(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('note', () => String, { description: '结束说明' }) note: string,
  ): Promise<Campaign> {
    return onCampaign(context, 'campaignClose', { id, version }, (campaign, _doing, { now }) => {
      campaign.close(now, note)
      return Promise.resolve(campaign)
    })
  }

  @Mutation(() => Phase, { description: '添加阶段；开始日期可不填，从上一阶段之后算起。期限可以早于印发日期' })
  phaseSet(
    @Ctx() context: Context,
    @Arg('campaign', () => ID) id: string,
    @Arg('facts', () => PhaseFacts as never) facts: PhaseFacts,
    @Arg('startsOn', () => DayScalar, { nullable: true }) startsOn: Day | null | undefined,
    @Arg('phase', () => ID, { nullable: true, description: '修改哪个阶段；不填则新增' }) phaseId?: string | null,
    @Arg('version', () => Int, { nullable: true }) version?: number | null,
  ): Promise<Phase> {
    return onCampaign(context, 'phaseSet', { id }, async (campaign, { em }, { now }) => {
      campaign.needOpen('修改阶段')
      const all = await em.find(Phase, { plan: id }, { orderBy: { position: 'asc' } })
      if (!phaseId && all.length >= MOST_PHASES) throw new Refusal('TOO_MANY', `最多 ${MOST_PHASES} 个阶段`)
      const found = phaseId ? sameVersion(all.find((one) => one.id === phaseId) ?? null, version ?? 0, '阶段') : undefined
      if (all.some((one) => one !== found && one.position === facts.position))
        throw new Refusal('POSITION_TAKEN', `已有第 ${facts.position} 阶段`, { field: 'position' })
      const phase = found ?? Object.assign(new Phase(), { plan: ref(campaign), createdAt: instant(now) })
      phase.campaign = campaign.title
      phase.describe({ ...facts, startsOn: startsOn ?? null }, all.filter((one) => one !== found && one.position < facts.position).at(-1), campaign.year)
      em.persist(phase)
      return phase
    })
  }

  @Mutation(() => Boolean, { description: '删除还没有任务的阶段，写明原因' })
  phaseRemove(
    @Ctx() context: Context,
    @Arg('campaign', () => ID) id: string,
    @Arg('phase', () => ID) phaseId: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) typed: string,
  ): Promise<boolean> {
    const reason = needReason(typed, '删除原因')
    return onCampaign(context, 'phaseRemove', { id, reason }, async (campaign, { em }) => {
      campaign.needOpen('修改阶段')
      const phase = sameVersion(await em.findOne(Phase, { id: phaseId, plan: id }), version, '阶段')
      if (await em.count(CampaignTask, { phase: phaseId })) throw new Refusal('PHASE_IN_USE', '这个阶段已有任务，不能删除')
      em.remove(phase)
      return true
    })
  }
}

/** One campaign of a name in a year: the second is a slip. */
async function needFree(em: Context['em'], campaign: Campaign): Promise<void> {
  const { division, year, title, id } = campaign
  if (await em.count(Campaign, { division, year, title, id: { $ne: id } }))
    throw new Refusal('CAMPAIGN_TAKEN', `${year} 年已有“${title}”，请换个名称`, { field: 'title' })
}
