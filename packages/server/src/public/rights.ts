import type { Actor, Role } from '../shared/context.js'
import { PublicAct, type PublicStage, WAITING } from './terms.js'

/** Who reads reports at all; an enterprise and its people never (domain.md §9.5: the law protects informants). */
export const OFFICES: readonly Role[] = ['TOWN_OFFICE', 'STATION', 'VILLAGE', 'COUNTY']

interface Asked {
  stage: PublicStage
  station?: string | null
  contactKept: boolean
}

/**
 * Who decides (domain.md §1.9): the town office; the station it asked, about what it was asked. A village registers what
 * lies on its territory, but refuses nobody: it is a neighbour. The contact is for the town office and the station asked.
 */
export function publicActsOf(by: Actor, report: Asked): PublicAct[] {
  const waits = WAITING.includes(report.stage)
  const asked = by.role === 'STATION' && report.station === by.station
  const decides = by.role === 'TOWN_OFFICE' || asked
  const can: Record<PublicAct, boolean> = {
    TAKE: waits && report.stage === 'RECEIVED' && (decides || by.role === 'VILLAGE'),
    ASK: waits && by.role === 'TOWN_OFFICE',
    ACCEPT: waits && (decides || by.role === 'VILLAGE'),
    LINK: waits && (decides || by.role === 'VILLAGE'),
    REFUSE: waits && decides,
    CONTACT: report.contactKept && decides,
  }
  return (Object.keys(can) as PublicAct[]).filter((act) => can[act])
}
