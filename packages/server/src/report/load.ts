import type { SqlEntityManager } from '@mikro-orm/sql'
import { townOf } from '../division/division.entity.js'
import { act, type Act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { run } from '../shared/run.js'
import * as may from './rights.js'
import { isSigned, Summary } from './summary.entity.js'
import type { Below } from './summary.entity.js'
import { SummaryLevel } from './terms.js'

export interface Seen {
  id: string
  version: number
}

/** A summary as its reader may see it. */
export async function findSummary({ em, actor }: SignedIn, id: string): Promise<Summary> {
  const summary = await em.findOne(Summary, { id })
  if (!summary || (actor.role === 'COUNTY' && !may.countyReads(summary))) throw notFound('工作总结')
  return summary
}

/** One act on one summary, in the version the actor saw. */
export function onSummary(
  context: Context,
  name: string,
  { id, version }: Seen,
  work: (summary: Summary, ctx: SignedIn, doing: Act) => Promise<void> | void,
  reason?: string,
): Promise<Summary> {
  const ctx = may.summaryReader(context)
  return act(
    ctx,
    name,
    async (doing) => {
      const summary = await findSummary({ ...ctx, em: doing.em }, id)
      if (summary.version !== version) throw conflict()
      await work(summary, ctx, doing)
      return summary
    },
    reason,
  )
}

/**
 * The town's own of the same period. Its row is held until the commit, by whoever signs it and by whoever opens one below,
 * so that never both happen at once.
 */
export async function heldTown(em: SqlEntityManager, { division, kind, period }: Pick<Summary, 'division' | 'kind' | 'period'>): Promise<Summary | null> {
  const town = townOf(division)
  await run(em, `update summary set version = version where level = 'TOWN' and division = ? and kind = ? and period = ?`, [town, kind, period])
  return em.findOne(Summary, { level: SummaryLevel.TOWN, division: town, kind, period }, { refresh: true })
}

/** What the town has signed over stays: the county gives the town's back first. */
export async function needTownOpen(em: SqlEntityManager, summary: Summary): Promise<void> {
  if (summary.level === SummaryLevel.TOWN) return
  const town = await heldTown(em, summary)
  if (!town || !isSigned(town)) return
  const named = (JSON.parse(town.below ?? '[]') as Below[]).some(({ summary: id, reason }) => id === summary.id && reason !== null)
  if (!named) throw new Refusal('TOWN_SIGNED', '镇的总结已经报县，须先由县里退回或重开，才能动下级的总结')
}
