import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { Person } from '../person/person.entity.js'
import { act } from '../shared/act.js'
import type { Context, Role, SignedIn } from '../shared/context.js'
import { type Day, dayOf, daysBetween, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { sql, TRUE } from '../shared/read/sql.js'
import { conflict, forbidden, notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { divisionRange, inScope } from '../shared/scope.js'
import { signedIn } from '../shared/signedIn.js'
import { Delegation } from './delegation.entity.js'
import { Reminder, ReminderKind } from './reminder.entity.js'

/** Who has duties to hand over. */
const ROLES: readonly Role[] = ['TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'POST']
const MOST_DAYS = 180
const MOST_PEOPLE = 3_000

export const DELEGATIONS: ListField = {
  name: 'delegations',
  target: Delegation,
  description: '代办：我委托的、委托我的；镇安办看辖区内全部',
  who: (context) => signedIn(context, ...ROLES),
  fallback: [{ field: 'fromOn', dir: 'DESC' }],
  also: ({ actor }) => (actor.role === 'TOWN_OFFICE' ? TRUE : sql`(t.principal = ${actor.id} or t.delegate = ${actor.id})`),
}

@ObjectType({ description: '同岗的人', simpleResolvers: true })
class Colleague {
  @Field(() => ID) id!: string
  @Field(() => String, { description: '姓名' }) name!: string
  @Field(() => String, { description: '用户名' }) username!: string
}

@Resolver()
export class DelegationResolver {
  @Query(() => [Colleague], { description: '可以代办的人：同一角色、同一管辖范围的在用账号' })
  async colleagues(
    @Ctx() context: Context,
    @Arg('of', () => ID, { nullable: true, description: '谁的同事；不填为本人。为别人设置的只有镇安办' }) of?: string,
  ): Promise<Colleague[]> {
    const ctx = signedIn(context, ...ROLES)
    const principal = await principalOf(ctx, ctx.em, of)
    return (await alikeTo(ctx.em, principal)).map(({ id, name, username }) => ({ id, name, username }))
  }

  @Query(() => [Colleague], { description: '辖区内有职责可委托的账号（镇安办替人设置时用）' })
  async dutyPeople(@Ctx() context: Context): Promise<Colleague[]> {
    const { em, actor } = signedIn(context, 'TOWN_OFFICE')
    const [low, high] = divisionRange(actor.scope.division)
    const where = { role: { $in: [...ROLES] as never[] }, division: { $gte: low, $lt: high }, disabledAt: null }
    const all = await em.find(Person, where, { orderBy: { username: 'asc' }, limit: MOST_PEOPLE })
    return all.map(({ id, name, username }) => ({ id, name, username }))
  }

  @Mutation(() => Delegation, { description: '委托同岗的人代办一段时间；镇安办可以为辖区内的人设置' })
  delegationGive(
    @Ctx() context: Context,
    @Arg('delegate', () => ID, { description: '代办人' }) delegateId: string,
    @Arg('fromOn', () => DayScalar) fromOn: Day,
    @Arg('toOn', () => DayScalar) toOn: Day,
    @Arg('reason', () => String, { nullable: true }) reason: string | undefined,
    @Arg('principal', () => ID, { nullable: true, description: '委托人；不填为本人' }) of?: string,
  ): Promise<Delegation> {
    const ctx = signedIn(context, ...ROLES)
    if (ctx.actor.standIn) throw forbidden('代办期间不能再委托别人')
    needPeriod(fromOn, toOn, dayOf(ctx.now))
    return act(ctx, 'delegationGive', async ({ em }) => {
      const principal = await principalOf(ctx, em, of)
      const delegate = (await alikeTo(em, principal)).find(({ id }) => id === delegateId)
      if (!delegate) throw new Refusal('NOT_A_COLLEAGUE', '只能委托同一角色、同一管辖范围的在用账号', { field: 'delegate' })
      await needNoChain(em, principal.id, delegate.id, fromOn, toOn)
      const { division, station, enterprise: enterpriseId } = { ...principal.scope(), division: principal.division }
      const place = { division, ...(station ? { station } : {}), ...(enterpriseId ? { enterpriseId } : {}) }
      const delegation = Object.assign(new Delegation(), {
        ...{ principal: principal.id, delegate: delegate.id, fromOn, toOn, setBy: ctx.actor.id, createdAt: instant(ctx.now), ...place },
        ...(reason?.trim() ? { reason: reason.trim().slice(0, 120) } : {}),
      })
      em.persist(delegation)
      const facts = { record: delegation.id, kind: ReminderKind.STANDING_IN, cause: 'given', audience: delegate.role, person: delegate.id }
      em.persist(
        Object.assign(new Reminder(), {
          ...{ ...facts, ...place, day: dayOf(ctx.now), createdAt: instant(ctx.now) },
          ...{ text: `${fromOn} 至 ${toOn} 由您为同事代办，请在右上角“代办”中开始`, path: '/me/delegations' },
        }),
      )
      return delegation
    })
  }

  @Mutation(() => Delegation, { description: '提前结束代办：委托人、代办人或镇安办' })
  delegationEnd(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Delegation> {
    const ctx = signedIn(context, ...ROLES)
    return act(ctx, 'delegationEnd', async ({ em }) => {
      const delegation = await em.findOne(Delegation, { id })
      const mine = delegation && [delegation.principal, delegation.delegate].includes(ctx.actor.id)
      if (!delegation || !(mine || ctx.actor.role === 'TOWN_OFFICE')) throw notFound('代办')
      if (delegation.version !== version) throw conflict()
      if (delegation.endedAt || delegation.toOn < dayOf(ctx.now)) throw new Refusal('ALREADY', '这项代办已经结束')
      delegation.endedAt = instant(ctx.now)
      return delegation
    })
  }
}

function needPeriod(fromOn: Day, toOn: Day, today: Day): void {
  if (fromOn < today) throw new Refusal('DAY_PAST', '开始日期不能早于今天', { field: 'fromOn' })
  if (toOn < fromOn) throw new Refusal('BAD_RANGE', '开始日期不能晚于结束日期', { field: 'toOn' })
  if (daysBetween(fromOn, toOn) >= MOST_DAYS) throw new Refusal('DAY_FAR', `代办最长 ${MOST_DAYS} 天`, { field: 'toOn' })
}

/** Oneself; or for the town office somebody of its territory. */
async function principalOf(ctx: SignedIn, em: SignedIn['em'], id: string | undefined): Promise<Person> {
  const principal = await em.findOne(Person, { id: id ?? ctx.actor.id, disabledAt: null })
  const mine = principal?.id === ctx.actor.id
  if (!principal || !(mine || (ctx.actor.role === 'TOWN_OFFICE' && inScope(ctx.actor.scope, { division: principal.division })))) throw notFound('账号')
  if (!ROLES.includes(principal.role)) throw notFound('账号')
  return principal
}

const placeOf = ({ role, division, station, enterprise, workshop }: Person) =>
  JSON.stringify([role, division, station ?? null, enterprise ?? null, workshop ?? null])

async function alikeTo(em: SignedIn['em'], principal: Person): Promise<Person[]> {
  const all = await em.find(
    Person,
    { role: principal.role, division: principal.division, disabledAt: null, id: { $ne: principal.id } },
    { orderBy: { username: 'asc' }, limit: 500 },
  )
  return all.filter((one) => placeOf(one) === placeOf(principal))
}

/** Nobody hands on what was handed to him, nor hands over the same days twice: else nobody could say who answers for what. */
async function needNoChain(em: SignedIn['em'], principal: string, delegate: string, fromOn: Day, toOn: Day): Promise<void> {
  const overlapping = await em.find(Delegation, {
    ...{ endedAt: null, fromOn: { $lte: toOn }, toOn: { $gte: fromOn } },
    $or: [{ principal: { $in: [principal, delegate] } }, { delegate: principal }],
  })
  if (!overlapping.length) return
  const twice = overlapping.some((one) => one.principal === principal)
  throw new Refusal('DELEGATION_CHAIN', twice ? '这段时间已经委托过人' : '这段时间里对方也在委托别人，或您正在为别人代办，不能层层委托', { field: 'delegate' })
}
