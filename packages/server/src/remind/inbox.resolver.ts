import { ref } from '@mikro-orm/core'
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { Rows } from '../shared/read/rows.js'
import { sql } from '../shared/read/sql.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { mine, unreadOf } from './mine.js'
import { Reminder } from './reminder.entity.js'
import { ReminderRead } from './reminderRead.entity.js'

export const REMINDERS: ListField<{ unread?: boolean }> = {
  name: 'reminders',
  target: Reminder,
  description: '给我的提醒',
  who: (context) => signedIn(context),
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
  args: { unread: ['Boolean', '只要未读的'] },
  also: (ctx, { unread }, asOf) => mine(ctx, !!unread, asOf),
}

const MOST = 500
/** 全部已读 takes them in handfuls, so that one act stays short. */
const HANDFUL = 1_000

/** 提醒: one inbox for everything, read by each person for himself. */
@Resolver()
export class InboxResolver {
  @Query(() => Int, { description: '未读提醒数' })
  unreadReminders(@Ctx() context: Context): Promise<number> {
    return unreadOf(signedIn(context))
  }

  @Mutation(() => Int, { description: '标为已读' })
  remindersRead(@Ctx() context: Context, @Arg('ids', () => [ID]) ids: string[]): Promise<number> {
    const ctx = signedIn(context, ...READERS)
    return read(ctx, ids.slice(0, MOST))
  }

  @Mutation(() => Int, { description: '全部标为已读' })
  async remindersReadAll(@Ctx() context: Context): Promise<number> {
    const ctx = signedIn(context, ...READERS)
    let done = 0
    for (let last = HANDFUL; last === HANDFUL; done += last) last = await read(ctx, undefined)
    return done
  }
}

/** Marks those of the given ones, or any, that are meant for the reader and unread. */
async function read(ctx: SignedIn, ids: readonly string[] | undefined): Promise<number> {
  const rows = new Rows(Reminder, ctx, { where: ids && { id: { in: [...ids] } }, also: await mine(ctx, true) })
  const found = await rows.read(sql`select t.id as id from ${rows.source} where ${rows.condition()} order by t.id limit ${HANDFUL}`)
  return act(ctx, 'remindersRead', async ({ em }) => {
    const wanted = found.map((row) => String(row['id']))
    // Another window of the same person may have been quicker.
    const done = new Set((await em.find(ReminderRead, { person: ctx.actor.id, reminder: { $in: wanted } })).map(({ reminder }) => reminder.id))
    for (const id of wanted)
      if (!done.has(id))
        em.persist(
          Object.assign(new ReminderRead(), {
            reminder: ref(em.getReference(Reminder, id)),
            person: ctx.actor.id,
            createdAt: instant(ctx.now),
          }),
        )
    return wanted.length
  })
}
