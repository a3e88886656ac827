import type { SqlEntityManager } from '@mikro-orm/sql'
import { Station, townOf } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { CalendarDay } from '../inspection/calendar.entity.js'
import { CheckKind } from '../inspection/terms.js'
import { Workdays } from '../inspection/workdays.js'
import { RiskStanding } from '../risk/riskStanding.entity.js'
import type { RiskColor } from '../risk/terms.js'
import type { Act } from '../shared/act.js'
import { insertMany, type NewRow } from '../shared/bulk.js'
import { linkedId } from '../shared/datum.js'
import { type Day, instant } from '../shared/days.js'
import { stationFirmIds } from './firmIds.js'
import { type Ground, type Known, planOf, type Wanted } from './plan.js'
import { colorIn, demandOf, type InForce, inForce, townsOf } from './rules.js'
import { VISIT_KINDS, VisitOwner, VisitState } from './terms.js'
import { Visit, VisitException } from './visit.entity.js'
import { ref } from '@mikro-orm/core'

export interface Planning {
  enterprises: readonly string[]
  day: Day
  /** What their colours were before the change that calls for this. */
  before?: ReadonlyMap<string, RiskColor | undefined>
}
export interface Planned {
  added: number
  cancelled: number
}
const ALL = { filters: false } as const

/**
 * Brings the visits of some enterprises to what the rules, their colours and the calendar say on a day. What lies before
 * the day is never touched; run again it changes nothing.
 */
export async function planVisits(doing: Act, name: string, { enterprises, day, before }: Planning, now: Date): Promise<Planned> {
  const { em } = doing
  const done: Planned = { added: 0, cancelled: 0 }
  if (!enterprises.length) return done
  const year = Number(day.slice(0, 4))
  const ids = [...enterprises]
  const firms = await em.find(Enterprise, { id: { $in: ids } }, { ...ALL, orderBy: { id: 'asc' } })
  const tables = await inForce(em, townsOf(firms.map(({ division }) => division)), day)
  if (!tables.size) return done
  const of = { enterprise: { $in: ids } }
  const [standings, visits, exceptions, stations, workdays] = await Promise.all([
    em.find(RiskStanding, of, ALL),
    em.find(Visit, { ...of, year }, { ...ALL, orderBy: { createdAt: 'asc', id: 'asc' } }),
    em.find(VisitException, { ...of, year }, ALL),
    em.find(Station, {}),
    workdaysOf(em, year),
  ])
  const color = new Map(standings.map((one) => [linkedId(one.enterprise)!, one.effective]))
  const own = grouped(visits)
  const extra = grouped(exceptions)
  const authorised = new Set(stations.filter((one) => one.authorised).map(({ code }) => code))
  const places = await phasesOf(em, firms)
  const rows: NewRow[] = []
  for (const firm of firms) {
    const rules = tables.get(townOf(firm.division))
    const counts = rules && colorIn(rules, color.get(firm.id))
    if (!rules || !counts) continue
    const mine = own.get(firm.id) ?? []
    const was = before?.has(firm.id)
      ? colorIn(rules, before.get(firm.id))
      : mine.filter(({ state, color }) => state !== VisitState.CANCELLED && color).at(-1)?.color
    for (const kind of VISIT_KINDS) {
      const about = { firm, rules, counts, unrated: !color.get(firm.id), before: was, place: places.get(firm.id)!, year, day, workdays }
      const ground = groundOf(about, kind, mine.filter((visit) => visit.kind === kind).map(seen), extra.get(firm.id)?.length ?? 0)
      const { add, revive, cancel, adopt } = planOf(ground)
      const stamp = { color: counts, edition: rules.table.edition }
      const owner = ownerOf(kind, firm, authorised)
      for (const wanted of add) rows.push(rowOf(firm, { kind, owner, year, ...stamp, focus: ground.demand!.focus }, rules, wanted, now))
      for (const { visit, wanted } of revive) {
        const { cause, plannedFrom, plannedTo } = wanted
        Object.assign(visit.visit, stamp, { state: VisitState.PLANNED, cause, plannedFrom, plannedTo, owner, table: ref(rules.table) })
        delete visit.visit.cancelCause
      }
      for (const { visit, cause } of adopt) Object.assign(visit.visit, stamp, { cause, table: ref(rules.table) })
      for (const { visit, cause } of cancel) Object.assign(visit.visit, { state: VisitState.CANCELLED, cancelCause: cause })
      for (const visit of mine) if (visit.kind === kind && visit.state === VisitState.PLANNED && visit.owner !== owner) visit.owner = owner
      done.added += add.length + revive.length
      done.cancelled += cancel.length
    }
  }
  await insertMany(doing, name, Visit, rows)
  return done
}

