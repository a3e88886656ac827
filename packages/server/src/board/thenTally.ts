import { Hazard } from '../hazard/hazard.entity.js'
import type { Reader } from '../shared/read/reader.js'
import { type Reading, scopeSql } from '../shared/read/reading.js'
import { changedIn, readOnce, sourceSql, wasSince } from '../shared/read/source.js'
import { raw, sql } from '../shared/read/sql.js'
import { COUNTED, countedOf, countedSql } from './countedRow.js'
import { readCounts } from './readCounts.js'
import type { Tally } from './tally.js'

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

/** Gives the seq of the log that the changes were read at. */
async function undoSince(reader: Reader, reading: Reading, tally: Tally): Promise<number> {
  const counted = raw(countedSql('t'))
  const nothing = raw(COUNTED.map(() => 'null').join(', '))
  const asked = readOnce(
    reading,
    (at) => sql`select -1 as times, 0 as seq, ${counted} from hazard t where t.id in ${changedIn(Hazard, at)}
      union all select 1, 0, ${counted} from ${wasSince(Hazard, at)} t
      union all select 0, seq, ${nothing} from chain_head where id = 1`,
  )
  let seq = -1
  for await (const row of reader.stream(asked.sql, asked.params)) {
    const times = Number(row['times']) as -1 | 0 | 1
    if (times) tally.count(countedOf(row), times)
    else seq = Number(row['seq'])
  }
  return seq
}
