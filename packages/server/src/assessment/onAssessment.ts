import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { act } from '../shared/act.js'
import type { Context, Role, SignedIn } from '../shared/context.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { Assessment, AssessmentAnswer } from './assessment.entity.js'
import { StandardElement } from './standard.entity.js'

export interface Seen {
  id: string
  version: number
}

/** One act on one assessment, as the actor may see it and in the version he saw. */
export function onAssessment(
  context: Context,
  name: string,
  { id, version }: Seen,
  roles: readonly Role[],
  work: (assessment: Assessment, em: SqlEntityManager, ctx: SignedIn) => void | Promise<void>,
  reason?: string,
): Promise<Assessment> {
  const ctx = signedIn(context, ...roles)
  return act(
    ctx,
    name,
    async ({ em }) => {
      const assessment = await em.findOne(Assessment, { id })
      if (!assessment) throw notFound('自评')
      if (assessment.version !== version) throw conflict()
      await work(assessment, em, ctx)
      return assessment
    },
    reason,
  )
}

/** The item of the form that an answer is about; a branch has no answer. */
export async function itemOf(em: SqlEntityManager, assessment: Assessment, id: string): Promise<StandardElement> {
  const element = await em.findOne(StandardElement, { id, standard: assessment.standard.id })
  if (element?.pointsTenths == null) throw new Refusal('NOT_FOUND', '评定标准中没有这一条', { field: 'element' })
  return element
}

/** The answer to an item, made when there is none yet; it stands where its assessment stands. */
export async function answerOf(em: SqlEntityManager, assessment: Assessment, element: StandardElement, createdAt: string): Promise<AssessmentAnswer> {
  const known = await em.findOne(AssessmentAnswer, { assessment: assessment.id, element: element.id })
  if (known) return known
  const { enterprise, division, station } = assessment
  const answer = Object.assign(new AssessmentAnswer(), { enterprise, division, ...(station ? { station } : {}), createdAt })
  answer.assessment = ref(assessment)
  answer.element = ref(element)
  em.persist(answer)
  return answer
}
