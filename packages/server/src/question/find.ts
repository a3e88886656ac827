import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Actor, SignedIn } from '../shared/context.js'
import { conflict, notFound } from '../shared/refusal.js'
import { Question } from './question.entity.js'
import { sees } from './visible.js'

/** The question of that id or address name, if the reader may see it. */
export async function questionFor({ em, actor }: Pick<SignedIn, 'em' | 'actor'>, key: string): Promise<Question | null> {
  const found = await em.findOne(Question, { $or: [{ id: key }, { slug: key }] })
  return found && sees(actor, found) ? found : null
}

/** One's own question as one saw it, to be changed inside an act; another's that is in sight is refused by name. */
export async function ownedQuestion(em: SqlEntityManager, by: Actor, id: string, version: number | null | undefined): Promise<Question> {
  const question = await em.findOne(Question, { id })
  if (!question || !sees(by, question)) throw notFound('问题')
  question.needOwner(by)
  if (question.version !== version) throw conflict()
  return question
}
