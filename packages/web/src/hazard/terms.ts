import type { HazardCategory, HazardFactor, HazardSource } from '../gql/hazard/graphql'
import type { Role } from '../shared/session'

export const FACTORS: readonly HazardFactor[] = ['OBJECT', 'PERSON', 'ENVIRONMENT', 'MANAGEMENT']
export const SOURCES: readonly HazardSource[] = ['SELF_CHECK', 'EMPLOYEE_REPORT', 'GRID_PATROL', 'STATION_GUIDANCE', 'ENFORCEMENT', 'EXPERT', 'REPORT']
export const CATEGORIES: readonly HazardCategory[] = [
  'FIRE',
  'ELECTRICAL',
  'MECHANICAL',
  'GAS',
  'HAZCHEM',
  'DUST',
  'CONFINED',
  'SPECIAL_EQUIP',
  'VEHICLE',
  'FALL',
  'COLLAPSE',
  'POISONING',
  'OCC_HEALTH',
  'STATIC',
  'TRAINING',
  'QUALIFICATION',
  'CONTRACTOR',
  'EMERGENCY',
  'SECURITY',
  'OTHER',
]

/** The sources a role may name: a village patrols, a station guides, the enterprise checks itself. The server refuses any other. */
const BY_ROLE: Partial<Record<Role, readonly HazardSource[]>> = {
  TOWN_OFFICE: ['STATION_GUIDANCE', 'EXPERT', 'REPORT', 'ENFORCEMENT'],
  STATION: ['STATION_GUIDANCE', 'EXPERT', 'REPORT', 'ENFORCEMENT'],
  VILLAGE: ['GRID_PATROL', 'REPORT'],
  ENTERPRISE: ['SELF_CHECK', 'EMPLOYEE_REPORT', 'EXPERT'],
  WORKSHOP: ['SELF_CHECK', 'EMPLOYEE_REPORT'],
  POST: ['EMPLOYEE_REPORT', 'SELF_CHECK'],
}
export const sourcesOf = (role: Role | undefined): readonly HazardSource[] => (role && BY_ROLE[role]) ?? []
