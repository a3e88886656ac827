import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Role, SignedIn } from '../shared/context.js'
import type { ThingClass } from '../shared/datum.js'
import { dayOf } from '../shared/days.js'
import type { Duty } from '../shared/duty.js'
import { count } from '../shared/read/list.js'
import { type Sql, sql } from '../shared/read/sql.js'
import { RiskNotice } from './riskNotice.entity.js'
import { Sign, SignTask } from './sign.entity.js'
import { periodOf, siteRules, type SiteRules } from './siteRules.js'
import { AuditKind } from './terms.js'
import { Violation } from './violation.entity.js'

const FLOOR: readonly Role[] = ['ENTERPRISE', 'WORKSHOP', 'POST']
const HEADS: readonly Role[] = ['ENTERPRISE', 'WORKSHOP']

const counting =
  (target: ThingClass, where: (today: string) => Sql) =>
  (ctx: SignedIn): Promise<number> =>
    count(target, ctx, undefined, where(dayOf(ctx.now)))

/** Enterprises without an audit of that kind in the period that runs. */
async function auditsDue(ctx: SignedIn, kind: AuditKind, cycle: (rules: SiteRules) => number): Promise<number> {
  const period = periodOf(dayOf(ctx.now), cycle(await siteRules(ctx.em)))
  const where = sql`t.closed_on is null and not exists (select 1 from five_s_audit fa where fa.enterprise_id = t.id and fa.kind = ${kind} and fa.period = ${period} and fa.voided_on is null)`
  return count(Enterprise, ctx, undefined, where)
}

/** What of the site waits for somebody: audits, missing signs, checks that are due, violations to follow up. */
export const SITE_DUTIES: readonly Duty[] = [
  {
    key: 'site.duty.stationAudits',
    roles: ['STATION'],
    to: '/site/5s',
    count: (ctx) => auditsDue(ctx, AuditKind.STATION, (rules) => rules.stationAuditMonths),
  },
  {
    key: 'site.duty.ownAudit',
    roles: ['ENTERPRISE'],
    to: '/site/5s/new',
    count: (ctx) => auditsDue(ctx, AuditKind.ENTERPRISE, (rules) => rules.enterpriseAuditMonths),
  },
  { key: 'site.duty.tasks', roles: FLOOR, to: '/site/tasks', count: counting(SignTask, () => sql`t.stage = 'OPEN'`) },
  {
    ...{ key: 'site.duty.lateTasks', roles: [...FLOOR, 'STATION', 'TOWN_OFFICE'], to: '/site/tasks?late=1', alarming: true },
    count: counting(SignTask, (today) => sql`t.stage = 'OPEN' and t.due_on < ${today}`),
  },
  {
    ...{ key: 'site.duty.signs', roles: HEADS, to: '/site/signs?due=1' },
    count: counting(Sign, (today) => sql`t.removed_on is null and t.next_check_on <= ${today}`),
  },
  {
    ...{ key: 'site.duty.notices', roles: HEADS, to: '/site/notices?due=1' },
    count: counting(RiskNotice, (today) => sql`t.removed_on is null and t.next_check_on <= ${today}`),
  },
  {
    ...{ key: 'site.duty.violations', roles: HEADS, to: '/site/violations?open=1' },
    count: counting(Violation, () => sql`t.voided_on is null and t.followed_up_on is null`),
  },
]
