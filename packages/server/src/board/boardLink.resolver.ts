import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Division, Station } from '../division/division.entity.js'
import { hashToken, newToken } from '../person/authenticate.js'
import { act, type Act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context, SignedIn } from '../shared/context.js'
import { addDays, type Day, dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { inDivision } from '../shared/scope.js'
import { BoardLink } from './boardLink.entity.js'
import { BoardLook, BoardScene, scenesText } from './scenes.js'

@ObjectType({ description: '新看板链接；地址只显示这一次', simpleResolvers: true })
class NewBoardLink {
  @Field(() => BoardLink) link!: BoardLink
  @Field(() => String, { description: '看板地址（接在网站地址后面），请当场保存' }) url!: string
}

const MOST_DAYS = 366

export const BOARD_LINKS: ListField = {
  name: 'boardLinks',
  target: BoardLink,
  description: '我辖区内的看板链接',
  who: (context) => entitled(context, Capability.BOARD_LINKS),
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
}

/** 看板链接, for the own territory or a part of it. */
@Resolver(() => BoardLink)
export class BoardLinkResolver {
  @Mutation(() => NewBoardLink, { description: '新建看板链接；站所不填则看全辖区各行业' })
  async boardLinkCreate(
    @Ctx() context: Context,
    @Arg('name', () => String) typed: string,
    @Arg('division', () => String, { description: '区划代码' }) division: string,
    @Arg('station', () => String, { nullable: true, description: '站所代码' }) station: string | null | undefined,
    @Arg('expiresOn', () => DayScalar) expiresOn: Day,
    @Arg('scenes', () => [BoardScene], { nullable: true, description: '轮换哪些画面；不填则全部' }) scenes?: BoardScene[] | null,
    @Arg('look', () => BoardLook, { nullable: true, description: '底色；不填则深色' }) look?: BoardLook | null,
  ): Promise<NewBoardLink> {
    const ctx = entitled(context, Capability.BOARD_LINKS)
    const name = typed.trim()
    if (!name || name.length > 60) throw new Refusal('NAME_MISSING', '请填写名称，最多 60 个字', { field: 'name' })
    needDays(ctx, expiresOn)
    const token = newToken()
    const named = scenesText(scenes ?? [])
    const shown = { ...(named ? { scenes: named } : {}), ...(look ? { look } : {}) }
    const link = await act(ctx, 'boardLinkCreate', async ({ em }) => {
      const at = await placeOf(ctx, em, division.trim(), station?.trim() || undefined)
      const link = Object.assign(new BoardLink(), {
        name,
        ...at,
        ...shown,
        expiresOn,
        tokenHash: hashToken(token),
        createdBy: ctx.actor.id,
        createdAt: instant(ctx.now),
      })
      em.persist(link)
      return link
    })
    return { link, url: `/board/${token}` }
  }

  @Mutation(() => BoardLink, { description: '撤销看板链接；正在显示的画面随即停止' })
  boardLinkRevoke(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<BoardLink> {
    const ctx = entitled(context, Capability.BOARD_LINKS)
    return act(ctx, 'boardLinkRevoke', async ({ em }) => {
      const link = await em.findOne(BoardLink, { id })
      if (!link) throw notFound('看板链接')
      if (link.revokedAt) throw new Refusal('LINK_REVOKED', '这个链接已经撤销了')
      link.revokedAt = instant(ctx.now)
      return link
    })
  }
}

function needDays({ now }: SignedIn, expiresOn: Day): void {
  const today = dayOf(now)
  if (expiresOn < today) throw new Refusal('DAY_PAST', '有效期不能早于今天', { field: 'expiresOn' })
  if (expiresOn > addDays(today, MOST_DAYS)) throw new Refusal('DAY_FAR', `有效期最长 ${MOST_DAYS} 天`, { field: 'expiresOn' })
}

/** What the link will show: inside what its maker sees; a station's link is always of its own trade. */
async function placeOf({ actor }: SignedIn, em: Act['em'], division: string, station = actor.scope.station): Promise<{ division: string; station?: string }> {
  const found = await em.findOne(Division, { code: division })
  if (!found || !inDivision(division, actor.scope.division)) throw new Refusal('DIVISION_UNKNOWN', '请选择您辖区内的区划', { field: 'division' })
  if (station === undefined) return { division }
  const known = await em.findOne(Station, { code: station })
  if (!known || (actor.scope.station !== undefined && station !== actor.scope.station))
    throw new Refusal('STATION_UNKNOWN', '请选择您可以查看的站所', { field: 'station' })
  return { division, station }
}
