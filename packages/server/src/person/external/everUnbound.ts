import type { SqlEntityManager } from '@mikro-orm/sql'
import { run } from '../../shared/run.js'
import type { Person } from '../person.entity.js'

/**
 * Somebody has taken the county's way in from this account: a name or a phone does not open it again, only he himself with his
 * password or the admin does. The log knows; the account itself looks like one that nobody has ever bound.
 */
export async function everUnbound(em: SqlEntityManager, person: Person): Promise<boolean> {
  const found = await run(em, `select 1 as one from change where thing = 'Person' and record = ? and act = 'accountUnlink' limit 1`, [person.id])
  return found.length > 0
}
