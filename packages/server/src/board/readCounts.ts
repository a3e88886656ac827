import { HazardSeverity, HazardStage } from '../hazard/terms.js'
import { addDays } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'
import { divisionRange, type Scope } from '../shared/scope.js'
import { DAYS, type Group, type Tally } from './tally.js'

/**
 * Fills a tally from the counts that the writer keeps; gives the seq of the log that they stand at. One statement, so
 * that all of it comes from one and the same view of the store. A deadline of a past month has run out, whatever its day.
 */
export async function readCounts(reader: Reader, tally: Tally): Promise<number> {
  const { today, month, digits, scope } = tally
  const within = withinSql(scope)
  // By division and by station, not by each pair of them: of those there are ten times as many.
  const groups = [`substr(division, 1, ${digits}) as division, null as station`, 'null as division, station']
  const rows = await reader.all(
    `select 'head' as what, '' as division, '' as station, '' as name, '' as severity, seq as a, 0 as b, 0 as c from chain_head where id = 1
    ${groups.map((group) => `union all select 'stage', ${group}, stage, severity, sum(hazards), 0, 0 from hazard_by_stage where ${within.sql} group by 2, 3, 4, 5`).join('\n    ')}
    ${groups
      .map(
        (group) => `union all select 'due', ${group}, '', '', sum(due), sum(open), sum(on_time) from hazard_by_day
      where (grain = 'MONTH' and day < ? or grain = 'DAY' and day > ? and day < ?) and ${within.sql} group by 2, 3`,
      )
      .join('\n    ')}
    union all
    select 'day', '', '', day, '', sum(found), sum(closed), 0 from hazard_by_day where grain = 'DAY' and day > ? and day <= ? and ${within.sql} group by 4
    union all
    select 'month', '', '', '', '', 0, sum(closed), 0 from hazard_by_day where grain = 'MONTH' and day = ? and ${within.sql}`,
    [
      ...groups.flatMap(() => within.params),
      ...groups.flatMap(() => [month, month, today, ...within.params]),
      ...[addDays(today, -DAYS), today, ...within.params, month, ...within.params],
    ],
  )
  let seq = 0
  for (const row of rows) {
    const [a, b, c] = [Number(row['a'] ?? 0), Number(row['b'] ?? 0), Number(row['c'] ?? 0)]
    const place: Group = row['division'] == null ? { station: row['station'] as string } : { division: row['division'] as string }
    const name = row['name'] as string
    if (row['what'] === 'head') seq = a
    else if (row['what'] === 'stage') tally.stand(place, name as HazardStage, row['severity'] as HazardSeverity, a)
    else if (row['what'] === 'due') tally.ranOut(place, { due: a, open: b, onTime: c })
    else if (row['what'] === 'day') tally.flow(name, a, b)
    else tally.closedThisMonth = b
  }
  return seq
}

function withinSql({ division, station }: Scope) {
  const range = 'division >= ? and division < ?'
  return station === undefined
    ? { sql: range, params: divisionRange(division) }
    : { sql: `${range} and station = ?`, params: [...divisionRange(division), station] }
}
