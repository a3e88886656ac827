import type { Actor, SignedIn } from '../shared/context.js'
import { both, sql, type Sql } from '../shared/read/sql.js'
import { divisionRange } from '../shared/scope.js'
import { type Question, QuestionSharing } from './question.entity.js'

/**
 * Whose question it is, or for whom it is shared: the people of that territory and trade and those who oversee it. The
 * same rule as `sees`, on alias t.
 */
export function visibleSql({ actor: { id, scope } }: Pick<SignedIn, 'actor'>): Sql {
  const [low, high] = divisionRange(scope.division)
  const shared = both(
    sql`t.sharing = ${QuestionSharing.SHARED}`,
    sql`t.archived_at is null`,
    sql`(t.division >= ${low} and t.division < ${high}) or ${scope.division} like t.division || '%'`,
    ...(scope.station === undefined ? [] : [sql`t.station is null or t.station = ${scope.station}`]),
  )
  return sql`t.owner = ${id} or (${shared})`
}

export const sees = ({ id, scope }: Actor, question: Question): boolean =>
  question.owner === id ||
  (question.sharing === QuestionSharing.SHARED &&
    !question.archivedAt &&
    (question.division.startsWith(scope.division) || scope.division.startsWith(question.division)) &&
    (scope.station === undefined || !question.station || question.station === scope.station))
