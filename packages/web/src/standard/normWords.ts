import type { NormKind, NormStatus } from '../gql/standard/graphql'

export const KINDS: readonly NormKind[] = ['INSPECTION_CHECKLIST', 'GUIDE', 'COMPLIANCE_RULES', 'INSPECTION_GUIDELINE']
export const STATUS_LOOK = { DRAFT: 'orange', PUBLISHED: 'green', FROZEN: 'blue', SUPERSEDED: 'grey' } as const satisfies Record<NormStatus, string>
