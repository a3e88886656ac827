import type { RiskColor } from '../risk/terms.js'
import { type Day, daysBetween } from '../shared/days.js'
import { HUE, isWorse, VisitState } from './terms.js'
import { type Layout, periodOf, type Slot, slotsOf, windowIn } from './slots.js'

/** What the rules in force say of one enterprise and one kind of check. */
export interface Demand {
  edition: number
  min: number
  /** Only of enforcement (domain.md §1.8); none: no cap. */
  max?: number | undefined
  focus?: string | undefined
}
/** A visit as the plan sees it. */
export interface Known {
  slot: string
  state: VisitState
  plannedFrom: Day
  plannedTo: Day
  color?: RiskColor | undefined
  edition?: number | undefined
  /** Taken back by a person; the plan does not bring it back. */
  byHand: boolean
}
export interface Ground<V extends Known = Known> {
  year: number
  /** The plan begins here: what lies before it never changes. */
  day: Day
  /** The first day on which the enterprise is the town's to look after. */
  since: Day
  /** No demand: the enterprise is closed, or the kind is not in the rules. */
  demand: Demand | undefined
  closed: boolean
  color: RiskColor
  /** Nobody has rated it; the rules say as what it counts. */
  unrated: boolean
  /** The colour the last plan was made with. */
  before: RiskColor | undefined
  visits: readonly V[]
  /** Enforcement checks of the year beyond the cap that were approved. */
  extra: number
  workdays: readonly Day[]
  layout: Layout
}
export interface Wanted {
  slot: string
  plannedFrom: Day
  plannedTo: Day
  cause: string
}
export interface Plan<V> {
  add: Wanted[]
  /** Taken back by the plan before, wanted again. */
  revive: { visit: V; wanted: Wanted }[]
  cancel: { visit: V; cause: string }[]
  /** Made for a worse colour, and now the visit of the milder one. */
  adopt: { visit: V; cause: string }[]
}

/**
 * What must change so that one enterprise's visits of one kind are as the rules want from a day on. A rising colour only
 * adds; a falling one takes back what is too much, from the next part of the year on; a visit of the past never changes.
 * Pure, and of its own result it changes nothing more.
 */
export function planOf<V extends Known>(ground: Ground<V>): Plan<V> {
  const { visits, day, demand, closed } = ground
  const open = visits.filter(({ state, plannedTo }) => state === VisitState.PLANNED && plannedTo >= day).sort(byTime)
  if (closed || !demand)
    return {
      add: [],
      revive: [],
      adopt: [],
      cancel: open.filter((one) => closed || !stands(one, ground)).map((visit) => ({ visit, cause: why(visit, ground) })),
    }
  const { kept, add, revive } = cover(ground, open, demand)
  const surplus = open.filter((visit) => !kept.has(visit))
  const stays = surplus.filter((visit) => stands(visit, ground))
  const cancel = surplus.filter((visit) => !stays.includes(visit)).map((visit) => ({ visit, cause: why(visit, ground) }))
  const adopt = [...kept].filter(({ color }) => color && isWorse(color, ground.color)).map((visit) => ({ visit, cause: `${why(visit, ground)}，保留` }))
  return underCap(ground, demand, { kept: [...kept], stays, add, revive, cancel, adopt })
}

/** Every part of the year that is left gets one visit: the one made for it, another that falls into it, or a new one. */
function cover<V extends Known>(ground: Ground<V>, open: readonly V[], { min }: Demand): { kept: Set<V>; add: Wanted[]; revive: Plan<V>['revive'] } {
  const { year, day, since, visits, workdays, layout } = ground
  const kept = new Set<V>()
  const add: Wanted[] = []
  const revive: Plan<V>['revive'] = []
  const bySlot = new Map(visits.map((visit) => [visit.slot, visit]))
  for (const slot of slotsOf(year, min)) {
    if (slot.to < day || slot.to < since) continue
    const own = bySlot.get(slot.name)
    if (own?.state === VisitState.PLANNED && own.plannedTo >= day) kept.add(own)
    if (own && (own.state !== VisitState.CANCELLED || own.byHand)) continue
    if (visits.some((visit) => settled(visit, day) && falls(visit, slot))) continue
    const begins = day > since ? day : since
    const window = windowIn(slot, begins, workdays, layout)
    const other = nearest(
      open.filter((visit) => !kept.has(visit) && falls(visit, slot)),
      windowIn(slot, slot.from, workdays, layout)?.from ?? slot.from,
    )
    if (other) kept.add(other)
    else if (window) {
      const wanted = { slot: slot.name, plannedFrom: window.from, plannedTo: window.to, cause: because(ground) }
      if (own) revive.push({ visit: own, wanted })
      else add.push(wanted)
    }
  }
  return { kept, add, revive }
}

