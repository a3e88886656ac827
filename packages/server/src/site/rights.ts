import type { Actor, Context, Role, SignedIn } from '../shared/context.js'
import { signedIn } from '../shared/signedIn.js'
import { AuditKind } from './terms.js'

/** Who may do what on the site (domain.md §1.8, §1.9); which rows, the scope decides. */
export const AUTHORITY: readonly Role[] = ['TOWN_OFFICE', 'STATION']
export const INSIDE: readonly Role[] = ['ENTERPRISE', 'WORKSHOP']

export const auditKindOf = ({ role }: Actor): AuditKind => (AUTHORITY.includes(role) ? AuditKind.STATION : AuditKind.ENTERPRISE)

/** Stations audit and coach; an enterprise and its workshops audit themselves. A village patrols and does neither. */
export const auditor = (context: Context): SignedIn => signedIn(context, ...AUTHORITY, ...INSIDE)
/** Who sees a violation says so, on whosever territory it is. */
export const witness = (context: Context): SignedIn => signedIn(context, ...AUTHORITY, 'VILLAGE', ...INSIDE)
export const counter = auditor
/** The inventory is the enterprise's own; its station may help to set it up. */
export const keeper = auditor
/** Whoever is asked to put a sign up. */
export const doer = (context: Context): SignedIn => signedIn(context, ...INSIDE, 'POST')
