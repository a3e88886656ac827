import type { SqlEntityManager } from '@mikro-orm/sql'
import { Station } from '../division/division.entity.js'
import type { Actor, SignedIn } from '../shared/context.js'
import { conflict, forbidden, notFound, Refusal } from '../shared/refusal.js'
import { inDivision } from '../shared/scope.js'
import { CURRENT, Norm, NormStatus } from './norm.entity.js'

/** Drafts are seen on the desks where they are made. */
const DRAFT_READERS = ['ADMIN', 'TOWN_OFFICE', 'STATION']
export const seesDrafts = (actor: Actor): boolean => DRAFT_READERS.includes(actor.role)

/** A norm holds in its area: a county's in all its towns; who oversees an area sees those of its parts. */
export const holdsFor = (norm: Pick<Norm, 'division'>, division: string): boolean => inDivision(division, norm.division) || inDivision(norm.division, division)

export const seesNorm = (actor: Actor, norm: Pick<Norm, 'division' | 'status'>): boolean =>
  holdsFor(norm, actor.scope.division) && (norm.status !== NormStatus.DRAFT || seesDrafts(actor))

/** The town office keeps the norms of its town, a station prepares those of its own trades (domain.md §1.9). */
export async function needKeeper(em: SqlEntityManager, actor: Actor, norm: Pick<Norm, 'division' | 'trade'>): Promise<void> {
  if (!inDivision(norm.division, actor.scope.division)) throw forbidden('这份规范由上级维护，您只能查看；可另行起草本镇的规范')
  if (actor.role !== 'STATION') return
  const station = await em.findOne(Station, { code: actor.scope.station! })
  if (!station?.tradeList().includes(norm.trade)) throw new Refusal('TRADE_FOREIGN', `“${norm.trade}”不是本站所主管的行业`, { field: 'trade' })
}

/** A norm that the actor sees, in the version he saw. */
export async function loadNorm({ actor }: SignedIn, em: SqlEntityManager, id: string, version?: number): Promise<Norm> {
  const norm = await em.findOne(Norm, { id })
  if (!norm || !seesNorm(actor, norm)) throw notFound('规范')
  if (version !== undefined && norm.version !== version) throw conflict()
  return norm
}

/** The version that people work by now. */
export const currentOf = (em: SqlEntityManager, series: string): Promise<Norm | null> => em.findOne(Norm, { series, status: { $in: [...CURRENT] } })
