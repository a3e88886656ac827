import { Hazard } from '../hazard/hazard.entity.js'
import type { HazardSeverity, HazardStage } from '../hazard/terms.js'
import { addDays, monthOf, startOf } from '../shared/days.js'
import { columnOf } from '../shared/read/column.js'
import type { Reader } from '../shared/read/reader.js'
import { type Reading, scopeSql } from '../shared/read/reading.js'
import { amongFew, changedSince, ofThose, once, readOnce, sourceSql, wasSince } from '../shared/read/source.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
import { COUNTED, countedOf, countedSql, deadlines } from './countedRow.js'
import { readCounts } from './readCounts.js'
import { DAYS, type Tally } from './tally.js'

const TRIES = 4

/**
 * The figures as they stood at a past instant: the counts that the writer keeps, from which each hazard that has changed
 * since is taken as it is, and to which it is added as it was. Counts and changes are read one after the other; when
 * something was committed in between they are read again, and of a store that never rests every hazard is counted.
 */
export async function thenTally(reader: Reader, reading: Reading, make: () => Tally): Promise<Tally> {
  for (let i = 0; i < TRIES; i++) {
    const tally = make()
    const seq = await readCounts(reader, tally)
    if ((await undoSince(reader, reading, tally)) === seq) return tally
  }
  const tally = make()
  const rows = readOnce(reading, (at) => sql`select ${raw(countedSql('t'))} from ${sourceSql(Hazard, at)} t where ${scopeSql(Hazard, 't', reading.scope)}`)
  for await (const row of reader.stream(rows.sql, rows.params)) tally.count(countedOf(row), 1)
  return tally
}

/**
 * Gives the seq of the log that the changes were read at. What is counted of a place and what of a day are read apart:
 * together they make nearly as many kinds as there are hazards.
 */
async function undoSince(reader: Reader, reading: Reading, tally: Tally): Promise<number> {
  const { today, digits, month } = tally
  const columns = raw(COUNTED.map((name) => `t.${columnOf({ name, kind: 'text' })}`).join(', '))
  const [first, next] = [[addDays(today, 1 - DAYS), `${month}-01`].sort()[0]!, `${monthOf(addDays(`${month}-28`, 4))}-01`]
  const asked = readOnce(reading, (at) => {
    // Within the place already here, so that PostgreSQL knows how many there are.
    const within = scopeSql(Hazard, 't', at.scope)
    const changed = sql`select c.record from ${changedSince(Hazard, at)} c`
    const now = (is: Sql) => sql`select -1 as times, ${columns} from hazard t where ${ofThose(is, within, at)}`
    // Handed on, they are few enough for an array.
    const those = at.known ? amongFew(sql`t.id`, changed, at) : sql`t.id in (${changed})`
    const was = sql`select 1, ${columns} from ${wasSince(Hazard, at)} t where ${within}`
    const undone = once('undone', at, () => sql`${now(sql`t.created_at > ${at.asOf}`)} union all ${now(those)} union all ${was}`)
    const inTime = raw(`t.closed_at < t.due_on || 'T16:00:00.000Z'`) // when that day ends in Shanghai
    return sql`select 'PLACE' as what, sum(t.times) as times, substr(t.division, 1, ${raw(String(digits))}) as key, t.station as station, t.stage as stage, t.severity as severity,
        sum(case when t.due_on < ${today} then t.times else 0 end) as due, sum(case when t.due_on < ${today} and ${inTime} then t.times else 0 end) as met
        from ${undone} t group by 3, 4, 5, 6
      union all select 'FOUND', sum(t.times), t.found_on, null, t.stage, null, 0, 0
        from ${undone} t where t.found_on >= ${first} and t.found_on <= ${today} group by 3, 5
      union all select 'CLOSED', sum(t.times), substr(t.closed_at, 1, ${raw(String(HOUR.length))}), null, t.stage, null, 0, 0
        from ${undone} t where t.closed_at >= ${startOf(first)} and t.closed_at < ${startOf(next)} group by 3, 5
      union all select 'HEAD', seq, null, null, null, null, 0, 0 from chain_head where id = 1`
  })
  let seq = -1
  for (const row of await reader.all(asked.sql, asked.params)) {
    const times = Number(row['times'])
    const [what, key, stage] = [row['what'], row['key'] as string | null, row['stage'] as HazardStage]
    if (what === 'HEAD') seq = times
    else if (what === 'FOUND') tally.flows({ stage, foundOn: key, closedAt: null }, times)
    else if (what === 'CLOSED') tally.flows({ stage, foundOn: null, closedAt: `${key}${HOUR_BEGINS}` }, times)
    else {
      const place = { division: key ?? '', station: (row['station'] as string | null) ?? '' }
      tally.stand(place, stage, row['severity'] as HazardSeverity, times)
      tally.ranOut(place, deadlines(stage, Number(row['due']), Number(row['met'])))
    }
  }
  return seq
}
/** An hour lies in one day of Shanghai, and what is counted of a closing is its day: cut off a text, which is quicker than a day of an instant. */
const HOUR = 'YYYY-MM-DDTHH'
const HOUR_BEGINS = ':00:00.000Z'
