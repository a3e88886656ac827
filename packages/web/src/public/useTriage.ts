import { shallowRef } from 'vue'
import { graphql } from '../gql/public'
import type { TriageSubjectFragment } from '../gql/public/graphql'
import { askReason, say } from '../shared/notices'
import { useAct } from '../shared/useAct'
import { words } from '../shared/words'

graphql(`
  fragment TriageSubject on PublicReport {
    id
    version
    stage
    acts
    content
    place
    enterprise {
      id
      name
    }
    files {
      id
      url
      thumb
    }
  }
`)

/** The acts that need a sentence at most. */
export function useTriage(report: () => TriageSubjectFragment | undefined) {
  const { t } = words.global
  const informant = shallowRef<{ name: string; phone: string }>()
  const { act: takeUp } = useAct(
    graphql(`
      mutation TakeReport($id: ID!, $version: Int!) {
        publicReportTake(id: $id, version: $version) {
          ...TriageSubject
          takenAt
        }
      }
    `),
  )
  const { act: turnDown } = useAct(
    graphql(`
      mutation RefuseReport($id: ID!, $version: Int!, $answer: String!) {
        publicReportRefuse(id: $id, version: $version, answer: $answer) {
          ...TriageSubject
          answer
          decidedAt
        }
      }
    `),
  )
  const { act: reveal } = useAct(
    graphql(`
      mutation RevealInformant($id: ID!, $reason: String!) {
        publicReportContact(id: $id, reason: $reason) {
          name
          phone
        }
      }
    `),
  )
  const subject = () => ({ id: report()!.id, version: report()!.version })
  return {
    informant,
    async take() {
      if (await takeUp(subject())) say.done(t('public.done.TAKE'))
    },
    async refuse() {
      const answer = await askReason(t('public.refuseAnswer'), t('public.refuseHint'), 6)
      if (answer && (await turnDown({ ...subject(), answer }))) say.done(t('public.done.REFUSE'))
    },
    async contact() {
      const reason = await askReason(t('public.acts.CONTACT'), t('public.why'), 4)
      const seen = reason && (await reveal({ id: report()!.id, reason }))
      if (seen) informant.value = seen.publicReportContact
    },
  }
}
