import { graphql } from '../gql/campaign'
import { ask, askReason, say } from '../shared/notices'
import { useAct } from '../shared/useAct'
import { words } from '../shared/words'

const { t } = words.global
interface Seen {
  id: string
  version: number
  title: string
}

/** What the town office does with a campaign and its tasks beside writing them. */
export function useCampaignActs(done: () => void) {
  const over = (said: unknown, text: string) => {
    if (!said) return
    say.done(text)
    done()
  }
  const { act: start } = useAct(
    graphql(`
      mutation StartCampaign($id: ID!, $version: Int!) {
        campaignStart(id: $id, version: $version) {
          id
          version
          stage
        }
      }
    `),
  )
  const { act: close } = useAct(
    graphql(`
      mutation CloseCampaign($id: ID!, $version: Int!, $note: String!) {
        campaignClose(id: $id, version: $version, note: $note) {
          id
          version
          stage
        }
      }
    `),
  )
  const { act: drop } = useAct(
    graphql(`
      mutation DropCampaignTask($id: ID!, $version: Int!, $reason: String!) {
        campaignTaskDrop(id: $id, version: $version, reason: $reason) {
          id
        }
      }
    `),
  )
  return {
    async startIt({ id, version, title }: Seen) {
      if (!(await ask({ title: `${t('campaign.start')}：${title}`, text: t('campaign.startText') }))) return
      over(await start({ id, version }), t('campaign.started'))
    },
    async closeIt({ id, version, title }: Seen) {
      const note = await askReason(t('campaign.closeTitle', { name: title }), t('campaign.closeNote'))
      if (note) over(await close({ id, version, note }), t('campaign.closed'))
    },
    async dropIt({ id, version, title }: Seen) {
      const reason = await askReason(`${t('campaign.dropTask')}：${title}`, t('campaign.dropReason'))
      if (reason) over(await drop({ id, version, reason }), t('campaign.dropped'))
    },
  }
}
