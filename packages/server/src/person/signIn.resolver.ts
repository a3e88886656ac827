import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { Refusal } from '../shared/refusal.js'
import { openSession } from './openSession.js'
import { isPassword } from './password.js'
import { Person } from './person.entity.js'
import { Session } from './session.entity.js'
import { Attempts } from './throttle.js'
import { Viewer, viewerOf } from './viewer.js'

@ObjectType({ simpleResolvers: true })
class SignIn {
  @Field(() => String, { description: '不用浏览器的程序用它：Authorization: Bearer …' }) token!: string
  @Field(() => Viewer) person!: Viewer
}

@Resolver()
export class SignInResolver {
  @Query(() => Viewer, { nullable: true, description: '我是谁；没有登录则为空' })
  async viewer(@Ctx() { reader, actor }: Context): Promise<Viewer | null> {
    if (!actor || actor.role === 'BOARD' || actor.role === 'CARD') return null
    // Who was let in by somebody else's word has no password here that he could change.
    return Object.assign(await viewerOf(reader, actor.id), { mustChangePassword: !!actor.mustChangePassword })
  }

  @Mutation(() => SignIn, { description: '登录' })
  async signIn(@Arg('username', () => String) typed: string, @Arg('password', () => String) password: string, @Ctx() context: Context): Promise<SignIn> {
    const { em, now, address, reader } = context
    const username = typed.trim().slice(0, 60)
    const attempts = new Attempts(em, username, address, now)
    await attempts.count()
    // Names are kept in lower case; who types a capital means the same account.
    const person = await em.findOne(Person, { username: username.toLowerCase() })
    const right = await isPassword(person?.passwordHash, password)
    // One sentence for all three, after the same work: nobody learns which accounts exist.
    if (!person || !right || person.disabledAt) throw new Refusal('BAD_CREDENTIALS', '用户名或密码不对，或账号已停用')
    await attempts.forgive()
    const token = await openSession(context, person)
    return { token, person: await viewerOf(reader, person.id) }
  }

  @Mutation(() => Boolean, { description: '退出登录' })
  async signOut(@Ctx() { em, now, request, actor, session, reply }: Context): Promise<boolean> {
    reply.clearSession()
    if (!actor || !session) return false
    await act({ em, now, request, actor }, 'signOut', async (doing) => {
      const own = await doing.em.findOneOrFail(Session, session)
      own.end(now)
    })
    return true
  }
}
