import type { SignedIn } from '../shared/context.js'
import { addDays, dayOf } from '../shared/days.js'
import type { Duty } from '../shared/duty.js'
import { count } from '../shared/read/list.js'
import { sql } from '../shared/read/sql.js'
import { DossierDocument } from './document.entity.js'
import { reviewQueue } from './document.resolver.js'
import { expiringSql } from './expiring.js'
import { rulesFrom, type DossierRuleKey } from './rules.js'

const rulesOf = async ({ reader }: SignedIn) => rulesFrom(await reader.all('select key, value from setting'))

/** Papers that run out between two days, the first and the last included. */
export async function countExpiring({ reader, actor }: SignedIn, from: string, until: string): Promise<number> {
  const found = expiringSql(actor.scope, until)
  const [row] = await reader.all(`select count(*) as n from (${found.sql}) x where expires_on >= ?`, [...found.params, from])
  return Number(row!['n'])
}

/** Returned, and not yet filed anew. */
export const RETURNED = sql`t.state = 'RETURNED' and not exists (select 1 from dossier_document n where n.enterprise_id = t.enterprise_id and n.code = t.code and n.issue > t.issue)`

/** From the step before (or today) until this one, so that nothing is counted twice on the first page. */
const step = (key: DossierRuleKey, before: DossierRuleKey | undefined) => async (ctx: SignedIn) => {
  const rules = await rulesOf(ctx)
  const today = dayOf(ctx.now)
  return countExpiring(ctx, before ? addDays(today, rules[before] + 1) : today, addDays(today, rules[key]))
}

const WHO = ['ENTERPRISE', 'STATION', 'TOWN_OFFICE'] as const

/** What of the dossiers waits for somebody: to be reviewed, to be filed anew, to be renewed. */
export const DOSSIER_DUTIES: readonly Duty[] = [
  {
    ...{ key: 'dossier.duty.review', roles: ['STATION', 'TOWN_OFFICE'], to: '/dossiers/review' },
    count: (ctx) => count(DossierDocument, ctx, undefined, reviewQueue(ctx.actor)),
  },
  {
    key: 'dossier.duty.returned',
    roles: ['ENTERPRISE'],
    to: '/dossiers/papers?state=RETURNED',
    alarming: true,
    count: (ctx) => count(DossierDocument, ctx, undefined, RETURNED),
  },
  {
    ...{ key: 'dossier.duty.expired', roles: WHO, to: '/dossiers/expiring?span=expired', alarming: true },
    count: (ctx) => countExpiring(ctx, '2000-01-01', addDays(dayOf(ctx.now), -1)),
  },
  { key: 'dossier.duty.last', roles: WHO, to: '/dossiers/expiring?span=last', alarming: true, count: step('dossierLastDays', undefined) },
  { key: 'dossier.duty.near', roles: WHO, to: '/dossiers/expiring?span=near', count: step('dossierNearDays', 'dossierLastDays') },
  { key: 'dossier.duty.far', roles: WHO, to: '/dossiers/expiring?span=far', count: step('dossierFarDays', 'dossierNearDays') },
]
