import { Hazard } from '../hazard/hazard.entity.js'
import { addDays, monthOf, startOf } from '../shared/days.js'
import { columnOf } from '../shared/read/column.js'
import type { Reader } from '../shared/read/reader.js'
import { type Reading, scopeSql } from '../shared/read/reading.js'
import { amongFew, changedSince, readOnce, sourceSql, wasSince } from '../shared/read/source.js'
import { joined, raw, sql, type Sql } from '../shared/read/sql.js'
import { COUNTED, countedOf, countedSql } from './countedRow.js'
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
 * Gives the seq of the log that the changes were read at. Days that the tally does not look at any more, or not yet, are left
 * out: most of what changed since was not there at all, and so there are few kinds of it.
 */
async function undoSince(reader: Reader, reading: Reading, tally: Tally): Promise<number> {
  const { today, month } = tally
  const [tomorrow, nextMonth] = [startOf(addDays(today, 1)), startOf(`${monthOf(addDays(`${month}-28`, 4))}-01`)]
  const seen: Partial<Record<(typeof COUNTED)[number], Sql>> = {
    foundOn: sql`case when t.found_on > ${addDays(today, -DAYS)} and t.found_on <= ${today} then t.found_on end`,
    dueOn: sql`case when t.due_on < ${today} then t.due_on end`,
    // Of one that was closed later, only the month is looked at.
    closedAt: sql`case when t.closed_at < ${tomorrow} then t.closed_at when t.closed_at < ${nextMonth} then ${tomorrow} end`,
  }
  const counted = joined(
    COUNTED.map((name) => sql`${seen[name] ?? raw(`t.${columnOf({ name, kind: 'text' })}`)} as ${raw(`"${name}"`)}`),
    ', ',
  )
  const names = raw(COUNTED.map((name) => `"${name}"`).join(', '))
  const asked = readOnce(reading, (at) => {
    const changed = sql`select c.record from ${changedSince(Hazard, at)} c`
    const now = (is: Sql) => sql`select -1 as times, ${counted} from hazard t where ${is}`
    // Handed on, they are few enough for an array.
    const those = at.known ? amongFew(sql`t.id`, changed, at) : sql`t.id in (${changed})`
    return sql`select sum(times) as times, 0 as seq, ${names} from (
        ${now(sql`t.created_at > ${at.asOf}`)} union all ${now(those)} union all select 1, ${counted} from ${wasSince(Hazard, at)} t) q
      group by ${names} having sum(times) <> 0
      union all select 0, seq, ${raw(COUNTED.map(() => 'null').join(', '))} from chain_head where id = 1`
  })
  let seq = -1
  for (const row of await reader.all(asked.sql, asked.params)) {
    const times = Number(row['times'])
    if (times) tally.count(countedOf(row), times)
    else seq = Number(row['seq'])
  }
  return seq
}
