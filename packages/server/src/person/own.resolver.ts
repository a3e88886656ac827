import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { needPassword } from './needPassword.js'
import { checkPassword, hashPassword } from './password.js'
import { Person } from './person.entity.js'
import { endSessions, Session } from './session.entity.js'
import { Viewer, viewerOf } from './viewer.js'

/** Somebody signed in, even one who must change his password first. */
function self(context: Context): SignedIn {
  if (!context.actor || context.actor.role === 'BOARD' || context.actor.role === 'CARD') throw new Refusal('UNAUTHENTICATED', '请先登录')
  return context as SignedIn
}

/** What everybody may do with his own account. */
@Resolver(() => Session)
export class OwnResolver {
  @FieldResolver(() => Boolean, { description: '就是现在用的这一个' })
  current(@Root() session: Session, @Ctx() context: Context): boolean {
    return session.id === context.session
  }

  @Query(() => [Session], { description: '我的登录，最近的在前' })
  sessions(@Ctx() context: Context): Promise<Session[]> {
    const { em, actor, now } = self(context)
    return em.find(Session, { person: actor.id, endedAt: null, expiresAt: { $gt: instant(now) } }, { orderBy: { createdAt: 'desc' }, limit: 200 })
  }

  @Mutation(() => Session, { description: '撤销我的一次登录' })
  async sessionRevoke(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<Session> {
    const ctx = self(context)
    return act(ctx, 'sessionRevoke', async ({ em }) => {
      const session = await em.findOne(Session, { id, person: ctx.actor.id, endedAt: null })
      if (!session) throw notFound('登录')
      session.end(ctx.now)
      if (id === ctx.session) ctx.reply.clearSession()
      return session
    })
  }

  @Mutation(() => Viewer, { description: '修改我的密码；其他登录随即退出' })
  async passwordChange(@Arg('current', () => String) current: string, @Arg('next', () => String) next: string, @Ctx() context: Context): Promise<Viewer> {
    const ctx = self(context)
    const person = await needPassword(ctx, current, 'current')
    checkPassword(next, person.username)
    if (next === current) throw new Refusal('PASSWORD_WEAK', '新密码不能与现在的相同', { field: 'next' })
    const hashed = await hashPassword(next)
    await act(ctx, 'passwordChange', async ({ em }) => {
      const own = await em.findOneOrFail(Person, person.id)
      own.passwordHash = hashed
      own.mustChangePassword = false
      await endSessions(em, own, ctx.now, ctx.session)
    })
    return viewerOf(ctx.reader, person.id)
  }
}
