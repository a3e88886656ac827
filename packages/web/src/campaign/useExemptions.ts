import { graphql } from '../gql/campaign'
import { askReason, say } from '../shared/notices'
import { isRole } from '../shared/session'
import { useAct } from '../shared/useAct'
import { words } from '../shared/words'

const { t } = words.global
interface Exemption {
  id: string
  version: number
  name: string
}

/** 豁免: asked for, granted, refused, taken back. */
export function useExemptions(done: () => void) {
  const { act: exempt } = useAct(
    graphql(`
      mutation Exempt($task: ID!, $unit: ID!, $reason: String!) {
        campaignExempt(task: $task, unit: $unit, reason: $reason) {
          id
        }
      }
    `),
  )
  const { act: decide } = useAct(
    graphql(`
      mutation DecideExemption($id: ID!, $version: Int!, $granted: Boolean!, $remark: String) {
        campaignExemptionDecide(id: $id, version: $version, granted: $granted, remark: $remark) {
          id
        }
      }
    `),
  )
  const { act: withdraw } = useAct(
    graphql(`
      mutation WithdrawExemption($id: ID!, $version: Int!, $reason: String!) {
        campaignExemptionWithdraw(id: $id, version: $version, reason: $reason) {
          id
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
    async exempt(task: string, { id: unit, name }: { id: string; name: string }) {
      const reason = await askReason(t('campaign.exemptTitle', { name }), t('campaign.exemptReason'))
      if (reason) over(await exempt({ task, unit, reason }), t(isRole('TOWN_OFFICE') ? 'campaign.exempting' : 'campaign.askedExempt'))
    },
    async grant({ id, version }: Exemption) {
      over(await decide({ id, version, granted: true, remark: null }), t('campaign.granted'))
    },
    async refuse({ id, version, name }: Exemption) {
      const remark = await askReason(t('campaign.refuseTitle', { name }), t('campaign.refuseReason'))
      if (remark) over(await decide({ id, version, granted: false, remark }), t('campaign.refused'))
    },
    async withdraw({ id, version, name }: Exemption) {
      const reason = await askReason(t('campaign.withdrawTitle', { name }), t('campaign.withdrawReason'))
      if (reason) over(await withdraw({ id, version, reason }), t('campaign.withdrawn'))
    },
  }
}
