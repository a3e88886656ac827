import { ref } from '@mikro-orm/core'
import type { Enterprise } from '../enterprise/enterprise.entity.js'
import { instant } from '../shared/days.js'
import { RiskStanding } from './riskStanding.entity.js'
import type { RiskColor } from './terms.js'

/** What an enterprise's colour is counted from. */
export interface Counted {
  red: number
  orange: number
  yellow: number
  blue: number
  unrated: number
  computed?: RiskColor | undefined
  /** The first of its worst points. */
  worst?: string | undefined
  overdueMajors: number
  lateHazard?: string | undefined
}
export const NOTHING: Counted = { red: 0, orange: 0, yellow: 0, blue: 0, unrated: 0, overdueMajors: 0 }

/** The standing of an enterprise that has had none. */
export const stand = (firm: Enterprise, now: Date): RiskStanding =>
  Object.assign(new RiskStanding(), {
    enterprise: ref(firm),
    division: firm.division,
    ...(firm.station ? { station: firm.station } : {}),
    createdAt: instant(now),
  })
