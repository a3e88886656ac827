import type { HazardAct } from '../../gql/hazard/graphql'
import { BESIDE, BESIDE_ACTS } from './beside'
import { CLOSING, CLOSING_ACTS } from './closing'
import type { ActSpec } from './field'
import type { Subject } from './subject'

export const ACTS: Record<HazardAct, ActSpec<Subject>> = { ...CLOSING, ...BESIDE }

/** What moves the hazard on stands in front; what is done beside the way to closure follows. */
const ORDER: readonly HazardAct[] = [...CLOSING_ACTS, ...BESIDE_ACTS]
export const inOrder = (acts: readonly HazardAct[]) => ORDER.filter((one) => acts.includes(one))
export const movesOn = (act: HazardAct) => (CLOSING_ACTS as readonly HazardAct[]).includes(act)
