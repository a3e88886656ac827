import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Station, townOf } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Check } from '../inspection/check.entity.js'
import { CheckKind } from '../inspection/terms.js'
import { RiskStanding } from '../risk/riskStanding.entity.js'
import { linkedId } from '../shared/datum.js'
import { addDays, type Day, instant } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { ownerOf } from './planVisits.js'
import { colorIn, demandOf, inForce } from './rules.js'
import { periodOf } from './slots.js'
import { HUE, VISIT_KINDS, VisitState } from './terms.js'
import { Visit, VisitException } from './visit.entity.js'

const ALL = { filters: false } as const

/** A check that was made does the visit it was planned as: the earliest that is due, else the one of its part of the year; else it stands as one that nobody had planned. */
export async function fulfil(em: SqlEntityManager, checks: readonly string[], now: Date): Promise<void> {
  const made = await em.find(Check, { id: { $in: [...checks] }, kind: { $in: [...VISIT_KINDS] } }, { ...ALL, orderBy: { doneAt: 'asc' } })
  for (const check of made) {
    const firm = await em.findOneOrFail(Enterprise, { id: linkedId(check.enterprise)! }, ALL)
    const year = Number(check.doneOn.slice(0, 4))
    const rules = (await inForce(em, [townOf(firm.division)], check.doneOn)).get(townOf(firm.division))
    const visits = await em.find(Visit, { enterprise: firm.id, year, kind: check.kind }, { ...ALL, orderBy: { plannedTo: 'asc' } })
    if (visits.some((visit) => linkedId(visit.check) === check.id)) continue
    const standing = await em.findOne(RiskStanding, { enterprise: firm.id }, ALL)
    const color = rules && colorIn(rules, standing?.effective)
    const max = rules && color && demandOf(rules, firm.trade, color, check.kind)?.max
    if (check.kind === CheckKind.ENFORCEMENT && max != null) await needRoom(em, firm, visits, { year, max, hue: HUE[color!], edition: rules!.table.edition })
    const visit = visits.find((one) => isFor(one, check.doneOn, rules?.table.graceDays ?? 0)) ?? (await unplanned(em, firm, check, now))
    Object.assign(visit, { state: VisitState.DONE, check: ref(check), doneOn: check.doneOn })
    em.persist(visit)
    await em.flush()
  }
}

/** Late ones first, as they come by their last day; one that was called missed is made good by a check that was sent in late. */
function isFor(visit: Visit, day: Day, grace: number): boolean {
  const period = periodOf(visit.year, visit.slot)
  if (!period || period.from > day) return false
  return visit.state === VisitState.PLANNED || (visit.state === VisitState.MISSED && day <= addDays(visit.plannedTo, grace))
}

async function unplanned(em: SqlEntityManager, firm: Enterprise, { kind, doneOn, number }: Check, now: Date): Promise<Visit> {
  const stations = await em.find(Station, { authorised: true })
  const owner = ownerOf(kind, firm, new Set(stations.map(({ code }) => code)))
  return Object.assign(new Visit(), {
    ...{ enterprise: ref(firm), division: firm.division, ...(firm.station ? { station: firm.station } : {}) },
    ...{
      year: Number(doneOn.slice(0, 4)),
      kind,
      owner,
      slot: `+${number}`,
      plannedFrom: doneOn,
      plannedTo: doneOn,
      cause: `计划外检查 ${number}`,
      createdAt: instant(now),
    },
  })
}

/** Only enforcement counts, and only what was done (domain.md §3.7). */
async function needRoom(
  em: SqlEntityManager,
  firm: Enterprise,
  visits: readonly Visit[],
  { year, max, hue, edition }: { year: number; max: number; hue: string; edition: number },
): Promise<void> {
  const done = visits.filter(({ state }) => state === VisitState.DONE).length
  const extra = await em.count(VisitException, { enterprise: firm.id, year }, ALL)
  if (done < max + extra) return
  throw new Refusal(
    'VISIT_CAP',
    `“${firm.name}”是${hue}色企业，执法检查每年至多 ${max} 次（规则第 ${edition} 版${extra ? `，另经批准 ${extra} 次` : ''}），今年已检查 ${done} 次。确需再查的，请镇安办写明原因批准；举报核查不计入次数`,
    { field: 'enterprise', cap: max, done },
  )
}
