import { ref } from '@mikro-orm/core'
import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { run } from '../shared/run.js'
import { hashToken, newToken } from './authenticate.js'
import { isPassword } from './password.js'
import { Person } from './person.entity.js'
import { Session } from './session.entity.js'
import { Attempts } from './throttle.js'
import { Viewer, viewerOf } from './viewer.js'

const DAY_MS = 86_400_000

@ObjectType({ simpleResolvers: true })
class SignIn {
  @Field(() => String, { description: '不用浏览器的程序用它：Authorization: Bearer …' }) token!: string
  @Field(() => Viewer) person!: Viewer
}

@Resolver()
export class SignInResolver {
  @Query(() => Viewer, { nullable: true, description: '我是谁；没有登录则为空' })
  async viewer(@Ctx() { reader, actor }: Context): Promise<Viewer | null> {
    return actor && actor.role !== 'BOARD' && actor.role !== 'CARD' ? viewerOf(reader, actor.id) : null
  }

  @Mutation(() => SignIn, { description: '登录' })
  async signIn(@Arg('username', () => String) typed: string, @Arg('password', () => String) password: string, @Ctx() context: Context): Promise<SignIn> {
    const { em, now, address, reader, reply } = context
    const username = typed.trim().slice(0, 60)
    const attempts = new Attempts(em, username, address, now)
    await attempts.count()
    // Names are kept in lower case; who types a capital means the same account.
    const person = await em.findOne(Person, { username: username.toLowerCase() })
    const right = await isPassword(person?.passwordHash, password)
    // One sentence for all three, after the same work: nobody learns which accounts exist.
    if (!person || !right || person.disabledAt) throw new Refusal('BAD_CREDENTIALS', '用户名或密码不对，或账号已停用')
    await attempts.forgive()
    const token = newToken()
    const until = new Date(now.getTime() + reply.sessionDays * DAY_MS)
    await this.#open(context, person, token, until)
    reply.setSession(token, until)
    return { token, person: await viewerOf(reader, person.id) }
  }

  #open({ em, now, request, address, device }: Context, person: Person, token: string, until: Date): Promise<void> {
    return act({ em, now, request, actor: person.asActor() }, 'signIn', async (doing) => {
      const session = new Session()
      session.person = ref(person)
      session.tokenHash = hashToken(token)
      session.device = device || '—'
      session.address = address
      session.createdAt = instant(now)
      session.expiresAt = instant(until)
      doing.em.persist(session)
      // Past the unit of work: signing in is no new version of the account, or it would refuse the admin who is editing it.
      await run(doing.em, 'update person set last_sign_in_at = ? where id = ?', [instant(now), person.id])
      doing.log([
        {
          thing: 'Person',
          record: person.id,
          act: 'signIn',
          diff: { lastSignInAt: [person.lastSignInAt ?? null, instant(now)] },
          division: null,
          station: null,
          enterprise: null,
          workshop: null,
        },
      ])
    })
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
