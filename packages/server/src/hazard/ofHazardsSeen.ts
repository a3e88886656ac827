import type { SignedIn } from '../shared/context.js'
import { readingOf, scopeSql } from '../shared/read/reading.js'
import { sourceSql } from '../shared/read/source.js'
import { sql, type Sql, TRUE } from '../shared/read/sql.js'
import { Hazard } from './hazard.entity.js'

/**
 * What hangs on a hazard (alias t) carries its place but not its workshop: of another workshop's hazard nothing is shown,
 * nor, as of a past instant, of one that was another's then.
 */
export function ofHazardsSeen(context: SignedIn, asOf?: string): Sql {
  const reading = readingOf(context, asOf)
  if (reading.scope.workshop === undefined) return TRUE
  return sql`t.hazard_id in (select oh.id from ${sourceSql(Hazard, reading)} oh where ${scopeSql(Hazard, 'oh', reading.scope)})`
}
