import type { Context, SignedIn } from '../shared/context.js'
import { conflict, notFound } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'

/** An enterprise draws its own plans. */
export const planners = (context: Context): SignedIn => signedIn(context, 'ENTERPRISE')

/** The record, in the version that was seen. */
export function needSeen<T extends { version: number }>(row: T | null, what: string, version: number): T {
  if (!row) throw notFound(what)
  if (row.version !== version) throw conflict()
  return row
}
