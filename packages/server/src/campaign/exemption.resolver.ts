import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { Division, DivisionLevel } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { inDivision } from '../shared/scope.js'
import { conflict, forbidden, notFound, Refusal } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { Campaign } from './campaign.entity.js'
import { CampaignTask } from './campaignTask.entity.js'
import { CampaignExemption } from './exemption.entity.js'
import { isOffice, sees } from './office.js'
import { TaskSubject } from './terms.js'

/** 豁免 of one of a task's denominator: asked by the station, granted and taken back by the town office. */
@Resolver(() => CampaignExemption)
export class ExemptionResolver {
  @Mutation(() => CampaignExemption, { description: '豁免：镇安办同意即生效；站所提出的是申请。都要写明原因' })
  async campaignExempt(
    @Ctx() context: Context,
    @Arg('task', () => ID) taskId: string,
    @Arg('unit', () => ID, { description: '企业标识、站所代码或村代码' }) unit: string,
    @Arg('reason', () => String) reason: string,
  ): Promise<CampaignExemption> {
    const ctx = signedIn(context, 'TOWN_OFFICE', 'STATION')
    return act(
      ctx,
      'campaignExempt',
      async ({ em }) => {
        const { task, campaign } = await runningTask(em, ctx, taskId)
        const stands = await placeOf(em, ctx, task, campaign, unit)
        const slot = `${task.id}:${unit}`
        if (await em.count(CampaignExemption, { slot })) throw new Refusal('ALREADY', '已经有在办或有效的豁免')
        const exemption = Object.assign(new CampaignExemption(), { task: ref(task), subject: task.subject, unit, slot, ...stands, createdAt: instant(ctx.now) })
        exemption.ask(ctx.actor, ctx.now, reason)
        em.persist(exemption)
        return exemption
      },
      reason.trim() || undefined,
    )
  }

  @Mutation(() => CampaignExemption, { description: '办理站所申请的豁免：同意，或写明原因不同意' })
  campaignExemptionDecide(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('granted', () => Boolean) granted: boolean,
    @Arg('remark', () => String, { nullable: true }) remark?: string | null,
  ): Promise<CampaignExemption> {
    return onExemption(context, 'campaignExemptionDecide', { id, version }, (exemption, { actor, now }) => exemption.decide(actor, now, granted, remark ?? ''))
  }

  @Mutation(() => CampaignExemption, { description: '撤回豁免，写明原因；从此又要完成' })
  campaignExemptionWithdraw(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<CampaignExemption> {
    return onExemption(context, 'campaignExemptionWithdraw', { id, version, reason: reason.trim() }, (exemption, { actor, now }) =>
      exemption.withdraw(actor, now, reason),
    )
  }
}

async function runningTask(em: SqlEntityManager, { actor }: SignedIn, id: string): Promise<{ task: CampaignTask; campaign: Campaign }> {
  const task = await em.findOne(CampaignTask, { id, droppedOn: null })
  const campaign = task && (await em.findOne(Campaign, { id: task.campaign.id }))
  if (!task || !campaign || !sees(actor, campaign)) throw notFound('任务')
  if (actor.role === 'TOWN_OFFICE' && !isOffice(actor, campaign)) throw forbidden('豁免由本镇镇安办同意')
  campaign.needRunning('豁免')
  return { task, campaign }
}

/** Where the exempted one stands, which is where its exemption is seen; refused in the same words when it is not there or not the actor's. */
async function placeOf(
  em: SqlEntityManager,
  { actor }: SignedIn,
  task: CampaignTask,
  { division: town }: Campaign,
  unit: string,
): Promise<Partial<CampaignExemption>> {
  if (task.subject === TaskSubject.ENTERPRISE) {
    const firm = await em.findOne(Enterprise, { id: unit })
    if (!firm || !inDivision(firm.division, town)) throw missing('企业')
    return { enterprise: ref(firm), division: firm.division, ...(firm.station ? { station: firm.station } : {}) }
  }
  if (task.subject === TaskSubject.STATION) {
    const known = await em.count(Enterprise, { station: unit, division: { $like: `${town}%` } })
    if (!known || (actor.scope.station !== undefined && actor.scope.station !== unit)) throw missing('站所')
    return { division: town, station: unit }
  }
  const village = await em.count(Division, { code: unit, level: DivisionLevel.VILLAGE })
  if (!village || !inDivision(unit, town) || actor.role !== 'TOWN_OFFICE') throw missing('村')
  return { division: unit }
}
const missing = (what: string) => new Refusal('NOT_FOUND', notFound(what).message, { field: 'unit' })

function onExemption(
  context: Context,
  name: string,
  { id, version, reason }: { id: string; version: number; reason?: string },
  work: (exemption: CampaignExemption, ctx: SignedIn) => void,
): Promise<CampaignExemption> {
  const ctx = signedIn(context, 'TOWN_OFFICE', 'STATION')
  return act(
    ctx,
    name,
    async ({ em }) => {
      const exemption = await em.findOne(CampaignExemption, { id }, { populate: ['task'] })
      if (!exemption) throw notFound('豁免')
      if (exemption.version !== version) throw conflict()
      const campaign = await em.findOneOrFail(Campaign, { id: exemption.task.unwrap().campaign.id })
      campaign.needRunning('办理豁免')
      work(exemption, ctx)
      return exemption
    },
    reason || undefined,
  )
}
