import type { Actor, Role } from '../shared/context.js'

/** Who may do what to a risk point that lies in his scope (domain.md §1.9: risk grade). */
interface Standing {
  station?: string | null
}
const INSIDE: readonly Role[] = ['ENTERPRISE', 'WORKSHOP']

/** The enterprise assesses, the workshop head his own workshop (the scope sees to that). */
export const assess = (by: Actor, _point: Standing): boolean => INSIDE.includes(by.role)

/** The station of the trade confirms orange and red; where there is none, the town office. */
export const confirm = (by: Actor, point: Standing): boolean => by.role === 'STATION' || (by.role === 'TOWN_OFFICE' && !point.station)

export const askReview = (by: Actor, point: Standing): boolean => assess(by, point) || by.role === 'STATION' || by.role === 'TOWN_OFFICE'

/** 调整企业颜色 is the station's, with reason and end. */
export const override = confirm
