import { graphql } from '../gql/campaign'
import { askReason, say } from '../shared/notices'
import { useAct } from '../shared/useAct'
import { words } from '../shared/words'

const { t } = words.global
interface Step {
  id: string
  version: number
  text: string
}

/** What the station does with the steps of a plan. */
export function usePolicySteps(done: () => void) {
  const { act: finish } = useAct(
    graphql(`
      mutation FinishPolicyStep($id: ID!, $version: Int!, $result: String!) {
        policyStepFinish(id: $id, version: $version, result: $result) {
          id
          version
        }
      }
    `),
  )
  const { act: drop } = useAct(
    graphql(`
      mutation DropPolicyStep($id: ID!, $version: Int!, $reason: String!) {
        policyStepDrop(id: $id, version: $version, reason: $reason) {
          id
          version
        }
      }
    `),
  )
  return {
    async finish({ id, version, text }: Step) {
      const result = await askReason(`${t('campaign.finishTitle')}：${text}`, t('campaign.finishResult'))
      if (!result || !(await finish({ id, version, result }))) return
      say.done(t('campaign.finished'))
      done()
    },
    async drop({ id, version, text }: Step) {
      const reason = await askReason(`${t('campaign.dropStep')}：${text}`, t('campaign.dropStepReason'))
      if (!reason || !(await drop({ id, version, reason }))) return
      say.done(t('campaign.stepDropped'))
      done()
    },
  }
}
