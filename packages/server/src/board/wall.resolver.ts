import { Arg, Ctx, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { dayOf, type Instant, instant } from '../shared/days.js'
import type { Subscribing } from '../shared/deliver.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { InstantScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { BoardLink } from './boardLink.entity.js'
import { watchWall } from './linkWalls.js'
import { LOOKERS } from './lookers.js'
import { BoardScene, scenesOf } from './scenes.js'
import { BoardWall, noteWall, wallOf } from './wall.js'
import { isWall } from './wallPass.js'

/** 会场遥控: whoever is in the room of a link's wall points it; the wall follows at once, on whichever process it hangs. */
@Resolver()
export class WallResolver {
  @Query(() => BoardWall, { description: '墙面现在的画面安排' })
  boardWall(@Ctx() context: Context): Promise<BoardWall> {
    return wallOf(signedIn(context, ...LOOKERS))
  }

  @Subscription(() => BoardWall, {
    name: 'boardWall',
    description: '墙面的画面安排：先给现在的，会场一指定就再给',
    subscribe: ({ context }: { context: Subscribing }) => {
      const ctx = signedIn(context, ...LOOKERS)
      const began = Date.now()
      const look = () => {
        const now = new Date(ctx.now.getTime() + Date.now() - began)
        if (isWall(ctx.actor)) noteWall(ctx.em, ctx.actor.id, now)
        return wallOf({ ...ctx, em: ctx.em, now })
      }
      // Only walls and people hold a line (sockets.ts): who shares the look of a link may see the code of its room.
      return watchWall(look, ctx.actor.id, ctx.reader, context.signal)
    },
  })
  boardWallLive(@Root() wall: BoardWall): BoardWall {
    return wall
  }

  @Mutation(() => BoardWall, { description: '指定画面（四色分布还可指定村和企业）；不填画面则恢复轮换' })
  boardPoint(
    @Ctx() context: Context,
    @Arg('scene', () => BoardScene, { nullable: true }) scene?: BoardScene | null,
    @Arg('place', () => String, { nullable: true, description: '村（区划代码）' }) place?: string | null,
    @Arg('firm', () => ID, { nullable: true, description: '企业：显示它的平面图' }) firm?: string | null,
  ): Promise<BoardWall> {
    return setOn(context, 'boardPoint', (link, at) => {
      if (scene && !scenesOf(link.scenes).includes(scene)) throw new Refusal('SCENE_CLOSED', '这个看板链接不含这个画面', { field: 'scene' })
      link.point(at, { scene: scene ?? undefined, place: place?.slice(0, 12) || undefined, firm: firm?.slice(0, 36) || undefined })
    })
  }

  @Mutation(() => BoardWall, { description: '回看过去的时点，或回放此前三十天；都不填则回到现在' })
  boardTurnBack(
    @Ctx() context: Context,
    @Arg('at', () => InstantScalar, { nullable: true }) then?: Instant | null,
    @Arg('replay', () => Boolean, { nullable: true, description: '从三十天前放到该时点' }) replay?: boolean | null,
  ): Promise<BoardWall> {
    return setOn(context, 'boardTurnBack', (link, at) => {
      if (then && then > at) throw new Refusal('DAY_AHEAD', '只能回看过去的时点', { field: 'at' })
      link.turnBack(at, then ?? undefined, !!replay)
    })
  }

  @Mutation(() => BoardWall, { description: '会议开始（从现在起统计本次会议），或结束' })
  boardMeet(@Ctx() context: Context, @Arg('on', () => Boolean) on: boolean): Promise<BoardWall> {
    return setOn(context, 'boardMeet', (link, at) => link.meet(on ? at : undefined))
  }
}

async function setOn(context: Context, name: string, set: (link: BoardLink, at: Instant) => void): Promise<BoardWall> {
  const ctx = signedIn(context, 'BOARD')
  await act(ctx, name, async ({ em }) => set(await linkOf(ctx, em), instant(ctx.now)))
  return wallOf(ctx)
}

async function linkOf({ actor, now }: SignedIn, em: SignedIn['em']): Promise<BoardLink> {
  const link = await em.findOne(BoardLink, { id: actor.id })
  if (!link || link.revokedAt || link.expiresOn < dayOf(now)) throw notFound('看板链接')
  return link
}
