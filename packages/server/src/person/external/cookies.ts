import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply } from 'fastify'

/** What is remembered between leaving for the provider and coming back. */
export const WAY_COOKIE = 'anbiao_oidc'
/** Somebody has signed out in this browser or was turned back, and nobody has come in from outside since. */
export const LEFT_COOKIE = 'anbiao_left'
const LEFT_S = 90 * 86_400

export const kept = (publicUrl: string): CookieSerializeOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  path: '/oidc',
  secure: publicUrl.startsWith('https:'),
})

/** The provider still knows who was here last: the next one in this browser is asked there who he is. */
export const noteLeaving = (reply: FastifyReply, publicUrl: string): void => void reply.setCookie(LEFT_COOKIE, '1', { ...kept(publicUrl), maxAge: LEFT_S })
