import { graphql } from '../gql/report'
import { useAct } from '../shared/useAct'

/** The ways of a summary up the line and back. */
export function useSummaryActs() {
  const { act: submit, busy: submitting } = useAct(
    graphql(`
      mutation SubmitSummary($id: ID!, $version: Int!, $missing: [NamedMissing!]) {
        summarySubmit(id: $id, version: $version, missing: $missing) {
          id
          version
          state
        }
      }
    `),
  )
  const { act: accept, busy: accepting } = useAct(
    graphql(`
      mutation AcceptSummary($id: ID!, $version: Int!) {
        summaryAccept(id: $id, version: $version) {
          id
          version
          state
        }
      }
    `),
  )
  const { act: giveBack } = useAct(
    graphql(`
      mutation ReturnSummary($id: ID!, $version: Int!, $reason: String!) {
        summaryReturn(id: $id, version: $version, reason: $reason) {
          id
          version
          state
        }
      }
    `),
  )
  const { act: reopen } = useAct(
    graphql(`
      mutation ReopenSummary($id: ID!, $version: Int!, $reason: String!) {
        summaryReopen(id: $id, version: $version, reason: $reason) {
          id
          version
          state
        }
      }
    `),
  )
  return { submit, submitting, accept, accepting, giveBack, reopen }
}
