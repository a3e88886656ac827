import { graphql } from '../gql/question'
import type { QuestionFactsFragment } from '../gql/question/graphql'
import { plainGraph } from '../shared/graph'
import { say } from '../shared/notices'
import { useAct } from '../shared/useAct'
import { words } from '../shared/words'

const NEWEST = graphql(`
  query NewestVersion($id: ID!) {
    questionVersions(id: $id) {
      number
    }
  }
`)
type Seen = Pick<QuestionFactsFragment, 'id' | 'version' | 'name'>

/** What the owner of a question does with it besides changing what it asks. */
export function useQuestionActs() {
  const { t } = words.global
  const { act: removing } = useAct(
    graphql(`
      mutation RemoveQuestion($id: ID!, $version: Int!) {
        questionRemove(id: $id, version: $version) {
          ...QuestionFacts
        }
      }
    `),
  )
  const { act: restoring } = useAct(
    graphql(`
      mutation RestoreQuestion($id: ID!, $version: Int!, $to: Int!) {
        questionRestore(id: $id, version: $version, to: $to) {
          ...QuestionFacts
        }
      }
    `),
  )
  const { act: scheduling, busy: schedulingNow } = useAct(
    graphql(`
      mutation ScheduleQuestion($id: ID!, $version: Int!, $monthly: Boolean!) {
        questionSchedule(id: $id, version: $version, monthly: $monthly) {
          ...QuestionFacts
        }
      }
    `),
  )
  const seen = ({ id, version }: Seen) => ({ id, version })

  return {
    schedulingNow,
    async remove(question: Seen) {
      const done = await removing(seen(question))
      if (done) say.done(t('question.removedNow', { name: question.name }))
      return !!done
    },
    /** A removed question comes back as it was last. */
    async bringBack(question: Seen) {
      const { data } = await plainGraph.query(NEWEST, { id: question.id }).toPromise()
      const newest = data?.questionVersions[0]
      if (newest && (await restoring({ ...seen(question), to: newest.number }))) say.done(t('question.broughtBack', { name: question.name }))
    },
    async restore(question: Seen, to: number) {
      const done = await restoring({ ...seen(question), to })
      if (done) say.done(t('question.restoredNow', { n: to }))
      return !!done
    },
    async schedule(question: Seen, monthly: boolean) {
      const done = await scheduling({ ...seen(question), monthly })
      if (done) say.done(t(monthly ? 'question.scheduledNow' : 'question.unscheduledNow'))
    },
  }
}
