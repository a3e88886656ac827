import { useI18n } from 'vue-i18n'
import { graphql } from '../gql/risk'
import { ask, askReason, say } from '../shared/notices'
import { useAct } from '../shared/useAct'

interface Point {
  id: string
  version: number
  name: string
}

/** What needs no more than a yes or a reason. */
export function usePointActs() {
  const { t } = useI18n()
  const confirming = useAct(
    graphql(`
      mutation ConfirmRisk($id: ID!, $version: Int!) {
        riskPointConfirm(id: $id, version: $version) {
          id
          version
          awaitsConfirmation
          acts
        }
      }
    `),
  )
  const ending = useAct(
    graphql(`
      mutation EndRisk($id: ID!, $version: Int!, $reason: String!) {
        riskPointEnd(id: $id, version: $version, reason: $reason) {
          id
          version
          endedOn
          endReason
          acts
        }
      }
    `),
  )
  return {
    confirm: async ({ id, version, name }: Point) => {
      if (!(await ask({ title: t('risk.act.confirm'), text: t('risk.confirmText', { name }) }))) return
      if (await confirming.act({ id, version })) say.done(t('risk.confirmed'))
    },
    end: async ({ id, version, name }: Point) => {
      const reason = await askReason(t('risk.act.end'), t('risk.endText', { name }))
      if (reason && (await ending.act({ id, version, reason }))) say.done(t('shared.saved'))
    },
  }
}
