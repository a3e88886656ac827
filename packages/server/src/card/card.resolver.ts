import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Post } from '../enterprise/workshop.entity.js'
import { CardCheckInput } from '../inspection/checkInput.js'
import { once } from '../inspection/checking.resolver.js'
import { alreadySent, submitCheck } from '../inspection/submitCheck.js'
import { CheckKind } from '../inspection/terms.js'
import { hashToken, newToken } from '../person/authenticate.js'
import { isPassword } from '../person/password.js'
import { act } from '../shared/act.js'
import type { Context, Role, SignedIn } from '../shared/context.js'
import { linkedId } from '../shared/datum.js'
import { dayOf, instant } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { InstantScalar } from '../shared/scalars.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { CardPaper, paperOf } from './cardPaper.js'
import { pinAttempts } from './pin.js'
import { CardSession, PostCard } from './postCard.entity.js'

@ObjectType({ description: '岗位口令登录', simpleResolvers: true })
class CardEntry {
  @Field(() => String, { description: '只能打开这张卡片：Authorization: Bearer …' }) token!: string
  @Field(() => InstantScalar) until!: string
}
@ObjectType({ description: '已收到的岗位检查', simpleResolvers: true })
class CardReceipt {
  @Field(() => String, { description: '检查编号' }) number!: string
  @Field(() => InstantScalar) doneAt!: string
  @Field(() => Int, { description: '不符合' }) failed!: number
  @Field(() => Int, { description: '当场整改' }) fixed!: number
  @Field(() => Int, { description: '未检查' }) notChecked!: number
}

const HOURS = 12
const ALL: readonly Role[] = [...READERS, 'CARD']
const WRONG = '口令不对，或这张卡片已停用'

/** The card behind a QR code: for its own people when they have signed in, for whoever knows the post's PIN, for nobody else. */
@Resolver()
export class CardResolver {
  @Query(() => CardPaper, { description: '岗位卡片；须已登录，或凭岗位口令' })
  async card(@Ctx() context: Context, @Arg('token', () => String, { description: '二维码里的卡片地址码' }) token: string): Promise<CardPaper> {
    const ctx = signedIn(context, ...ALL)
    const card = await ctx.em.findOne(PostCard, { token: token.slice(0, 40), revokedAt: null })
    if (!card || !opens(ctx, card)) throw notFound('岗位卡片')
    return paperOf(ctx.em, card, { worker: ctx.actor.name, byPin: ctx.actor.role === 'CARD' }, ctx.now)
  }

  @Mutation(() => CardEntry, { description: '用岗位口令打开卡片，填写姓名；只打开这一张' })
  async cardEnter(
    @Ctx() context: Context,
    @Arg('token', () => String) token: string,
    @Arg('pin', () => String) pin: string,
    @Arg('name', () => String, { description: '姓名' }) typed: string,
    @Arg('role', () => String, { nullable: true, description: '工种或职务' }) role?: string,
  ): Promise<CardEntry> {
    const { em, now, address, request, device } = context
    const name = typed.trim()
    if (!name || name.length > 40) throw new Refusal('NAME_MISSING', '请填写您的姓名，最多 40 个字', { field: 'name' })
    const attempts = pinAttempts(em, token.slice(0, 40), address, now)
    await attempts.count()
    const card = await em.findOne(PostCard, { token: token.slice(0, 40), revokedAt: null }, { filters: false })
    const right = await isPassword(card?.pinHash ?? undefined, pin.slice(0, 20))
    if (!card || !right || !(await inUse(em, card, now))) throw new Refusal('BAD_PIN', WRONG, { field: 'pin' })
    await attempts.forgive()
    const pass = newToken()
    const expiresAt = instant(new Date(now.getTime() + HOURS * 3_600_000))
    await act({ em, now, request, actor: undefined }, 'cardEnter', (doing) => {
      const session = Object.assign(new CardSession(), {
        card: ref(card),
        tokenHash: hashToken(pass),
        pinEdition: card.pinEdition,
        workerName: name,
        device: device || '—',
        expiresAt,
        createdAt: instant(now),
      })
      if (role?.trim()) session.workerRole = role.trim().slice(0, 40)
      doing.em.persist(session)
      return Promise.resolve()
    })
    return { token: pass, until: expiresAt }
  }

  @Mutation(() => CardReceipt, { description: '提交岗位检查；同一份草稿重复发送只记一次' })
  async cardCheckSubmit(
    @Ctx() context: Context,
    @Arg('token', () => String) token: string,
    @Arg('input', () => CardCheckInput) input: CardCheckInput,
  ): Promise<CardReceipt> {
    const ctx = signedIn(context, ...ALL)
    const check = await once(ctx, input.key, () =>
      act(ctx, 'checkSubmit', async ({ em }) => {
        const card = await em.findOne(PostCard, { token: token.slice(0, 40), revokedAt: null })
        if (!card || !opens(ctx, card)) throw notFound('岗位卡片')
        const whole = { ...input, kind: CheckKind.SELF_CHECK, enterprise: linkedId(card.enterprise)! }
        return (await alreadySent(em, ctx.actor, input.key)) ?? submitCheck(em, ctx, whole)
      }),
    )
    const { number, doneAt, failed, fixed, notChecked } = check
    return { number, doneAt, failed, fixed, notChecked }
  }

  @Mutation(() => Boolean, { description: '离开卡片，结束岗位口令登录' })
  async cardLeave(@Ctx() context: Context): Promise<boolean> {
    const ctx = signedIn(context, 'CARD')
    await act(ctx, 'cardLeave', async ({ em }) => {
      const session = await em.findOne(CardSession, { id: ctx.actor.id })
      if (session) session.endedAt = instant(ctx.now)
    })
    return true
  }
}

/** A PIN opens the card of its own post alone; an account, the cards in its scope: the outside has no business at a post's card but to look. */
const opens = ({ actor }: SignedIn, card: PostCard): boolean => actor.role !== 'CARD' || linkedId(card.post) === actor.post

async function inUse(em: SqlEntityManager, card: PostCard, now: Date): Promise<boolean> {
  const today = dayOf(now)
  if (card.pinExpiresOn && card.pinExpiresOn < today) return false
  const [post, firm] = await Promise.all([
    em.findOne(Post, { id: linkedId(card.post)! }, { filters: false }),
    em.findOne(Enterprise, { id: linkedId(card.enterprise)! }, { filters: false }),
  ])
  return !!post && !post.endedOn && !!firm && !(firm.closedOn && firm.closedOn <= today)
}
