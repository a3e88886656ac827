import type { SqlEntityManager } from '@mikro-orm/sql'
import { ID, Int } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context, Role, SignedIn } from '../shared/context.js'
import { conflict, notFound } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { RiskPoint } from './riskPoint.entity.js'

export const ID_ARG = () => ID
export const INT = () => Int
export const VERSION = { description: '您看到的版本；别人改过就会被拒绝' }
/** Who can act on risks at all; which ones and how, scope and rights decide. */
export const ACTORS: readonly Role[] = ['TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'POST']

export async function loadPoint(em: SqlEntityManager, id: string, version?: number): Promise<RiskPoint> {
  const point = await em.findOne(RiskPoint, { id })
  if (!point) throw notFound('风险点')
  if (version !== undefined && point.version !== version) throw conflict()
  return point
}

export interface On {
  id: string
  version: number
  reason?: string | undefined
}

/** One act on one risk point: loaded as the actor may see it, in the version the actor saw, asked, saved and returned. */
export function onPoint(
  context: Context,
  name: string,
  { id, version, reason }: On,
  work: (point: RiskPoint, ctx: SignedIn, em: SqlEntityManager) => void | Promise<void>,
): Promise<RiskPoint> {
  const ctx = signedIn(context, ...ACTORS)
  return act(
    ctx,
    name,
    async ({ em }) => {
      const point = await loadPoint(em, id, version)
      await work(point, ctx, em)
      return point
    },
    reason?.trim(),
  )
}
