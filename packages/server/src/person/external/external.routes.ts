import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Context } from '../../shared/context.js'
import { Refusal } from '../../shared/refusal.js'
import type { Scope } from '../../shared/scope.js'
import { secretOf } from '../../shared/secret.entity.js'
import { openSession } from '../openSession.js'
import { SignInWay } from '../session.entity.js'
import { countWithin, uncount } from '../throttle.js'
import { accountFor } from './account.js'
import { type Claims, Provider } from './provider.js'
import { seal, type Remembered, unseal } from './seal.js'
import type { External } from './settings.js'

export interface ExternalRoutes {
  contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>
  store: { em(scope: Scope | undefined): SqlEntityManager }
  external: External | undefined
  publicUrl: string
}

const COOKIE = 'anbiao_oidc'
const MINUTE = 60_000
/** From leaving for the provider to coming back. */
const LEAVE_MS = 10 * MINUTE
const MOST_FAILURES = 30
const EVERYWHERE = { division: '' }

/** 统一身份认证登录: GET /oidc says whether there is one, /oidc/start leaves for the provider, /oidc/callback comes back from it. */
export async function externalRoutes(app: FastifyInstance, { contextOf, store, external, publicUrl }: ExternalRoutes): Promise<void> {
  app.get('/oidc', async (_request, reply) => reply.header('cache-control', 'no-store').send({ name: external?.name ?? null }))
  if (!external) return
  const provider = new Provider(external, `${publicUrl}/oidc/callback`)
  const secret = () => secretOf(store.em(undefined), 'oidc')
  const kept = { httpOnly: true, sameSite: 'lax', path: '/oidc', secure: publicUrl.startsWith('https:') } as const

  app.get<{ Querystring: { to?: string } }>('/oidc/start', async (request, reply) => {
    const { now } = await contextOf(request, reply)
    const to = insideOf(request.query.to)
    try {
      const { url, ...begun } = await provider.begin()
      const until = now.getTime() + LEAVE_MS
      reply.setCookie(COOKIE, seal({ ...begun, to, until }, await secret()), { ...kept, maxAge: LEAVE_MS / 1_000 })
      return await reply.header('cache-control', 'no-store').redirect(url)
    } catch (error) {
      return refuse(request, reply, asRefusal(error, 'OIDC_AWAY'), to)
    }
  })

  app.get('/oidc/callback', async (request, reply) => {
    const context = await contextOf(request, reply)
    const remembered = unseal(request.cookies[COOKIE], await secret(), context.now)
    reply.clearCookie(COOKIE, kept)
    try {
      const key = `oidc:${context.address}`
      const { n, minutes } = await countWithin(context.em, key, 15 * MINUTE, context.now)
      if (n > MOST_FAILURES) throw new Refusal('THROTTLED', `登录失败次数太多，请 ${minutes} 分钟后再试`, { minutes })
      if (!remembered) throw new Refusal('OIDC_EXPIRED', '登录等待太久，或不是从本系统的登录页开始的，请重新登录')
      const claims = await claimsOf(provider, request, remembered)
      const acting = { em: store.em(EVERYWHERE), actor: undefined, now: context.now, request: context.request }
      await openSession(context, await accountFor(acting, external, claims), SignInWay.OIDC)
      await uncount(context.em, key)
      return await reply.header('cache-control', 'no-store').redirect(remembered.to)
    } catch (error) {
      return refuse(request, reply, asRefusal(error, 'OIDC_FAILED'), remembered?.to ?? '/')
    }
  })
}

async function claimsOf(provider: Provider, request: FastifyRequest, remembered: Remembered): Promise<Claims> {
  const search = request.url.slice(request.url.indexOf('?'))
  if (new URLSearchParams(search).get('error') === 'access_denied') throw new Refusal('OIDC_DENIED', '您在统一身份认证中取消了登录')
  return provider.finish(search, remembered)
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
  const away = ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'].includes(codeOf(error)) || error instanceof TypeError
  return Object.assign(new Refusal(away ? 'OIDC_AWAY' : otherwise, '统一身份认证没有完成，请重新登录'), { cause: error })
}
const codeOf = (error: unknown) => String((error as { code?: unknown }).code ?? '')
/** The facts of a new account that the provider gives as we cannot use them. */
const INCOMPLETE = ['ACCOUNT_PLACE', 'USERNAME', 'USERNAME_TAKEN', 'DUPLICATE', 'PHONE', 'TOO_LONG']

function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal, to: string): FastifyReply {
  request.log.warn(
    { code: refusal.code, ...(refusal.cause ? { why: codeOf(refusal.cause) || (refusal.cause as Error).name } : {}) },
    'external sign-in refused',
  )
  const back = new URLSearchParams({ refused: refusal.code, ...(to === '/' ? {} : { to }) })
  return reply.header('cache-control', 'no-store').redirect(`/sign-in?${back.toString()}`)
}
