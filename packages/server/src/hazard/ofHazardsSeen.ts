import { scopeSql } from '../shared/read/reading.js'
import { sql, type Sql, TRUE } from '../shared/read/sql.js'
import type { Scope } from '../shared/scope.js'
import { Hazard } from './hazard.entity.js'

/** What hangs on a hazard (alias t) carries its place but not its workshop: of another workshop's hazard nothing is shown. */
export const ofHazardsSeen = (scope: Scope): Sql =>
  scope.workshop === undefined ? TRUE : sql`exists (select 1 from hazard oh where oh.id = t.hazard_id and ${scopeSql(Hazard, 'oh', scope)})`
