import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Hazard } from '../hazard/hazard.entity.js'
import { OPEN_STAGES } from '../hazard/terms.js'
import { readPhone } from '../shared/phone.js'
import { type Act, act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context, SignedIn } from '../shared/context.js'
import { type Day, dayOf, instant } from '../shared/days.js'
import { conflict, forbidden, notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { needFreeUscc, needMayDescribe, needPlace } from './editing.js'
import { Enterprise, EnterpriseFacts } from './enterprise.entity.js'
import { followed } from './following.js'
import { moveWith } from './move.js'

@ObjectType({ description: '企业联系人，完整显示；每次查看都有记录', simpleResolvers: true })
class EnterpriseContacts {
  @Field(() => String, { nullable: true, description: '联系电话' }) phone?: string
  @Field(() => String, { nullable: true, description: '法定代表人' }) legalRep?: string
  @Field(() => String, { nullable: true, description: '主要负责人' }) principal?: string
  @Field(() => String, { nullable: true, description: '安全管理员' }) safetyOfficer?: string
}

/** What is done to the register of enterprises. */
@Resolver()
export class RegisterResolver {
  @Mutation(() => Enterprise, { description: '登记企业' })
  enterpriseCreate(
    @Ctx() context: Context,
    @Arg('facts', () => EnterpriseFacts) facts: EnterpriseFacts,
    @Arg('phone', () => String, { nullable: true }) phone: string | undefined,
  ): Promise<Enterprise> {
    const ctx = registrar(context, Capability.ENTERPRISE_CREATE)
    const { actor, now } = ctx
    needMayDescribe(actor, facts)
    return act(ctx, 'enterpriseCreate', async ({ em }) => {
      const enterprise = Object.assign(new Enterprise(), {
        createdAt: instant(now),
        enteredOn: dayOf(now),
        ...(actor.scope.station ? { station: actor.scope.station } : {}),
      })
      takePhone(enterprise, phone)
      enterprise.describe(facts)
      await needPlace(em, actor, enterprise)
      await needFreeUscc(em, actor, enterprise)
      em.persist(enterprise)
      return enterprise
    })
  }

  @Mutation(() => Enterprise, { description: '修改企业资料；不填不改，填空清除。换村或换站所时，它的隐患等一并转移' })
  enterpriseEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => EnterpriseFacts) facts: EnterpriseFacts,
    @Arg('phone', () => String, { nullable: true }) phone: string | null | undefined,
  ): Promise<Enterprise> {
    const ctx = registrar(context, Capability.ENTERPRISE_EDIT)
    return change(ctx, 'enterpriseEdit', { id, version }, async (enterprise, doing) => {
      needMayDescribe(ctx.actor, facts, enterprise)
      const before = { division: enterprise.division, ...(enterprise.station ? { station: enterprise.station } : {}) }
      if (phone !== undefined) takePhone(enterprise, phone)
      enterprise.describe(facts)
      await needPlace(doing.em, ctx.actor, enterprise, before)
      await needFreeUscc(doing.em, ctx.actor, enterprise)
      await moveWith(doing, enterprise, 'enterpriseEdit')
      await followed(doing, enterprise)
    })
  }

  @Mutation(() => Enterprise, { description: '登记停业或迁出' })
  enterpriseCloseDown(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('closedOn', () => DayScalar) closedOn: Day,
    @Arg('reason', () => String) reason: string,
  ): Promise<Enterprise> {
    const ctx = registrar(context, Capability.ENTERPRISE_CLOSE)
    return change(ctx, 'enterpriseCloseDown', { id, version, reason }, async (enterprise, { em }) => {
      const open = await em.count(Hazard, { enterprise: id, stage: { $in: [...OPEN_STAGES] } })
      if (open) throw new Refusal('HAZARDS_OPEN', `这家企业还有 ${open} 条隐患没有办结，请先销号、移送或作废`)
      enterprise.closeDown(closedOn, dayOf(ctx.now))
    })
  }

  @Mutation(() => Enterprise, { description: '恢复营业' })
  enterpriseReopen(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Enterprise> {
    const ctx = registrar(context, Capability.ENTERPRISE_CLOSE)
    return change(ctx, 'enterpriseReopen', { id, version, reason }, async (enterprise, { em }) => {
      enterprise.reopen()
      await needPlace(em, ctx.actor, enterprise)
    })
  }

  @Mutation(() => EnterpriseContacts, { description: '查看完整联系方式；谁在何时看过会留下记录' })
  enterpriseReveal(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<EnterpriseContacts> {
    const ctx = entitled(context, Capability.ENTERPRISE_REVEAL)
    return act(ctx, 'enterpriseReveal', async (doing) => {
      const enterprise = await doing.em.findOne(Enterprise, { id })
      if (!enterprise) throw notFound('企业')
      const { division, station = null, phone, legalRep, principal, safetyOfficer } = enterprise
      doing.log([{ thing: 'Enterprise', record: id, act: 'enterpriseReveal', diff: {}, division, station, enterprise: id, workshop: null }])
      return Object.fromEntries(Object.entries({ phone, legalRep, principal, safetyOfficer }).filter(([, value]) => value !== undefined))
    })
  }
}

/** A village knows its land but does not keep the register: it proposes (domain.md §1.9). */
function registrar(context: Context, capability: Capability): SignedIn {
  if (context.actor?.role === 'VILLAGE') throw forbidden('企业资料由镇安办或行业站所登记和修改，请把情况告知他们')
  return entitled(context, capability)
}

function change(
  ctx: SignedIn,
  name: string,
  on: { id: string; version: number; reason?: string },
  make: (enterprise: Enterprise, doing: Act) => Promise<void>,
): Promise<Enterprise> {
  if (on.reason !== undefined && !on.reason.trim()) throw new Refusal('MISSING', '请写明原因', { field: 'reason' })
  const work = async (doing: Act) => {
    const enterprise = await doing.em.findOne(Enterprise, { id: on.id })
    if (!enterprise) throw notFound('企业')
    if (enterprise.version !== on.version) throw conflict()
    await make(enterprise, doing)
    return enterprise
  }
  return act(ctx, name, work, on.reason?.trim())
}

function takePhone(enterprise: Enterprise, typed: string | null | undefined): void {
  const phone = readPhone(typed ?? '')
  if (phone) enterprise.phone = phone
  else delete enterprise.phone
}
