import type { Actor } from '../shared/context.js'
import * as may from './rights.js'
import { RiskAct } from './terms.js'

export const RISK_ACT_NEEDS = ['station', 'endedOn', 'color', 'awaitsConfirmation']

interface Row {
  station?: string | null
  endedOn?: string | null
  color?: string | null
  awaitsConfirmation?: boolean | number
}
const REPORTERS = ['TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'POST']

export function actsOf(by: Actor, point: Row): RiskAct[] {
  if (point.endedOn) return []
  const own = may.assess(by, point)
  const can: Record<RiskAct, boolean> = {
    EDIT: own,
    ASSESS: own,
    REVIEW: own && !!point.color,
    MEASURE: own,
    END: own && !(point.awaitsConfirmation && (point.color === 'RED' || point.color === 'ORANGE')),
    CONFIRM: !!point.awaitsConfirmation && may.confirm(by, point),
    ASK_REVIEW: may.askReview(by, point),
    REPORT_HAZARD: REPORTERS.includes(by.role),
  }
  return (Object.keys(can) as RiskAct[]).filter((act) => can[act])
}
