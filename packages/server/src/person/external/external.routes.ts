import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Context } from '../../shared/context.js'
import { Refusal } from '../../shared/refusal.js'
import { EVERYWHERE, type Scope } from '../../shared/scope.js'
import { secretOf } from '../../shared/secret.entity.js'
import { openSession } from '../openSession.js'
import { SignInWay } from '../session.entity.js'
import { countWithin, uncount } from '../throttle.js'
import { accountFor } from './account.js'
import { bindOwn } from './bind.js'
import { kept, LEFT_COOKIE, noteLeaving, WAY_COOKIE } from './cookies.js'
import { type Claims, Provider } from './provider.js'
import { seal, type Remembered, unseal } from './seal.js'
import type { External } from './settings.js'

export interface ExternalRoutes {
  contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>
  store: { em(scope: Scope | undefined): SqlEntityManager }
  external: External | undefined
  publicUrl: string
}

/** 登录方式, where somebody binds his own account. */
const OWN_PAGE = '/me/sign-in'
const MINUTE = 60_000
/** From leaving for the provider to coming back. */
const LEAVE_MS = 10 * MINUTE
/** Who binds sits there and has just typed his password. */
const BIND_MS = 3 * MINUTE
const MOST_FAILURES = 30

/** 统一身份认证登录: GET /oidc says whether there is one, /oidc/start leaves for the provider, /oidc/callback comes back from it. */
export async function externalRoutes(app: FastifyInstance, { contextOf, store, external, publicUrl }: ExternalRoutes): Promise<void> {
  app.get('/oidc', async (_request, reply) => reply.header('cache-control', 'no-store').send({ name: external?.name ?? null }))
  if (!external) return
  const provider = new Provider(external, `${publicUrl}/oidc/callback`)
  const secret = () => secretOf(store.em(undefined), 'oidc')
  const here = kept(publicUrl)

  app.get<{ Querystring: { to?: string; bind?: string } }>('/oidc/start', async (request, reply) => {
    const { now, session } = await contextOf(request, reply)
    const bind = unseal('bind', request.query.bind, await secret(), now)
    const to = request.query.bind ? OWN_PAGE : insideOf(request.query.to)
    try {
      if (request.query.bind && (!bind || bind.session !== session)) throw new Refusal('OIDC_EXPIRED', '等待太久，或不是从本系统的页面开始的，请重新操作')
      // The provider may still know whoever sat here before: who signed out, and who binds an account, shows himself anew.
      const { url, ...begun } = await provider.begin({ anew: !!request.cookies[LEFT_COOKIE], proven: !!bind })
      const remembered = { ...begun, to, ...(bind ? { bind: { ...bind, until: now.getTime() + BIND_MS } } : {}), until: now.getTime() + LEAVE_MS }
      reply.setCookie(WAY_COOKIE, seal('way', remembered, await secret()), { ...here, maxAge: LEAVE_MS / 1_000 })
      return await reply.header('cache-control', 'no-store').redirect(url)
    } catch (error) {
      return refuse(request, reply, asRefusal(error, 'OIDC_AWAY'), to, !!request.query.bind)
    }
  })

  app.get('/oidc/callback', async (request, reply) => {
    const context = await contextOf(request, reply)
    const remembered = unseal('way', request.cookies[WAY_COOKIE], await secret(), context.now)
    reply.clearCookie(WAY_COOKIE, here)
    try {
      // Not counted: a foreign page can make every browser of an office ask this, and would shut the door to all of them.
      if (!remembered) throw new Refusal('OIDC_EXPIRED', '等待太久，或不是从本系统的页面开始的，请重新操作')
      const key = `oidc:${context.address}`
      const { n, minutes } = await countWithin(context.em, key, 15 * MINUTE, context.now)
      if (n > MOST_FAILURES) throw new Refusal('THROTTLED', `登录失败次数太多，请 ${minutes} 分钟后再试`, { minutes })
      const claims = await claimsOf(provider, request, remembered)
      await (remembered.bind ? bindOwn(context, store.em(EVERYWHERE), remembered.bind, claims.sub) : enter(context, claims))
      await uncount(context.em, key)
      reply.clearCookie(LEFT_COOKIE, here)
      return await reply.header('cache-control', 'no-store').redirect(remembered.bind ? `${OWN_PAGE}?bound=1` : remembered.to)
    } catch (error) {
      // With whom the provider still knows he would be sent back for ever: the next time he may be somebody else there.
      noteLeaving(reply, publicUrl)
      return refuse(request, reply, asRefusal(error, 'OIDC_FAILED'), remembered?.to ?? '/', !!remembered?.bind)
    }
  })

  async function enter(context: Context, claims: Claims): Promise<void> {
    const acting = { em: store.em(EVERYWHERE), actor: undefined, now: context.now, request: context.request }
    await openSession(context, await accountFor(acting, external!, claims), SignInWay.OIDC)
  }
}

async function claimsOf(provider: Provider, request: FastifyRequest, remembered: Remembered): Promise<Claims> {
  const search = request.url.slice(request.url.indexOf('?'))
  if (new URLSearchParams(search).get('error') === 'access_denied') throw new Refusal('OIDC_DENIED', '您在统一身份认证中取消了登录')
  return provider.finish(search, remembered, !!remembered.bind)
}

/** Only ways inside the app: an address in the link must not lead elsewhere. */
const INSIDE = 'http://inside.invalid'
function insideOf(to: unknown): string {
  // As a browser reads it, which leaves out tabs and takes a backslash for a slash.
  if (typeof to !== 'string' || to.length >= 500 || !URL.canParse(to, INSIDE)) return '/'
  const { origin, pathname, search, hash } = new URL(to, INSIDE)
  return origin === INSIDE && to.startsWith('/') && !pathname.startsWith('//') ? pathname + search + hash : '/'
}

/** What the library or the network says goes to the log; people read one of our sentences on the sign-in page. */
function asRefusal(error: unknown, otherwise: 'OIDC_AWAY' | 'OIDC_FAILED'): Refusal {
  if (error instanceof Refusal) return !INCOMPLETE.includes(error.code) ? error : new Refusal('OIDC_INCOMPLETE', error.message)
  if (codeOf(error) === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED')
    return Object.assign(new Refusal('OIDC_CLOCK', '本系统与统一身份认证的时间对不上，请联系管理员校对服务器时间'), { cause: error })
  const away = ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'].includes(codeOf(error)) || error instanceof TypeError
  return Object.assign(new Refusal(away ? 'OIDC_AWAY' : otherwise, '统一身份认证没有完成，请重新操作'), { cause: error })
}
const codeOf = (error: unknown) => String((error as { code?: unknown }).code ?? '')
/** The facts of a new account that the provider gives as we cannot use them. */
const INCOMPLETE = ['ACCOUNT_PLACE', 'USERNAME', 'USERNAME_TAKEN', 'DUPLICATE', 'PHONE', 'TOO_LONG']

function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal, to: string, own: boolean): FastifyReply {
  request.log.warn(
    { code: refusal.code, ...(refusal.cause ? { why: codeOf(refusal.cause) || (refusal.cause as Error).name } : {}) },
    'external sign-in refused',
  )
  const back = new URLSearchParams({ refused: refusal.code, ...(to === '/' || own ? {} : { to }) })
  return reply.header('cache-control', 'no-store').redirect(`${own ? OWN_PAGE : '/sign-in'}?${back.toString()}`)
}
