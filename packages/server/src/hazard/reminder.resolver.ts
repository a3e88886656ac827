import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, ID, Info, Int, Mutation, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { connectionOf } from '../shared/read/inputs.js'
import { type Connection, count, list, Page } from '../shared/read/list.js'
import type { Sql } from '../shared/read/where.js'
import { signedIn } from '../shared/signedIn.js'
import { Hazard } from './hazard.entity.js'
import { similar } from './recurring.js'
import { Reminder } from './reminder.entity.js'
import { hazardRules } from './rules.js'

/** Reminders meant for the reader's own role; the scope narrows them to his territory, trade or enterprise. */
const mine = (ctx: SignedIn, unread: boolean): Sql => ({
  sql: `t.audience = ?${unread ? ' and t.read = ?' : ''}`,
  params: [ctx.actor.role, ...(unread ? [ctx.reader.engine === 'sqlite' ? 0 : false] : [])],
})

@Resolver()
export class ReminderResolver {
  @Query(() => connectionOf(Reminder) as never, { description: '给我的提醒' })
  async reminders(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg('unread', () => Boolean, { defaultValue: false }) unread: boolean,
    @Args(() => Page) page: Page,
  ): Promise<Connection> {
    const ctx = signedIn(context)
    return list(Reminder, ctx, info, { page, fallback: [{ field: 'createdAt', dir: 'DESC' }], also: mine(ctx, unread) })
  }

  @Query(() => Int, { description: '未读提醒数' })
  async unreadReminders(@Ctx() context: Context): Promise<number> {
    const ctx = signedIn(context)
    return count(Reminder, ctx, undefined, mine(ctx, true))
  }

  @Mutation(() => Int, { description: '标为已读' })
  async remindersRead(@Ctx() context: Context, @Arg('ids', () => [ID]) ids: string[]): Promise<number> {
    const ctx = signedIn(context)
    return act(ctx, 'remindersRead', async ({ em }) => {
      const reminders = await em.find(Reminder, { id: { $in: ids.slice(0, 500) }, audience: ctx.actor.role, read: false })
      for (const reminder of reminders) reminder.read = true
      return reminders.length
    })
  }

  @Query(() => [Hazard], { description: '登记前先看：同一企业近期相似的隐患' })
  async similarHazards(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('description', () => String) description: string,
    @Arg('place', () => String, { defaultValue: '' }) place: string,
  ): Promise<Hazard[]> {
    const ctx = signedIn(context)
    return similar(ctx.em, enterprise, { description, place }, dayOf(ctx.now), await hazardRules(ctx.em))
  }
}
