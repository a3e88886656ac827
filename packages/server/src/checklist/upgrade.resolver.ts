import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { Norm } from '../standard/norm.entity.js'
import { downgrade, offerFor, planFor, upgrade } from './carry.js'
import { Checklist } from './checklist.entity.js'
import type { FieldChange } from './diff.js'
import { needReason, onChecklist } from './own.js'
import { Template } from './template.entity.js'
import { TextChange } from './template.resolver.js'
import type { Step } from './upgradePlan.js'

@ObjectType({ description: '升级对一个检查项的影响', simpleResolvers: true })
class UpgradeStep {
  @Field(() => String, { description: 'ADDED 新增、CHANGED 修改、DROPPED 取消、RETURNED 恢复、SAME 不变' }) kind!: Step['kind']
  @Field(() => ID, { nullable: true, description: '企业的检查项；新增的没有' }) id!: string | null
  @Field(() => String, { description: '检查内容' }) content!: string
  @Field(() => [TextChange], { description: '随规范更新的' }) fields!: FieldChange[]
  @Field(() => [TextChange], { description: '企业改写过、保留不动的：before 是企业的，after 是规范现在的' }) kept!: FieldChange[]
  @Field(() => Boolean, { description: '企业已删减，仍不检查' }) left!: boolean
}
@ObjectType({ description: '清单可升级到的新版', simpleResolvers: true })
class UpgradeOffer {
  @Field(() => Norm, { description: '新版规范' }) norm!: Norm
  @Field(() => Template, { description: '现在所据的模板' }) from!: Template
  @Field(() => Template, { description: '新版模板' }) to!: Template
  @Field(() => [UpgradeStep], { description: '逐项的影响，按升级后的顺序' }) steps!: Step[]
}

/** A newer version of the norm is offered, never forced; and what was carried over can be taken back. */
@Resolver(() => Checklist)
export class UpgradeResolver {
  @Query(() => UpgradeOffer, { nullable: true, description: '这张清单可以升级到的新版和逐项影响；没有新版时为空' })
  async checklistOffer(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<UpgradeOffer | null> {
    const { em, now } = signedIn(context, ...READERS)
    const list = await em.findOne(Checklist, { id })
    if (!list) throw notFound('检查清单')
    const offer = await offerFor(em, list)
    return offer ? { ...offer, steps: await planFor(em, list, offer, dayOf(now)) } : null
  }

  @Mutation(() => Checklist, { description: '升级到新版规范：改写、增补、删减及原因、检查记录都保留；keep 是规范取消而企业要留作自有的项' })
  checklistUpgrade(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('keep', () => [ID], { defaultValue: [] }) keep: string[],
  ): Promise<Checklist> {
    return onChecklist(context, 'checklistUpgrade', { id, version }, async (list, { em }, { actor, now }) => {
      const offer = await offerFor(em, list)
      if (!offer) throw new Refusal('NO_UPGRADE', '这张清单已是现行版，不用升级')
      await upgrade(em, list, offer, keep, actor.id, now)
      return list
    })
  }

  @Mutation(() => [Checklist], { description: '把一家企业所有可以升级的清单一次升级到新版规范；规范取消的项不留作自有，可以逐张退回' })
  checklistsUpgrade(@Ctx() context: Context, @Arg('enterprise', () => ID) enterprise: string): Promise<Checklist[]> {
    const ctx = entitled(context, Capability.CHECKLIST_TAILOR)
    return act(ctx, 'checklistsUpgrade', async ({ em }) => {
      const { firm } = await standing(em, enterprise)
      if (firm.closedOn) throw new Refusal('ENTERPRISE_CLOSED', '这家企业已停业或迁出')
      const carried: Checklist[] = []
      for (const list of await em.find(Checklist, { enterprise, endedOn: null }, { orderBy: { id: 'asc' } })) {
        const offer = await offerFor(em, list)
        if (!offer) continue
        await upgrade(em, list, offer, [], ctx.actor.id, ctx.now)
        carried.push(list)
      }
      if (!carried.length) throw new Refusal('NO_UPGRADE', '这家企业的清单都已是现行版，不用升级')
      return carried
    })
  }

  @Mutation(() => Checklist, { description: '退回升级前的版本；升级后企业自己改的保留' })
  checklistDowngrade(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) typed: string,
  ): Promise<Checklist> {
    const reason = needReason(typed, '退回原因')
    return onChecklist(context, 'checklistDowngrade', { id, version, reason }, async (list, { em }, { actor, now }) => {
      await downgrade(em, list, reason, actor.id, now)
      return list
    })
  }
}
