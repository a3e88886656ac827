import type { EnterprisePartsQuery } from '../gql/enterprise/graphql'

type Workshop = EnterprisePartsQuery['workshops']['nodes'][number]
type Post = EnterprisePartsQuery['posts']['nodes'][number]

/** What is added or changed: a workshop of an enterprise, or a post of a workshop; `row` when it stands already. */
export type Part = { kind: 'workshop'; enterprise: string; row?: Workshop } | { kind: 'post'; unit: string; row?: Post }
