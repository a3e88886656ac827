import type { SqlEntityManager } from '@mikro-orm/sql'
import { ID } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { signedIn } from '../shared/signedIn.js'
import type { Hazard } from './hazard.entity.js'
import { loadHazard } from './load.js'

/** One act on one hazard: loaded as the actor may see it, in the version the actor saw, asked, saved and returned. */
export function onHazard(
  context: Context,
  name: string,
  id: string,
  version: number | undefined,
  work: (hazard: Hazard, ctx: SignedIn, em: SqlEntityManager) => void | Promise<void>,
  reason?: string,
): Promise<Hazard> {
  const ctx = signedIn(context)
  return act(
    ctx,
    name,
    async ({ em }) => {
      const hazard = await loadHazard(em, id, version)
      await work(hazard, ctx, em)
      return hazard
    },
    reason,
  )
}

export const ID_ARG = () => ID
export const VERSION = { description: '您看到的版本；别人改过就会被拒绝' }
