import type { Ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { act } from '../shared/act.js'
import type { Actor, SignedIn } from '../shared/context.js'
import { takeNumbers } from '../shared/counter.entity.js'
import { linkedId } from '../shared/datum.js'
import { type Day, dayOf } from '../shared/days.js'
import { conflict, forbidden, notFound, Refusal } from '../shared/refusal.js'
import { restand } from './restand.js'
import type { SitePlace } from './sitePlace.entity.js'

export type SiteRow = SitePlace & { enterprise: Ref<Enterprise> }
export interface Seen {
  id: string
  version: number
}

/** One act on one record of the site: loaded as the actor may see it, in the version he saw; the standing follows. */
export function onRow<T extends SiteRow, R = T>(
  ctx: SignedIn,
  name: string,
  target: new () => T,
  what: string,
  { id, version }: Seen,
  work: (row: T, em: SqlEntityManager, firm: Enterprise) => R | Promise<R>,
  reason?: string,
): Promise<R extends void ? T : R> {
  return act(
    ctx,
    name,
    async ({ em }) => {
      const row = (await em.findOne(target as never, { id } as never)) as T | null
      if (!row) throw notFound(what)
      if (row.version !== version) throw conflict()
      const firm = await em.findOneOrFail(Enterprise, { id: linkedId(row.enterprise)! })
      const result = await work(row, em, firm)
      await restand(em, ctx.actor, ctx.now, firm)
      return (result ?? row) as R extends void ? T : R
    },
    reason,
  )
}

export function needOpen(firm: Enterprise, now: Date): void {
  if (firm.closedOn && firm.closedOn <= dayOf(now)) throw new Refusal('ENTERPRISE_CLOSED', '该企业已停业或迁出，不能登记', { field: 'enterprise' })
}

/** A workshop's head stands in his workshop and nowhere else. */
export function needOwnWorkshop(by: Actor, workshop: string | undefined): void {
  if (by.scope.workshop !== undefined && workshop !== by.scope.workshop) throw forbidden('您只能办理本车间的事项')
}

export function needPast(day: Day, now: Date, field: string): void {
  if (day > dayOf(now)) throw new Refusal('DAY_FUTURE', '日期不能晚于今天', { field })
}

export function needSaid(text: string | null | undefined, field: string, label: string): string {
  const said = text?.trim()
  if (!said) throw new Refusal('MISSING', `请填写${label}`, { field })
  return said
}

export const siteSeries = (prefix: string, day: Day, division: string): string =>
  `${prefix}-${day.slice(0, 7).replace('-', '')}-${division.slice(6).padEnd(6, '0')}`

/** 5S-202603-106201-0001: kind, month, town and village, running number. */
export async function numberOf(em: SqlEntityManager, prefix: string, day: Day, division: string): Promise<string> {
  const series = siteSeries(prefix, day, division)
  return `${series}-${String(await takeNumbers(em, series)).padStart(4, '0')}`
}

/** What stands on a record for who did it: his office, never more than needed. */
export const unitOf = (by: Actor): string =>
  ({ TOWN_OFFICE: '镇安办', STATION: '行业主管站所', VILLAGE: '村', WORKSHOP: by.scope.workshop ?? '车间', POST: '岗位' })[by.role as string] ?? '企业'

/** Where something was seen, as a hazard's place says it. */
export const spotOf = ({ workshop }: { workshop?: string }, spot: string | undefined): string => [workshop, spot].filter(Boolean).join(' ') || '厂区'
