import type { DossierPart } from '../gql/dossier/graphql'

/** In the order of the plan. */
export const PARTS: readonly DossierPart[] = [
  ...(['BASICS', 'RESPONSIBILITY', 'RULES', 'TRAINING', 'EQUIPMENT', 'SITE', 'RISK', 'HAZARDS', 'EMERGENCY', 'ACCIDENTS', 'IMPROVEMENT'] as const),
]
