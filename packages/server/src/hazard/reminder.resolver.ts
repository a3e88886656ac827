import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { count } from '../shared/read/list.js'
import type { ListField } from '../shared/read/listField.js'
import { both, sql, type Sql, TRUE } from '../shared/read/sql.js'
import { signedIn } from '../shared/signedIn.js'
import { Hazard } from './hazard.entity.js'
import { ofHazardsSeen } from './ofHazardsSeen.js'
import { similar } from './recurring.js'
import { Reminder } from './reminder.entity.js'
import { hazardRules } from './rules.js'

/** Reminders meant for the reader's own role; the scope narrows them to his territory, trade or enterprise. */
const mine = (ctx: SignedIn, unread: boolean, asOf?: string): Sql =>
  both(sql`t.audience = ${ctx.actor.role}`, unread ? sql`t.read = ${ctx.reader.engine === 'sqlite' ? 0 : false}` : TRUE, ofHazardsSeen(ctx, asOf))

export const REMINDERS: ListField<{ unread?: boolean }> = {
  name: 'reminders',
  target: Reminder,
  description: '给我的提醒',
  who: (context) => signedIn(context),
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
  args: { unread: ['Boolean', '只要未读的'] },
  also: (ctx, { unread }, asOf) => mine(ctx, !!unread, asOf),
}

@Resolver()
export class ReminderResolver {
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
