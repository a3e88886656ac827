import type { SqlEntityManager } from '@mikro-orm/sql'
import { CODE_LENGTH, townOf } from '../division/division.entity.js'
import { type Act, act } from '../shared/act.js'
import type { Actor, Context, SignedIn } from '../shared/context.js'
import { inDivision } from '../shared/scope.js'
import { both, either, FALSE, raw, sql, type Sql, TRUE } from '../shared/read/sql.js'
import { divisionRange } from '../shared/scope.js'
import { conflict, forbidden, notFound, Refusal } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { Campaign } from './campaign.entity.js'
import { CampaignStage } from './terms.js'

/** The campaign, its phases and tasks are the town office's to edit and everybody's to view (domain.md §1.9). */
export const isOffice = ({ role, scope }: Actor, { division }: Pick<Campaign, 'division'>): boolean => role === 'TOWN_OFFICE' && scope.division === division

/** Above the town, the town itself, and whoever stands in it. */
const concerns = ({ scope }: Actor, division: string): boolean => inDivision(division, scope.division) || inDivision(scope.division, division)

export const sees = (by: Actor, campaign: Pick<Campaign, 'division' | 'stage'>): boolean =>
  concerns(by, campaign.division) && (campaign.stage !== CampaignStage.DRAFT || by.role === 'ADMIN' || isOffice(by, campaign))

/** The same as a condition on a campaign of alias `at`. */
export function seesSql(at: string, { role, scope }: Actor): Sql {
  const [low, high] = divisionRange(scope.division)
  const near = either(
    sql`${raw(at)}.division >= ${low} and ${raw(at)}.division < ${high}`,
    scope.division.length >= CODE_LENGTH.TOWN ? sql`${raw(at)}.division = ${townOf(scope.division)}` : FALSE,
  )
  const drafts = role === 'ADMIN' ? TRUE : role === 'TOWN_OFFICE' ? sql`${raw(at)}.division = ${scope.division}` : FALSE
  return both(near, either(sql`${raw(at)}.stage <> 'DRAFT'`, drafts))
}

export async function loadCampaign(em: SqlEntityManager, by: Actor, id: string): Promise<Campaign> {
  const campaign = await em.findOne(Campaign, { id })
  if (!campaign || !sees(by, campaign)) throw notFound('行动')
  return campaign
}

export interface Seen {
  id: string
  version: number
  reason?: string | undefined
}
export const sameVersion = <T extends { version: number }>(row: T | null, version: number, what: string): T => {
  if (!row) throw notFound(what)
  if (row.version !== version) throw conflict()
  return row
}
export function needReason(typed: string, what: string): string {
  const reason = typed.trim()
  if (!reason) throw new Refusal('MISSING', `请写明${what}`, { field: 'reason' })
  return reason
}

/** One act of the town office on its own campaign, in the version it was seen. */
export function onCampaign<T>(
  context: Context,
  name: string,
  { id, version, reason }: { id: string; version?: number; reason?: string | undefined },
  work: (campaign: Campaign, doing: Act, ctx: SignedIn) => Promise<T>,
): Promise<T> {
  const ctx = signedIn(context, 'TOWN_OFFICE')
  return act(
    ctx,
    name,
    async (doing) => {
      const campaign = await loadCampaign(doing.em, ctx.actor, id)
      if (version !== undefined && campaign.version !== version) throw conflict()
      if (!isOffice(ctx.actor, campaign)) throw forbidden('行动由本镇镇安办编制')
      return work(campaign, doing, ctx)
    },
    reason,
  )
}
