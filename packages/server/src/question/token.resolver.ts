import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Person } from '../person/person.entity.js'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { addDays, type Day, dayOf, instant } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { inDivision } from '../shared/scope.js'
import { ApiToken } from './apiToken.entity.js'
import { sharedPlace } from './place.js'
import { newSecret, placeOf } from './token.js'

@ObjectType({ description: '新的访问令牌；密文只显示这一次', simpleResolvers: true })
class NewToken {
  @Field(() => ApiToken) token!: ApiToken
  @Field(() => String, { description: '令牌，请当场保存' }) secret!: string
}

const MOST_DAYS = 366
const MOST_LIVE = 20

/** 访问令牌: made for one's own territory or a part of it, ended at once. */
@Resolver(() => ApiToken)
export class TokenResolver {
  @Mutation(() => NewToken, { description: '新建访问令牌：只能查询，范围不超过我的辖区' })
  async tokenCreate(
    @Ctx() context: Context,
    @Arg('name', () => String) typed: string,
    @Arg('division', () => String, { nullable: true, description: '区划代码，默认我的辖区' }) division: string | null | undefined,
    @Arg('station', () => String, { nullable: true, description: '站所代码' }) station: string | null | undefined,
    @Arg('expiresOn', () => DayScalar) expiresOn: Day,
  ): Promise<NewToken> {
    const ctx = entitled(context, Capability.QUESTIONS)
    const name = typed.trim()
    if (!name || name.length > 60) throw new Refusal('NAME_MISSING', '请填写名称，最多 60 个字', { field: 'name' })
    const today = dayOf(ctx.now)
    if (expiresOn < today) throw new Refusal('DAY_PAST', '有效期不能早于今天', { field: 'expiresOn' })
    if (expiresOn > addDays(today, MOST_DAYS)) throw new Refusal('DAY_FAR', `有效期最长 ${MOST_DAYS} 天`, { field: 'expiresOn' })
    const { secret, selector, hash } = newSecret()
    const token = await act(ctx, 'tokenCreate', async ({ em }) => {
      if ((await em.count(ApiToken, { owner: ctx.actor.id, revokedAt: null, expiresOn: { $gte: today } })) >= MOST_LIVE)
        throw new Refusal('TOO_MANY_TOKENS', `每人最多 ${MOST_LIVE} 个有效的访问令牌，请先撤销不用的`)
      const owner = await em.findOneOrFail(Person, ctx.actor.id)
      const place = await sharedPlace(ctx.actor, em, division, station)
      const token = Object.assign(new ApiToken(), {
        ...{ name, ...place, owner: owner.id, ownerPlace: placeOf(owner) },
        ...{ selector, tokenHash: hash, expiresOn, createdAt: instant(ctx.now) },
      })
      em.persist(token)
      return token
    })
    return { token, secret }
  }

  @Mutation(() => ApiToken, { description: '撤销访问令牌，立即失效' })
  tokenRevoke(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<ApiToken> {
    const ctx = entitled(context, Capability.QUESTIONS)
    return act(ctx, 'tokenRevoke', async ({ em }) => {
      const token = await em.findOne(ApiToken, { id })
      const mine = token?.owner === ctx.actor.id
      if (!token || !(mine || (ctx.actor.role === 'ADMIN' && inDivision(token.division, ctx.actor.scope.division)))) throw notFound('访问令牌')
      if (token.revokedAt) throw new Refusal('TOKEN_REVOKED', '这个访问令牌已经撤销了')
      token.revokedAt = instant(ctx.now)
      return token
    })
  }
}
