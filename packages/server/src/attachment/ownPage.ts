import type { FastifyRequest } from 'fastify'
import { Refusal } from '../shared/refusal.js'

/**
 * A page of another site can make a browser post a form with our cookie on it, but it can neither add a header nor
 * hide where it comes from. A bearer token is added by nobody but its owner.
 */
export function needOwnPage({ headers, host }: Pick<FastifyRequest, 'headers' | 'host'>, publicUrl: string): void {
  if (headers.authorization || headers['x-anbiao']) return
  if (headers['sec-fetch-site'] === 'same-origin') return
  const origin = headers.origin
  if (origin && URL.canParse(origin) && (origin === new URL(publicUrl).origin || new URL(origin).host === host)) return
  throw new Refusal('CSRF', '上传请求不是从本系统的页面发出的，已拒绝，请刷新页面后再试')
}
