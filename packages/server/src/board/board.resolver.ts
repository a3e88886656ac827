import { Arg, Ctx, Query, Resolver, Root, Subscription } from 'type-graphql'
import type { Context } from '../shared/context.js'
import type { Subscribing } from '../shared/deliver.js'
import { InstantScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { boardsOf } from './boards.js'
import { BoardChange } from './change.js'
import type { BoardFeed, Resume } from './feed.js'
import { LOOKERS } from './lookers.js'
import { Board } from './snapshot.js'

const feedOf = (context: Context): BoardFeed => boardsOf(context.reader).of(signedIn(context, ...LOOKERS).actor.scope)

/** 看板: of one's own scope, or of the link's. */
@Resolver()
export class BoardResolver {
  @Query(() => Board, { description: '看板现在的数字' })
  board(@Ctx() context: Context): Promise<Board> {
    return feedOf(context).current()
  }

  @Subscription(() => Board, {
    name: 'board',
    description: '看板：先给出全部数字，有变化再给，每秒最多两次；断线后带上画面上的 seq 和 asOf 续订，没有变化就不再发',
    subscribe: ({ args, context }: { args: { after?: string | null; asOf?: string | null }; context: Subscribing }) =>
      feedOf(context).watch({ after: args.after ?? undefined, asOf: args.asOf ?? undefined } satisfies Resume, context.signal),
  })
  boardLive(
    @Root() board: Board,
    @Arg('after', () => String, { nullable: true, description: '画面上的 seq' }) _after?: string,
    @Arg('asOf', () => InstantScalar, { nullable: true, description: '画面上的 asOf' }) _asOf?: string,
  ): Board {
    return board
  }

  @Subscription(() => BoardChange, {
    name: 'boardChanges',
    description: '看板：先给整幅画面，以后只给变化，每秒最多两次；断线后带上画面的 step 续订，离得太久或换了服务进程则重新给整幅画面',
    subscribe: ({ args, context }: { args: { after?: string | null }; context: Subscribing }) =>
      feedOf(context).changes(args.after ?? undefined, context.signal),
  })
  boardChanges(@Root() change: BoardChange, @Arg('after', () => String, { nullable: true, description: '画面的 step' }) _after?: string): BoardChange {
    return change
  }
}
