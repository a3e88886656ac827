import { graphql } from '../gql/campaign'
import { ask, askReason, say } from '../shared/notices'
import { useAct } from '../shared/useAct'
import { words } from '../shared/words'

const { t } = words.global

/** 复制到新年度: asks for the year and opens the draft. */
export function useCopy(open: (campaign: { id: string }) => void) {
  const { act } = useAct(
    graphql(`
      mutation CopyCampaign($id: ID!, $year: Int!) {
        campaignCopy(id: $id, year: $year) {
          id
        }
      }
    `),
  )
  return async ({ id, year }: { id: string; year: number }) => {
    const typed = await askReason(`${t('campaign.copy')}（${year} →）`, t('campaign.copyText', { year: year + 1 }), 4)
    if (!typed) return
    if (!/^\d{4}$/.test(typed)) return void ask({ title: t('campaign.copy'), text: t('campaign.yearWrong') })
    const copied = await act({ id, year: Number(typed) })
    if (!copied) return
    say.done(t('campaign.copied'))
    open(copied.campaignCopy)
  }
}
