import { graphql } from '../gql/remind'
import { useAct } from '../shared/useAct'

/** What is done with one hook from its row. */
export function useHookActs() {
  const { act: test } = useAct(
    graphql(`
      mutation TestHook($id: ID!) {
        hookTest(id: $id) {
          ok
          status
          outcome
        }
      }
    `),
  )
  const { act: pause } = useAct(
    graphql(`
      mutation PauseHook($id: ID!, $version: Int!) {
        hookPause(id: $id, version: $version) {
          ...Hook
        }
      }
    `),
  )
  const { act: resume } = useAct(
    graphql(`
      mutation ResumeHook($id: ID!, $version: Int!) {
        hookResume(id: $id, version: $version) {
          ...Hook
        }
      }
    `),
  )
  const { act: remove } = useAct(
    graphql(`
      mutation RemoveHook($id: ID!, $version: Int!) {
        hookRemove(id: $id, version: $version) {
          id
        }
      }
    `),
  )
  return { test, pause, resume, remove }
}
