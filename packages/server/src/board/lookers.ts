import type { Role } from '../shared/context.js'

/** A board shows other enterprises' hazards in sum: for the authorities and for who holds a link, not for an enterprise. */
export const LOOKERS: readonly Role[] = ['BOARD', 'ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'COUNTY']
