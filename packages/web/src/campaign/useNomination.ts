import { graphql } from '../gql/campaign'
import { ask, askReason, say } from '../shared/notices'
import { useAct } from '../shared/useAct'
import { words } from '../shared/words'

const { t } = words.global
interface Seen {
  id: string
  version: number
}

/** A nomination is sent by the station; accepted or returned by the town office. */
export function useNomination(done: () => void) {
  const { act: submit } = useAct(
    graphql(`
      mutation SubmitNomination($id: ID!, $version: Int!) {
        nominationSubmit(id: $id, version: $version) {
          id
          version
          stage
        }
      }
    `),
  )
  const { act: decide } = useAct(
    graphql(`
      mutation DecideNomination($id: ID!, $version: Int!, $accepted: Boolean!, $remark: String) {
        nominationDecide(id: $id, version: $version, accepted: $accepted, remark: $remark) {
          id
          version
          stage
        }
      }
    `),
  )
  const over = (said: unknown, text: string) => {
    if (!said) return
    say.done(text)
    done()
  }
  return {
    submit: async ({ id, version }: Seen) => over(await submit({ id, version }), t('campaign.submitted')),
    async accept({ id, version }: Seen) {
      if (!(await ask({ title: t('campaign.accept'), text: t('campaign.acceptText') }))) return
      over(await decide({ id, version, accepted: true, remark: null }), t('campaign.accepted'))
    },
    async giveBack({ id, version }: Seen) {
      const remark = await askReason(t('campaign.returnTitle'), t('campaign.returnReason'))
      if (remark) over(await decide({ id, version, accepted: false, remark }), t('campaign.returned'))
    },
  }
}
