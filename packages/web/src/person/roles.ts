import type { Level } from '../shared/place/usePlaces'
import type { Role } from '../shared/session'

interface Needs {
  /** Where an account of the role stands; an enterprise's people stand where it stands. */
  level?: Level
  station?: 'needed' | 'may'
  enterprise?: boolean
  workshop?: boolean
}

/** What has to be filled in for an account of each role. */
export const NEEDS = {
  TOWN_OFFICE: { level: 'TOWN', station: 'may' },
  STATION: { level: 'TOWN', station: 'needed' },
  VILLAGE: { level: 'VILLAGE' },
  ENTERPRISE: { enterprise: true },
  WORKSHOP: { enterprise: true, workshop: true },
  POST: { enterprise: true, workshop: true },
  COUNTY: { level: 'COUNTY' },
  ADMIN: { level: 'COUNTY' },
} satisfies Record<Role, Needs>

export const ROLES = Object.keys(NEEDS) as Role[]
export const needsOf = (role: Role): Needs => NEEDS[role]
