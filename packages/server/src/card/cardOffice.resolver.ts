import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { randomBytes } from 'node:crypto'
import { standing } from '../enterprise/standing.js'
import { Post } from '../enterprise/workshop.entity.js'
import { checkRules } from '../inspection/rules.js'
import { hashPassword } from '../person/password.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { linkedId } from '../shared/datum.js'
import { addDays, dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { newPin } from './pin.js'
import { PostCard } from './postCard.entity.js'

export const POST_CARDS: ListField = {
  name: 'postCards',
  target: PostCard,
  description: '岗位卡片：二维码与口令的状态（口令本身不显示）',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'workshop' }, { field: 'createdAt' }],
}

@ObjectType({ description: '新口令；只显示这一次', simpleResolvers: true })
class NewPin {
  @Field(() => PostCard) card!: PostCard
  @Field(() => String, { description: '口令，请当场记下或印在只有本岗位看得到的地方' }) pin!: string
}
const MANAGERS = ['ENTERPRISE', 'WORKSHOP'] as const
export const newCardToken = (): string => randomBytes(16).toString('base64url')

/** 岗位卡片的管理: the enterprise's own affair; a workshop looks after those of its posts. */
@Resolver(() => PostCard)
export class CardOfficeResolver {
  @Mutation(() => [PostCard], { description: '为岗位生成卡片（二维码）；已有的不变' })
  cardsIssue(@Ctx() context: Context, @Arg('posts', () => [ID]) posts: string[]): Promise<PostCard[]> {
    const ctx = signedIn(context, ...MANAGERS)
    return act(ctx, 'cardsIssue', async ({ em }) => {
      const cards: PostCard[] = []
      for (const id of [...new Set(posts)].slice(0, 200)) {
        const post = await em.findOne(Post, { id, endedOn: null })
        if (!post) throw new Refusal('NOT_FOUND', notFound('岗位').message, { field: 'posts' })
        const known = await em.findOne(PostCard, { post: id, revokedAt: null })
        if (known) cards.push(known)
        else {
          const { place } = await standing(em, linkedId(post.enterprise)!, { post: id })
          const card = Object.assign(new PostCard(), { ...place, token: newCardToken(), createdAt: instant(ctx.now) })
          em.persist(card)
          cards.push(card)
        }
      }
      return cards
    })
  }

  @Mutation(() => NewPin, { description: '设定或更换岗位口令；旧口令和用它打开的页面随即失效' })
  async cardPinRenew(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<NewPin> {
    const pin = newPin()
    const pinHash = await hashPassword(pin)
    const card = await change(context, 'cardPinRenew', { id, version }, async (one, ctx, em) => {
      const { cardPinDays } = await checkRules(em)
      Object.assign(one, { pinHash, pinSetAt: instant(ctx.now), pinExpiresOn: addDays(dayOf(ctx.now), cardPinDays), pinEdition: one.pinEdition + 1 })
    })
    return { card, pin }
  }

  @Mutation(() => PostCard, { description: '取消岗位口令；卡片只有登录的人能打开' })
  cardPinRevoke(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<PostCard> {
    return change(context, 'cardPinRevoke', { id, version }, (card) => {
      delete card.pinHash
      delete card.pinSetAt
      delete card.pinExpiresOn
      card.pinEdition += 1
    })
  }

  @Mutation(() => PostCard, { description: '停用卡片：印出的二维码作废，需要时重新生成' })
  cardRevoke(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<PostCard> {
    return change(context, 'cardRevoke', { id, version }, (card, ctx) => void (card.revokedAt = instant(ctx.now)))
  }
}

function change(
  context: Context,
  name: string,
  on: { id: string; version: number },
  work: (card: PostCard, ctx: SignedIn, em: SqlEntityManager) => void | Promise<void>,
): Promise<PostCard> {
  const ctx = signedIn(context, ...MANAGERS)
  return act(ctx, name, async ({ em }) => {
    const card = await em.findOne(PostCard, { id: on.id })
    if (!card) throw notFound('岗位卡片')
    if (card.version !== on.version) throw conflict()
    if (card.revokedAt) throw new Refusal('CARD_REVOKED', '这张卡片已经停用')
    await work(card, ctx, em)
    return card
  })
}
