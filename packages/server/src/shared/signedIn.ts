import { type Context, type Role, type SignedIn } from './context.js'
import { forbidden, Refusal } from './refusal.js'

const NARROW: readonly Role[] = ['BOARD', 'CARD']

/** The context of somebody who has signed in (and has set a password of his own). Every query and act begins with it. */
export function signedIn(context: Context, ...roles: Role[]): SignedIn {
  if (!context.actor) throw new Refusal('UNAUTHENTICATED', '请先登录')
  if (context.actor.mustChangePassword) throw new Refusal('PASSWORD_CHANGE', '首次登录请先修改密码')
  // A board link and a post's PIN are nobody in person: they may do only what names them.
  if ((roles.length || NARROW.includes(context.actor.role)) && !roles.includes(context.actor.role)) throw forbidden()
  return context as SignedIn
}

/** Everybody with an account of his own. Which rows he reads, the scope decides. */
export const READERS: readonly Role[] = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'POST', 'COUNTY']
