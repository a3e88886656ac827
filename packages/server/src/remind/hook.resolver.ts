import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { v7 as uuid } from 'uuid'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context, SignedIn } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { insertRows } from '../shared/insertRows.js'
import type { ListField } from '../shared/read/listField.js'
import { sql } from '../shared/read/sql.js'
import { conflict, forbidden, notFound, Refusal } from '../shared/refusal.js'
import { needTarget } from './address.js'
import { Delivery, DeliveryState, DeliveryTry } from './delivery.entity.js'
import { Hook, HookStyle } from './hook.entity.js'
import { theOutside } from './outside.js'
import { ReminderKind } from './reminder.entity.js'
import { wakeOutbox } from './outbox.js'
import { seal } from './seal.js'
import { noteTry } from './sending.js'
import { sendOne } from './sendOne.js'

const who = (context: Context) => entitled(context, Capability.HOOKS)
const MOST = 20

export const HOOKS: ListField = {
  name: 'hooks',
  target: Hook,
  description: '外部通知：钉钉、企业微信群机器人和其他系统',
  who,
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
  also: () => sql`t.ended_at is null`,
}
export const DELIVERIES: ListField = {
  name: 'deliveries',
  target: Delivery,
  description: '外部通知的发送情况',
  who,
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
  also: () => sql`t.hook_id is not null`,
}
export const DELIVERY_TRIES: ListField = {
  name: 'deliveryTries',
  target: DeliveryTry,
  description: '外部通知的每次尝试：对方的答复和用时，不含内容',
  who,
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
  also: () => sql`exists (select 1 from delivery d where d.id = t.delivery_id and d.hook_id is not null)`,
}

@InputType()
class HookInput {
  @Field(() => String, { description: '名称' }) name!: string
  @Field(() => HookStyle, { description: '格式' }) style!: HookStyle
  @Field(() => String, { nullable: true, description: '地址；修改时不填则不变' }) url?: string
  @Field(() => String, { nullable: true, description: '签名密钥；修改时不填则不变，填空格则去掉' }) secret?: string
  @Field(() => [ReminderKind], { description: '通知的类型；空为全部' }) kinds!: ReminderKind[]
}

@ObjectType({ description: '测试通知的结果', simpleResolvers: true })
class Trial {
  @Field(() => Boolean, { description: '对方收下了' }) ok!: boolean
  @Field(() => Int, { nullable: true, description: '对方的答复（HTTP）' }) status!: number | null
  @Field(() => String, { description: '结果' }) outcome!: string
}

/** 外部通知: each office sets its own; the town office sees those of its stations too, and may stop them. */
@Resolver()
export class HookResolver {
  @Mutation(() => Hook, { description: '新建外部通知' })
  hookCreate(@Ctx() context: Context, @Arg('facts', () => HookInput) facts: HookInput): Promise<Hook> {
    const ctx = entitled(context, Capability.HOOKS)
    const { role, scope, id } = ctx.actor
    if (role === 'ADMIN') throw forbidden('外部通知由镇安办或站所为自己设置')
    return act(ctx, 'hookCreate', async ({ em }) => {
      if ((await em.count(Hook, { endedAt: null, audience: role })) >= MOST) throw new Refusal('TOO_MANY', `最多设置 ${MOST} 个外部通知`)
      const place = { audience: role, division: scope.division, ...(scope.station ? { station: scope.station } : {}) }
      const hook = Object.assign(new Hook(), { ...place, createdBy: id, createdAt: instant(ctx.now) })
      if (!facts.url?.trim()) throw new Refusal('MISSING', '请填写地址', { field: 'url' })
      await fill(em, hook, facts)
      em.persist(hook)
      return hook
    })
  }

