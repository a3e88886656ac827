import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { type Day, dayOf, instant } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { Visit } from '../visit/visit.entity.js'
import { EnterprisePolicy, mayWrite, needText, PolicyGuidance, PolicyStep } from './enterprisePolicy.entity.js'
import { LOOKERS } from './terms.js'

const WRITERS = ['STATION', 'TOWN_OFFICE'] as const

/** 一企一策: written by the station, guided on the spot, step by step; the enterprise reads it. */
@Resolver(() => EnterprisePolicy)
export class PolicyResolver {
  @Query(() => EnterprisePolicy, { description: '一份一企一策' })
  async enterprisePolicy(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<EnterprisePolicy> {
    const policy = await signedIn(context, ...LOOKERS).em.findOne(EnterprisePolicy, { id })
    if (!policy) throw notFound('一企一策')
    return policy
  }

  @FieldResolver(() => Boolean, { description: '我可以编制' })
  mine(@Root() _policy: EnterprisePolicy, @Ctx() { actor }: Context): boolean {
    return !!actor && mayWrite(actor)
  }

  @Mutation(() => EnterprisePolicy, { description: '编制或修改一家企业本年的一企一策' })
  policyWrite(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('weakness', () => String, { description: '主要短板' }) weakness: string,
    @Arg('goal', () => String, { description: '提升目标' }) goal: string,
    @Arg('version', () => Int, { nullable: true, description: '修改时带回' }) version?: number | null,
  ): Promise<EnterprisePolicy> {
    const ctx = signedIn(context, ...WRITERS)
    return act(ctx, 'policyWrite', async ({ em }) => {
      const { firm, place } = await standing(em, enterprise)
      if (firm.closedOn) throw new Refusal('ENTERPRISE_CLOSED', '该企业已停业或迁出', { field: 'enterprise' })
      const year = Number(dayOf(ctx.now).slice(0, 4))
      const known = await em.findOne(EnterprisePolicy, { enterprise: firm.id, year })
      if (known && known.version !== (version ?? 0)) throw conflict()
      const { division, station } = place
      const policy =
        known ??
        Object.assign(new EnterprisePolicy(), {
          ...{ enterprise: ref(firm), division, ...(station ? { station } : {}), year },
          ...{ writtenBy: ctx.actor.id, createdAt: instant(ctx.now) },
        })
      policy.describe(ctx.actor, weakness, goal)
      em.persist(policy)
      return policy
    })
  }

  @Mutation(() => PolicyGuidance, { description: '登记一次现场指导；有对应的计划检查就带上' })
  policyGuide(
    @Ctx() context: Context,
    @Arg('policy', () => ID) id: string,
    @Arg('guidedOn', () => DayScalar) guidedOn: Day,
    @Arg('finding', () => String, { description: '发现的问题' }) finding: string,
    @Arg('advice', () => String, { nullable: true, description: '指导意见' }) advice?: string | null,
    @Arg('visit', () => ID, { nullable: true, description: '对应的计划检查' }) visitId?: string | null,
  ): Promise<PolicyGuidance> {
    return onPolicy(context, 'policyGuide', id, async (policy, em, { actor, now }) => {
      if (guidedOn > dayOf(now)) throw new Refusal('DAY_FUTURE', '指导日期不能晚于今天', { field: 'guidedOn' })
      const visit = visitId ? await em.findOne(Visit, { id: visitId, enterprise: policy.enterprise.id }) : undefined
      if (visitId && !visit) throw new Refusal('NOT_FOUND', notFound('计划检查').message, { field: 'visit' })
      const guidance = Object.assign(new PolicyGuidance(), {
        ...{ ...placeOf(policy), guidedOn, finding: needText(finding, '发现的问题', 'finding'), guidedBy: actor.id, createdAt: instant(now) },
        ...(advice?.trim() ? { advice: needText(advice, '指导意见', 'advice') } : {}),
        ...(visit ? { visit: ref(visit) } : {}),
      })
      em.persist(guidance)
      return guidance
    })
  }

  @Mutation(() => PolicyStep, { description: '定下一步措施和期限' })
  policyStepAdd(
    @Ctx() context: Context,
    @Arg('policy', () => ID) id: string,
    @Arg('text', () => String, { description: '措施' }) text: string,
    @Arg('dueOn', () => DayScalar) dueOn: Day,
  ): Promise<PolicyStep> {
    return onPolicy(context, 'policyStepAdd', id, (policy, em, { now }) => {
      if (dueOn < dayOf(now)) throw new Refusal('DAY_PAST', '完成期限不能早于今天', { field: 'dueOn' })
      const step = Object.assign(new PolicyStep(), { ...placeOf(policy), text: needText(text, '措施', 'text', 200), dueOn, createdAt: instant(now) })
      em.persist(step)
      return Promise.resolve(step)
    })
  }

  @Mutation(() => PolicyStep, { description: '措施完成，写明完成情况' })
  policyStepFinish(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('result', () => String, { description: '完成情况' }) result: string,
  ): Promise<PolicyStep> {
    return onStep(context, 'policyStepFinish', { id, version }, (step, { actor, now }) => step.finish(actor, now, result))
  }

  @Mutation(() => PolicyStep, { description: '取消措施，写明原因' })
  policyStepDrop(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<PolicyStep> {
    if (!reason.trim()) throw new Refusal('MISSING', '请写明取消原因', { field: 'reason' })
    return onStep(context, 'policyStepDrop', { id, version, reason: reason.trim() }, (step, { actor, now }) => step.drop(actor, now))
  }
}

const placeOf = (policy: EnterprisePolicy) => {
  const { enterprise, division, station } = policy
  return { policy: ref(policy), enterprise, division, ...(station ? { station } : {}) }
}

function onPolicy<T>(
  context: Context,
  name: string,
  id: string,
  work: (policy: EnterprisePolicy, em: SqlEntityManager, ctx: SignedIn) => Promise<T>,
): Promise<T> {
  const ctx = signedIn(context, ...WRITERS)
  return act(ctx, name, async ({ em }) => {
    const policy = await em.findOne(EnterprisePolicy, { id })
    if (!policy) throw notFound('一企一策')
    return work(policy, em, ctx)
  })
}

function onStep(
  context: Context,
  name: string,
  { id, version, reason }: { id: string; version: number; reason?: string },
  work: (step: PolicyStep, ctx: SignedIn) => void,
): Promise<PolicyStep> {
  const ctx = signedIn(context, ...WRITERS)
  return act(
    ctx,
    name,
    async ({ em }) => {
      const step = await em.findOne(PolicyStep, { id })
      if (!step) throw notFound('措施')
      if (step.version !== version) throw conflict()
      work(step, ctx)
      return step
    },
    reason,
  )
}