/** What is known of an enterprise when its plan is made. */
export interface About {
  firm: Pick<Enterprise, 'enteredOn' | 'closedOn' | 'trade'>
  rules: InForce
  counts: RiskColor
  unrated: boolean
  before: RiskColor | undefined
  place: number
  year: number
  day: Day
  workdays: readonly Day[]
}

export function groundOf<V extends Known>(
  { firm, rules, counts, place, ...about }: About,
  kind: CheckKind,
  visits: readonly V[],
  exceptions: number,
): Ground<V> {
  return {
    ...about,
    ...{ since: firm.enteredOn, color: counts, visits, closed: !!firm.closedOn && firm.closedOn <= about.day },
    demand: demandOf(rules, firm.trade, counts, kind),
    extra: kind === CheckKind.ENFORCEMENT ? exceptions : 0,
    // The kinds of one enterprise lie apart, too.
    layout: { windowDays: rules.table.windowDays, phase: (place + (VISIT_KINDS.indexOf(kind) * 1000) / VISIT_KINDS.length) % 1000 },
  }
}

/** The place of an enterprise among those of its station, in thousandths. */
export const placeOf = (rank: number, many: number): number => ((2 * rank + 1) * 1000) / (2 * many)

export interface Seen extends Known {
  visit: Visit
}
export const seen = (visit: Visit): Seen => {
  const { slot, state, plannedFrom, plannedTo, color, edition, cancelledBy } = visit
  return { slot, state, plannedFrom, plannedTo, color, edition, byHand: !!cancelledBy, visit }
}

/** A station guides; only one with the power to enforce enforces, otherwise the town office sees to it (domain.md §1.8). */
export function ownerOf(kind: CheckKind, { station }: Pick<Enterprise, 'station'>, authorised: ReadonlySet<string>): VisitOwner {
  if (kind === CheckKind.GRID_PATROL) return VisitOwner.VILLAGE
  if (!station || (kind === CheckKind.ENFORCEMENT && !authorised.has(station))) return VisitOwner.TOWN_OFFICE
  return VisitOwner.STATION
}

function rowOf(
  firm: Enterprise,
  facts: { kind: CheckKind; owner: VisitOwner; year: number; color: RiskColor; edition: number; focus?: string | undefined },
  { table }: InForce,
  wanted: Wanted,
  now: Date,
): NewRow {
  const { division, station } = firm
  return { enterprise: firm.id, division, station, ...facts, table: table.id, ...wanted, state: VisitState.PLANNED, createdAt: instant(now) }
}

export async function workdaysOf(em: SqlEntityManager, year: number): Promise<Day[]> {
  const span = { $gte: `${year}-01-01`, $lte: `${year}-12-31` }
  const marked = await em.find(CalendarDay, { calendar: { supersededAt: null }, day: span }, { orderBy: { day: 'asc' } })
  return new Workdays(marked.map(({ day, mark, name }) => ({ day, mark, name }))).between(`${year}-01-01`, `${year}-12-31`)
}

/** Where among the working days an enterprise's visits lie, in thousandths: the enterprises of one station in a town one after the other. */
async function phasesOf(em: SqlEntityManager, firms: readonly Enterprise[]): Promise<Map<string, number>> {
  const groups = new Map(firms.map(({ division, station }) => [`${townOf(division)}|${station ?? ''}`, [townOf(division), station ?? ''] as const]))
  const phases = new Map<string, number>()
  for (const [town, station] of groups.values()) {
    const ids = await stationFirmIds(em, town, station)
    for (const [i, id] of ids.entries()) phases.set(id, placeOf(i, ids.length))
  }
  return phases
}

function grouped<T extends { enterprise: unknown }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = linkedId(row.enterprise)!
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
