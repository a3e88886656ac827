import { useI18n } from 'vue-i18n'
import { graphql } from '../gql/dossier'
import { askReason, say } from '../shared/notices'
import { useAct } from '../shared/useAct'

/** The station's answer to a document: accepted, or returned with a reason. */
export function useReview(done: () => void) {
  const { t } = useI18n()
  const { act: accept } = useAct(
    graphql(`
      mutation AcceptDossierDocument($id: ID!, $version: Int!) {
        dossierDocumentAccept(id: $id, version: $version) {
          id
          version
          state
          inForce
        }
      }
    `),
  )
  const { act: giveBack } = useAct(
    graphql(`
      mutation ReturnDossierDocument($id: ID!, $version: Int!, $reason: String!) {
        dossierDocumentReturn(id: $id, version: $version, reason: $reason) {
          id
          version
          state
          returnReason
        }
      }
    `),
  )
  return {
    accept: async ({ id, version }: { id: string; version: number }) => {
      if (!(await accept({ id, version }))) return
      say.done(t('dossier.accepted'))
      done()
    },
    giveBack: async ({ id, version, title }: { id: string; version: number; title: string | null }) => {
      const reason = await askReason(t('dossier.returnOne', { title: title ?? '' }), t('dossier.returnReason'))
      if (!reason || !(await giveBack({ id, version, reason }))) return
      say.done(t('dossier.returned'))
      done()
    },
  }
}
