import { Ctx, Field, Int, ObjectType, Resolver, Root, Subscription } from 'type-graphql'
import type { Context, SignedIn } from '../shared/context.js'
import type { Subscribing } from '../shared/deliver.js'
import { follow, type LogRow } from '../shared/follow.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { unreadOf } from './mine.js'
import { merged } from './merged.js'

@ObjectType({ description: '我的收件箱', simpleResolvers: true })
class Inbox {
  @Field(() => Int, { description: '未读提醒数' }) unread!: number
}

type Listening = SignedIn & Subscribing

/** Counts anew when a reminder came into the reader's scope, or he read some or changed his choice in another window; many at once are one. */
async function* counts(ctx: Listening): AsyncGenerator<Inbox> {
  const { reader, signal, actor } = ctx
  const own = (row: LogRow) => row.diff['person'] === undefined || row.diff['person'][1] === actor.id
  const sources = [
    { rows: follow(reader, { thing: 'Reminder', scope: actor.scope, signal }), mine: () => true },
    { rows: follow(reader, { thing: 'ReminderRead', signal }), mine: own },
    { rows: follow(reader, { thing: 'ReminderChoice', signal }), mine: own },
  ]
  let told = -1
  const happened = merged(
    sources.map(({ rows, mine }) => ({ rows, when: (row: Awaited<ReturnType<typeof rows.next>>['value']) => !!row && ('reset' in row || mine(row)) })),
    signal,
  )
  do {
    const unread = await unreadOf(ctx)
    if (unread !== told) yield { unread: (told = unread) }
  } while (await happened.next())
}

@Resolver(() => Inbox)
export class InboxChangesResolver {
  @Subscription(() => Inbox, {
    description: '我的未读提醒数：订阅时先给现在的，之后有变化就给新的',
    subscribe: ({ context }: { context: Subscribing }) => counts(signedIn(context, ...READERS) as Listening),
  })
  inboxChanges(@Root() inbox: Inbox, @Ctx() _context: Context): Inbox {
    return inbox
  }
}