  @Mutation(() => Hook, { description: '修改外部通知' })
  hookEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => HookInput) facts: HookInput,
  ): Promise<Hook> {
    return onHook(context, 'hookEdit', id, version, async (hook, ctx, em) => {
      if (hook.audience !== ctx.actor.role) throw forbidden('外部通知由设置它的单位修改')
      if (facts.style !== hook.style && !facts.url?.trim()) throw new Refusal('MISSING', '换了格式，请重新填写地址', { field: 'url' })
      await fill(em, hook, facts)
    })
  }

  @Mutation(() => Hook, { description: '暂停外部通知；暂停期间的消息保留三天' })
  hookPause(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Hook> {
    return onHook(context, 'hookPause', id, version, (hook, ctx) => {
      if (hook.pausedAt) throw new Refusal('ALREADY', '已经暂停了')
      Object.assign(hook, { pausedAt: instant(ctx.now), pauseReason: '人工暂停' })
    })
  }

  @Mutation(() => Hook, { description: '恢复外部通知' })
  hookResume(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Hook> {
    return onHook(context, 'hookResume', id, version, (hook) => {
      if (!hook.pausedAt) throw new Refusal('ALREADY', '没有暂停')
      delete hook.pausedAt
      delete hook.pauseReason
      hook.failures = 0
    }).finally(wakeOutbox)
  }

  @Mutation(() => Hook, { description: '移除外部通知，不再发送' })
  hookRemove(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Hook> {
    return onHook(context, 'hookRemove', id, version, (hook, ctx) => void (hook.endedAt = instant(ctx.now)))
  }

  @Mutation(() => Trial, { description: '发一条测试通知，立即给出结果' })
  async hookTest(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Trial> {
    const ctx = entitled(context, Capability.HOOKS)
    if (ctx.actor.token) throw new Refusal('TOKEN_READ_ONLY', '访问令牌只能查询，不能办理')
    const hook = await ctx.em.findOne(Hook, { id, endedAt: null })
    if (!hook) throw notFound('外部通知')
    const said = { items: [], total: 0, trial: true }
    const delivery = { id: uuid(), division: hook.division, station: hook.station ?? null }
    const outcome = await sendOne(ctx.em, delivery.id, { hook_id: id }, said, ctx.now)
    const row = {
      ...{ ...delivery, version: 1, created_at: instant(ctx.now), hook_id: id, state: outcome.ok ? DeliveryState.SENT : DeliveryState.GIVEN_UP, items: 0 },
      ...{ said: JSON.stringify(said), tries: 1, next_at: instant(ctx.now), sent_at: outcome.ok ? instant(ctx.now) : null },
    }
    await insertRows(ctx.em, 'delivery', Object.keys(row) as (keyof typeof row)[], [row])
    await noteTry(ctx.em, delivery, outcome, ctx.now)
    return { ok: outcome.ok, status: outcome.status ?? null, outcome: outcome.said }
  }
}

async function fill(em: SqlEntityManager, hook: Hook, { name, style, url, secret, kinds }: HookInput): Promise<void> {
  if (!name.trim() || name.trim().length > 60) throw new Refusal('NAME_MISSING', '请填写名称，最多 60 个字', { field: 'name' })
  Object.assign(hook, { name: name.trim(), style, kinds: [...new Set(kinds)].sort().join(' ') })
  if (url?.trim()) {
    const target = needTarget(url, theOutside())
    hook.host = target.host.slice(0, 120)
    hook.target = await seal(em, target.href)
  }
  if (secret === undefined || secret === null) return
  if (secret.trim()) hook.key = await seal(em, secret.trim().slice(0, 200))
  else delete hook.key
}

function onHook(
  context: Context,
  name: string,
  id: string,
  version: number,
  work: (hook: Hook, ctx: SignedIn, em: SqlEntityManager) => void | Promise<void>,
): Promise<Hook> {
  const ctx = entitled(context, Capability.HOOKS)
  return act(ctx, name, async ({ em }) => {
    const hook = await em.findOne(Hook, { id, endedAt: null })
    if (!hook) throw notFound('外部通知')
    if (hook.version !== version) throw conflict()
    await work(hook, ctx, em)
    return hook
  })
}
