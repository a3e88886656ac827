import { HazardSource } from '../hazard/terms.js'
import type { Role } from '../shared/context.js'
import { half, sameKey } from '../shared/sameKey.js'
import { source as kinds } from './choices.js'
import type { Places } from './places.js'

/** Who found a recorded hazard, as far as rules ask. */
export interface Finder {
  source: HazardSource
  role: Extract<Role, 'TOWN_OFFICE' | 'STATION' | 'VILLAGE' | 'ENTERPRISE' | 'POST'>
}

/** Kinds of check that say more than who checked. */
const TELLING: readonly HazardSource[] = [HazardSource.ENFORCEMENT, HazardSource.EXPERT, HazardSource.REPORT, HazardSource.EMPLOYEE_REPORT]
const OWN: readonly HazardSource[] = [HazardSource.SELF_CHECK, HazardSource.EMPLOYEE_REPORT]
const SELF = /自查|自检|本单位|本企业|^企业$|^单位$|安全员/
const OUTSIDE_EXPERT = /专家|第三方|服务机构|技术服务|咨询|评价/
const VILLAGE = /村|社区|居委|网格/

/** The unit that checked decides who found it; the kind of the check decides how, unless the two cannot both be. */
export function finderOf(unit: string | undefined, kind: string | undefined, enterpriseName: string, places: Places): Finder {
  const told = kind ? (kinds.find(kind) ?? likeKind(kind)) : undefined
  const role = unit ? roleOf(unit, enterpriseName, places) : undefined
  if (!role) return { source: told ?? HazardSource.STATION_GUIDANCE, role: roleOfKind(told) }
  if (role === 'ENTERPRISE') return { source: told && OWN.includes(told) ? told : HazardSource.SELF_CHECK, role }
  if (role === 'VILLAGE') return { source: told === HazardSource.REPORT ? told : HazardSource.GRID_PATROL, role }
  if (OUTSIDE_EXPERT.test(half(unit!))) return { source: HazardSource.EXPERT, role }
  return { source: told && TELLING.includes(told) && !OWN.includes(told) ? told : HazardSource.STATION_GUIDANCE, role }
}

function roleOf(unit: string, enterpriseName: string, places: Places): Finder['role'] {
  const text = half(unit)
  if (SELF.test(text) || sameKey(text) === sameKey(enterpriseName)) return 'ENTERPRISE'
  const station = places.findStation(text)
  if (station) return station.code === 'EMERGENCY_OFFICE' ? 'TOWN_OFFICE' : 'STATION'
  return places.findVillage(text) || VILLAGE.test(text) ? 'VILLAGE' : 'TOWN_OFFICE'
}

const roleOfKind = (kind: HazardSource | undefined): Finder['role'] =>
  kind === HazardSource.SELF_CHECK
    ? 'ENTERPRISE'
    : kind === HazardSource.EMPLOYEE_REPORT
      ? 'POST'
      : kind === HazardSource.GRID_PATROL
        ? 'VILLAGE'
        : 'TOWN_OFFICE'

const likeKind = (kind: string): HazardSource | undefined => {
  const text = half(kind)
  if (/自查|自检/.test(text)) return HazardSource.SELF_CHECK
  if (/执法/.test(text)) return HazardSource.ENFORCEMENT
  if (OUTSIDE_EXPERT.test(text)) return HazardSource.EXPERT
  if (/举报|投诉|信访/.test(text)) return HazardSource.REPORT
  return /网格|村/.test(text) ? HazardSource.GRID_PATROL : undefined
}
