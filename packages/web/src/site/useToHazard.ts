import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { graphql } from '../gql/site'
import { ask, say } from '../shared/notices'
import { useAct } from '../shared/useAct'

interface Row {
  id: string
  version: number
}

/** 一键转隐患: asked once, made, and said under which number it stands now. */
export function useToHazard() {
  const { t } = useI18n()
  const router = useRouter()
  const score = useAct(
    graphql(`
      mutation ScoreToHazard($id: ID!, $version: Int!) {
        fiveSScoreToHazard(id: $id, version: $version) {
          id
          number
        }
      }
    `),
  )
  const violation = useAct(
    graphql(`
      mutation ViolationToHazard($id: ID!, $version: Int!) {
        violationToHazard(id: $id, version: $version) {
          id
          number
        }
      }
    `),
  )
  const task = useAct(
    graphql(`
      mutation TaskToHazard($id: ID!, $version: Int!) {
        signTaskToHazard(id: $id, version: $version) {
          id
          number
        }
      }
    `),
  )
  const made = (hazard: { id: string; number: string } | undefined): boolean => {
    if (hazard) say.done(t('site.madeHazard', { number: hazard.number }))
    return !!hazard
  }
  const sure = (what: string) => ask({ title: t('site.toHazard'), text: t('site.toHazardAsk', { what }) })
  return {
    see: (id: string) => router.push({ name: 'hazard', params: { id } }),
    ofScore: async ({ id, version }: Row, what: string) => (await sure(what)) && made((await score.act({ id, version }))?.fiveSScoreToHazard),
    ofViolation: async ({ id, version }: Row, what: string) => (await sure(what)) && made((await violation.act({ id, version }))?.violationToHazard),
    ofTask: async ({ id, version }: Row, what: string) => (await sure(what)) && made((await task.act({ id, version }))?.signTaskToHazard),
  }
}