const byTime = (a: Known, b: Known) => (a.plannedFrom < b.plannedFrom ? -1 : a.plannedFrom > b.plannedFrom ? 1 : a.slot < b.slot ? -1 : 1)
const falls = ({ plannedTo }: Known, { from, to }: Slot) => plannedTo >= from && plannedTo <= to
/** Done, or late and still to be made up for: it counts for where it falls. A missed one fills only its own place. */
const settled = ({ state, plannedTo }: Known, day: Day) => state === VisitState.DONE || (state === VisitState.PLANNED && plannedTo < day)

function nearest<V extends Known>(visits: readonly V[], day: Day): V | undefined {
  const far = (one: V) => Math.abs(daysBetween(one.plannedFrom, day))
  return visits.reduce<V | undefined>((best, one) => (best && far(best) <= far(one) ? best : one), undefined)
}

/** Too much, and yet it stays: the colour has risen since, or its part of the year has begun. */
function stands(visit: Known, { year, day, color }: Ground): boolean {
  if (visit.color && isWorse(color, visit.color)) return true
  const period = periodOf(year, visit.slot)
  return !period || period.from <= day
}

interface Draft<V> extends Plan<V> {
  kept: V[]
  stays: V[]
}

/** Planned and done together never pass the cap, which is announced to the enterprises: new ones come after those that are there, and the latest go first. */
function underCap<V extends Known>(ground: Ground<V>, { max }: Demand, { kept, stays, ...plan }: Draft<V>): Plan<V> {
  if (max === undefined) return plan
  const { visits, day, extra } = ground
  const spent = visits.filter((visit) => settled(visit, day)).length
  const done = visits.filter(({ state }) => state === VisitState.DONE).length
  let room = Math.max(0, max + extra - spent)
  const cause = `执法检查每年至多 ${max + extra} 次，今年已检查 ${done} 次`
  const fit = (plannedFrom: (one: never) => Day, list: readonly unknown[]) => {
    const sorted = [...list].sort((a, b) => (plannedFrom(a as never) < plannedFrom(b as never) ? -1 : 1))
    const taken = sorted.slice(0, room)
    room -= taken.length
    return new Set(taken)
  }
  const from = ({ plannedFrom }: { plannedFrom: Day }) => plannedFrom
  const held = fit(from, kept)
  const stayed = fit(from, stays)
  const revived = fit(({ wanted }: { wanted: Wanted }) => wanted.plannedFrom, plan.revive)
  const added = fit(from, plan.add)
  const gone = [...kept.filter((one) => !held.has(one)), ...stays.filter((one) => !stayed.has(one))]
  return {
    add: plan.add.filter((one) => added.has(one)),
    revive: plan.revive.filter((one) => revived.has(one)),
    cancel: [...plan.cancel, ...gone.map((visit) => ({ visit, cause }))],
    adopt: plan.adopt.filter(({ visit }) => held.has(visit)),
  }
}

/** 缘由, in words: why this visit is planned. */
function because({ demand, color, unrated, before, visits }: Ground): string {
  const { edition, min } = demand!
  const often = `每年 ${min} 次`
  const who = unrated ? `未评级企业（按${HUE[color]}色）` : `${HUE[color]}色企业`
  if (before && isWorse(color, before)) return `升级：${HUE[before]}→${HUE[color]}，加查（${often}）`
  if (before && isWorse(before, color)) return `降级：${HUE[before]}→${HUE[color]}，${often}`
  return visits.some((visit) => visit.edition && visit.edition !== edition) ? `规则第 ${edition} 版：${who}，${often}` : `计划：${who}，${often}`
}

function why(visit: Known, { demand, color, closed }: Ground): string {
  if (closed) return '企业已停业或迁出'
  const often = `每年 ${demand?.min ?? 0} 次`
  if (visit.color && isWorse(visit.color, color)) return `降级：${HUE[visit.color]}→${HUE[color]}，下一周期起${often}`
  return demand && visit.edition !== demand.edition ? `规则第 ${demand.edition} 版：${often}` : `${HUE[color]}色企业${often}`
}
