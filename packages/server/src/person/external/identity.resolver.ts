import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { act } from '../../shared/act.js'
import type { Context } from '../../shared/context.js'
import { Refusal } from '../../shared/refusal.js'
import { secretOf } from '../../shared/secret.entity.js'
import { signedIn } from '../../shared/signedIn.js'
import { needPassword } from '../needPassword.js'
import { Person } from '../person.entity.js'
import { endSessions } from '../session.entity.js'
import { Viewer, viewerOf } from '../viewer.js'
import { needUnbound, release } from './bind.js'
import { seal } from './seal.js'

/** From the password to the provider's page. */
const LEAVE_MS = 2 * 60_000

/** 我的统一身份: what somebody does with his own account; the password shows that it is still he who sits there. */
@Resolver()
export class IdentityResolver {
  @Mutation(() => String, { description: '绑定我的统一身份：核对密码，给出去统一身份认证的地址（两分钟内、在这次登录中有效）' })
  async identityBegin(@Arg('password', () => String) password: string, @Ctx() context: Context): Promise<string> {
    const ctx = signedIn(context)
    if (!ctx.session) throw new Refusal('UNAUTHENTICATED', '请先登录')
    const person = await needPassword(ctx, password)
    needUnbound(person)
    const ticket = seal('bind', { person: person.id, session: ctx.session, until: ctx.now.getTime() + LEAVE_MS }, await secretOf(ctx.em, 'oidc'))
    return `/oidc/start?bind=${ticket}`
  }

  @Mutation(() => Viewer, { description: '解除我的统一身份；以后用用户名和密码登录，其他登录随即退出' })
  async identityUnlink(@Arg('password', () => String) password: string, @Ctx() context: Context): Promise<Viewer> {
    const ctx = signedIn(context)
    // Whoever has no password here would lock himself out.
    const { id } = await needPassword(ctx, password)
    await act(ctx, 'accountUnlink', async ({ em }) => {
      const own = await em.findOneOrFail(Person, id)
      if (!own.externalSubject) throw new Refusal('ALREADY', '您的账号没有绑定统一身份')
      await release(em, own)
      await endSessions(em, own, ctx.now, ctx.session)
    })
    return viewerOf(ctx.reader, id)
  }
}
