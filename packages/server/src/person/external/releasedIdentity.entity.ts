import { Entity, PrimaryKey } from '@mikro-orm/decorators/legacy'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { hashToken } from '../authenticate.js'

/**
 * Identities of the county that have been taken off an account, as hashes: to know one again when it comes, not to tell who it
 * was. An account keeps its identity only as long as it is bound, and the log tells that it was, not to whom.
 */
@Entity({ tableName: 'released_identity' })
export class ReleasedIdentity {
  @PrimaryKey({ type: 'string', length: 64 }) hash!: string
}

export const everReleased = async (em: SqlEntityManager, subject: string): Promise<boolean> =>
  (await em.count(ReleasedIdentity, { hash: hashToken(subject) })) > 0

export async function noteReleased(em: SqlEntityManager, subject: string): Promise<void> {
  if (!(await everReleased(em, subject))) em.persist(Object.assign(new ReleasedIdentity(), { hash: hashToken(subject) }))
}
