import { Arg, Ctx, Query, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import type { Instant } from '../shared/days.js'
import { instant } from '../shared/days.js'
import { InstantScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { boardsOf } from './boards.js'
import { historyOf } from './history.js'
import { LOOKERS } from './lookers.js'
import { Board } from './snapshot.js'

/** 回看: the same board as it stood at a past instant. */
@Resolver()
export class BoardHistoryResolver {
  @Query(() => Board, { description: '看板当时的数字：按变更记录回到那一刻；将来的时点按现在算' })
  boardThen(@Ctx() context: Context, @Arg('at', () => InstantScalar) at: Instant): Promise<Board> {
    const { actor, reader, now } = signedIn(context, ...LOOKERS)
    return at < instant(now) ? historyOf(reader).at(actor.scope, at, now) : boardsOf(reader).of(actor.scope).current()
  }
}
