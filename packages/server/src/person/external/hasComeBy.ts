import type { SqlEntityManager } from '@mikro-orm/sql'
import { run } from '../../shared/run.js'
import type { Person } from '../person.entity.js'

/** Whether anybody has come in by the identity that is bound to an account. */
export async function hasComeBy(em: SqlEntityManager, person: Person): Promise<boolean> {
  const bound = `select max(at) from change where thing = 'Person' and record = ? and act = 'accountLink'`
  const found = await run(em, `select 1 as one from session where person_id = ? and way = 'OIDC' and created_at >= (${bound}) limit 1`, [person.id, person.id])
  return found.length > 0
}
