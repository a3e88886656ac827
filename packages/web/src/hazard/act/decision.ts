import { graphql } from '../../gql/hazard'
import { act, orNull } from './field'

interface Decision {
  extension: { id: string; version: number }
  approve: boolean
}

/** 审批延期: a refusal says why. */
export const decision = act(
  graphql(`
    mutation ExtensionDecide($id: ID!, $version: Int!, $approve: Boolean!, $opinion: String) {
      extensionDecide(id: $id, version: $version, approve: $approve, opinion: $opinion) {
        id
        version
        dueOn
        extensions
        acts
      }
    }
  `),
  ({ extension, approve }: Decision, given) => ({ id: extension.id, version: extension.version, approve, opinion: orNull(given, 'opinion') }),
  { fields: ({ approve }: Decision) => [{ key: 'opinion', kind: 'text', label: 'hazard.act.opinion', most: 500, needed: !approve }] },
)
