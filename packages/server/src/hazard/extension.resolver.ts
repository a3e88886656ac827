import { ref } from '@mikro-orm/core'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { linkedId } from '../shared/datum.js'
import { instant } from '../shared/days.js'
import { conflict, forbidden, notFound, Refusal } from '../shared/refusal.js'
import { isOne, samePerson } from '../shared/onePerson.js'
import { DayScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { loadHazard } from './load.js'
import { Extension, ExtensionDecision } from './extension.entity.js'
import { Hazard } from './hazard.entity.js'
import * as may from './rights.js'
import { hazardRules } from './rules.js'

@Resolver()
export class ExtensionResolver {
  @Mutation(() => Extension, { description: '申请延期' })
  async extensionAsk(
    @Ctx() context: Context,
    @Arg('hazard', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('toDueOn', () => DayScalar) toDueOn: string,
    @Arg('reason', () => String) reason: string,
  ): Promise<Extension> {
    const ctx = signedIn(context)
    return act(
      ctx,
      'extensionAsk',
      async ({ em }) => {
        const hazard = await loadHazard(em, id, version)
        hazard.askExtension(ctx.actor, ctx.now, await hazardRules(em), toDueOn)
        if (!reason.trim()) throw new Refusal('MISSING', '请写明延期原因', { field: 'reason' })
        if (await em.count(Extension, { hazard: id, decision: ExtensionDecision.PENDING })) throw new Refusal('EXTENSION_PENDING', '已有一份延期申请在审批中')
        const extension = new Extension()
        extension.hazard = ref(hazard)
        extension.reason = reason.trim()
        extension.fromDueOn = hazard.dueOn!
        extension.toDueOn = toDueOn
        extension.requestedBy = ctx.actor.id
        if (ctx.actor.standIn) extension.requestedFor = ctx.actor.standIn.principal
        extension.createdAt = instant(ctx.now)
        extension.division = hazard.division
        if (hazard.station) extension.station = hazard.station
        extension.enterpriseId = linkedId(hazard.enterprise)!
        em.persist(extension)
        return extension
      },
      reason,
    )
  }

  @Mutation(() => Hazard, { description: '审批延期' })
  async extensionDecide(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('approve', () => Boolean) approve: boolean,
    @Arg('opinion', () => String, { nullable: true }) opinion?: string,
  ): Promise<Hazard> {
    const ctx = signedIn(context)
    return act(
      ctx,
      'extensionDecide',
      async ({ em }) => {
        const extension = await em.findOne(Extension, { id })
        if (!extension) throw notFound('延期申请')
        if (extension.version !== version) throw conflict()
        if (extension.decision !== ExtensionDecision.PENDING) throw new Refusal('DECIDED', '这份延期申请已经审批过了')
        const hazard = await loadHazard(em, extension.hazard.id)
        if (!may.decideExtension(ctx.actor, hazard)) throw forbidden('这条隐患的延期不由您审批')
        const { requestedBy, requestedFor } = extension
        if (isOne(ctx.actor, requestedBy) || isOne(ctx.actor, requestedFor))
          throw new Refusal('SAME_PERSON', samePerson(ctx.actor, [requestedBy, requestedFor], '延期的审批人不能是申请人'))
        if (!approve && !opinion?.trim()) throw new Refusal('MISSING', '不同意延期请写明意见', { field: 'opinion' })
        extension.decision = approve ? ExtensionDecision.APPROVED : ExtensionDecision.REFUSED
        extension.decidedBy = ctx.actor.id
        extension.decidedAt = instant(ctx.now)
        if (opinion?.trim()) extension.opinion = opinion.trim()
        if (approve) hazard.extend(ctx.actor, extension.toDueOn)
        return hazard
      },
      opinion,
    )
  }
}
