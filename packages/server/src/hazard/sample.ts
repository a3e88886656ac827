import { ref } from '@mikro-orm/core'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Actor, Role } from '../shared/context.js'
import { Hazard } from './hazard.entity.js'
import { HazardFactor, HazardSeverity, HazardSource, HazardStage, ManageType } from './terms.js'

/** People and hazards for tests: each builds only what differs. */
export const at = (day: string, time = '10:00') => new Date(`${day}T${time}:00+08:00`)

export const somebody = (id: string, role: Role, more: Partial<Actor> = {}): Actor => ({
  id,
  name: id,
  role,
  scope: { division: '350524106' },
  mustChangePassword: false,
  ...more,
})

export function aHazard(differs: Partial<Hazard> = {}): Hazard {
  const hazard = new Hazard()
  const enterprise = new Enterprise()
  return Object.assign(hazard, {
    number: 'YH-202603-106201-0001',
    stage: HazardStage.DRAFT,
    enterprise: ref(enterprise),
    division: '350524106201',
    station: 'INDUSTRY_STATION',
    description: '配电箱敞开',
    place: '杀青车间',
    factor: HazardFactor.OBJECT,
    severity: HazardSeverity.GENERAL,
    source: HazardSource.STATION_GUIDANCE,
    manageType: ManageType.DEADLINE,
    foundOn: '2026-03-02',
    foundByRole: 'STATION',
    createdAt: at('2026-03-02').toISOString(),
    ...differs,
  })
}
