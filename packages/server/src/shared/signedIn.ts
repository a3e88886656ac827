import { type Context, type Role, type SignedIn } from './context.js'
import { forbidden, Refusal } from './refusal.js'

/** The context of somebody who has signed in (and has set a password of his own). Every query and act begins with it. */
export function signedIn(context: Context, ...roles: Role[]): SignedIn {
  if (!context.actor) throw new Refusal('UNAUTHENTICATED', '请先登录')
  if (context.actor.mustChangePassword) throw new Refusal('PASSWORD_CHANGE', '首次登录请先修改密码')
  // A board link is nobody in person: it may do only what names it.
  if ((roles.length || context.actor.role === 'BOARD') && !roles.includes(context.actor.role)) throw forbidden()
  return context as SignedIn
}

/** Everybody with an account of his own. Which rows he reads, the scope decides. */
export const READERS: readonly Role[] = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'POST', 'COUNTY']
