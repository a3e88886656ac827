import type { Actor, Role } from '../shared/context.js'
import type { HazardRecord } from './hazardFacts.js'
import { HazardSeverity, HazardSource, HazardStage, ManageType } from './terms.js'

/** Who may do what to a hazard that lies in his scope (domain.md §1.8, §1.9, §4.5). Separation of duties comes on top. */

const INSIDE: readonly string[] = ['ENTERPRISE', 'WORKSHOP', 'POST']
const AUTHORITY: readonly Role[] = ['TOWN_OFFICE', 'STATION']

/** Found by the enterprise's own people. */
export const internal = (hazard: Pick<HazardRecord, 'foundByRole'>): boolean => INSIDE.includes(hazard.foundByRole)
const major = (hazard: Pick<HazardRecord, 'severity'>) => hazard.severity === HazardSeverity.MAJOR

/** The sources a role may name: a village patrols, a station guides, only the authorised enforce. */
const SOURCES: Partial<Record<Role, readonly HazardSource[]>> = {
  TOWN_OFFICE: [HazardSource.STATION_GUIDANCE, HazardSource.EXPERT, HazardSource.REPORT, HazardSource.ENFORCEMENT],
  STATION: [HazardSource.STATION_GUIDANCE, HazardSource.EXPERT, HazardSource.REPORT, HazardSource.ENFORCEMENT],
  VILLAGE: [HazardSource.GRID_PATROL, HazardSource.REPORT],
  ENTERPRISE: [HazardSource.SELF_CHECK, HazardSource.EMPLOYEE_REPORT, HazardSource.EXPERT],
  WORKSHOP: [HazardSource.SELF_CHECK, HazardSource.EMPLOYEE_REPORT],
  POST: [HazardSource.SELF_CHECK, HazardSource.EMPLOYEE_REPORT],
}
export const report = (by: Actor, source: HazardSource): boolean => SOURCES[by.role]?.includes(source) ?? false

export const confirmMajor = (by: Actor): boolean => AUTHORITY.includes(by.role)

export function register(by: Actor, hazard: HazardRecord): boolean {
  if (hazard.stage !== HazardStage.DRAFT) return AUTHORITY.includes(by.role) || by.role === hazard.foundByRole
  if (AUTHORITY.includes(by.role)) return true
  if (major(hazard)) return false
  if (by.role === 'VILLAGE') return hazard.foundByRole === 'VILLAGE'
  return internal(hazard) && (by.role === 'ENTERPRISE' || (by.role === 'WORKSHOP' && hazard.foundByRole === 'POST'))
}

export function notify(by: Actor, hazard: HazardRecord): boolean {
  if (AUTHORITY.includes(by.role)) return true
  if (major(hazard)) return false
  if (by.role === 'VILLAGE') return hazard.foundByRole === 'VILLAGE' // a reminder, not an order
  return internal(hazard) && (by.role === 'ENTERPRISE' || by.role === 'WORKSHOP')
}

export const rectify = (by: Actor, _hazard: HazardRecord): boolean => INSIDE.includes(by.role)

/** Whoever stood there may record that it was put right at once. */
export const fixOnSpot = (by: Actor, _hazard: HazardRecord): boolean => INSIDE.includes(by.role) || AUTHORITY.includes(by.role) || by.role === 'VILLAGE'

export const approvePlan = (by: Actor, hazard: HazardRecord): boolean =>
  AUTHORITY.includes(by.role) || (!major(hazard) && internal(hazard) && by.role === 'ENTERPRISE')

/** 谁来复查 (domain.md §4.5). */
export function review(by: Actor, hazard: HazardRecord): boolean {
  if (hazard.listedAt && !hazard.delistedAt) return AUTHORITY.includes(by.role)
  if (major(hazard)) return AUTHORITY.includes(by.role)
  if (internal(hazard)) return by.role === 'ENTERPRISE' || (by.role === 'WORKSHOP' && hazard.foundByRole === 'POST')
  if (hazard.foundByRole === 'VILLAGE') return by.role === 'VILLAGE' || by.role === 'STATION' || (by.role === 'TOWN_OFFICE' && !hazard.station)
  if (hazard.foundByRole === 'STATION') return by.role === 'STATION' || (by.role === 'TOWN_OFFICE' && !hazard.station)
  return by.role === 'TOWN_OFFICE'
}

export const list = (by: Actor): boolean => by.role === 'TOWN_OFFICE'
export const transfer = (by: Actor): boolean => AUTHORITY.includes(by.role)
export const urge = (by: Actor, hazard: HazardRecord): boolean =>
  AUTHORITY.includes(by.role) || by.role === 'VILLAGE' || (internal(hazard) && by.role === 'ENTERPRISE')

export function voidIt(by: Actor, hazard: HazardRecord): boolean {
  if (by.role === 'TOWN_OFFICE') return true
  if (by.role === 'STATION') return hazard.foundByRole !== 'TOWN_OFFICE'
  if (major(hazard) || hazard.stage === HazardStage.PENDING_REVIEW) return false
  if (by.role === 'VILLAGE') return hazard.foundByRole === 'VILLAGE'
  return by.role === 'ENTERPRISE' && internal(hazard) && hazard.manageType === ManageType.DEADLINE && hazard.stage === HazardStage.DRAFT
}

export function decideExtension(by: Actor, hazard: HazardRecord): boolean {
  if (major(hazard)) return by.role === 'TOWN_OFFICE'
  if (internal(hazard)) return by.role === 'ENTERPRISE'
  if (hazard.foundByRole === 'TOWN_OFFICE' || !hazard.station) return by.role === 'TOWN_OFFICE'
  return by.role === 'STATION'
}

/** 指派: the enterprise names who is responsible inside it. */
export const assign = (by: Actor): boolean => by.role === 'ENTERPRISE' || by.role === 'WORKSHOP'
