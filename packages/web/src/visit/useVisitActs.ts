import { useI18n } from 'vue-i18n'
import { graphql } from '../gql/visit'
import { askReason, say } from '../shared/notices'
import { useAct } from '../shared/useAct'

interface Acted {
  id: string
  version: number
  kind: string
  enterprise?: { id: string; name: string } | null
}

/** What is done to a visit beside the check itself. */
export function useVisitActs(done: () => void) {
  const { t } = useI18n()
  const { act: cancelVisit } = useAct(
    graphql(`
      mutation CancelVisit($id: ID!, $version: Int!, $reason: String!) {
        visitCancel(id: $id, version: $version, reason: $reason) {
          id
          version
          state
          cancelCause
        }
      }
    `),
  )
  const { act: allow } = useAct(
    graphql(`
      mutation ExceedCap($enterprise: ID!, $reason: String!) {
        visitExceed(enterprise: $enterprise, reason: $reason) {
          id
        }
      }
    `),
  )
  const named = ({ kind, enterprise }: Acted) => ({ name: enterprise?.name ?? '', kind: t(`visit.kindName.${kind}`) })
  return {
    named,
    async cancel(visit: Acted) {
      const reason = await askReason(t('visit.cancelTitle', named(visit)), t('visit.cancelReason'))
      if (!reason || !(await cancelVisit({ id: visit.id, version: visit.version, reason }))) return
      say.done(t('visit.cancelled'))
      done()
    },
    async exceed(enterprise: { id: string; name: string }) {
      const reason = await askReason(t('visit.exceedTitle', { name: enterprise.name }), t('visit.exceedHint'))
      if (!reason || !(await allow({ enterprise: enterprise.id, reason }))) return
      say.done(t('visit.exceeded'))
      done()
    },
  }
}
