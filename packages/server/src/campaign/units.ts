import { Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Reading } from '../shared/read/reading.js'
import { scopeSql } from '../shared/read/reading.js'
import { sourceSql } from '../shared/read/source.js'
import { both, FALSE, raw, sql, type Sql, TRUE } from '../shared/read/sql.js'
import { divisionRange, inDivision, type Scope } from '../shared/scope.js'
import { TaskSubject } from './terms.js'

/** What a task says of its denominator. */
export interface Denominated {
  subject: TaskSubject
  trade?: string | null
  station?: string | null
  scaleClass?: string | null
}

/** The rows of a denominator under alias `t`, and which of them this reader sees. */
export interface Units {
  source: Sql
  within: Sql
}

const inTown = (column: string, town: string): Sql => {
  const [low, high] = divisionRange(town)
  return sql`${raw(column)} >= ${low} and ${raw(column)} < ${high}`
}
/** In business on the day: neither closed nor moved away (domain.md §8). */
const inBusiness = (at: string, { today }: Reading): Sql => sql`(${raw(at)}.closed_on is null or ${raw(at)}.closed_on > ${today})`

/** Who is in scope of a task on the reading's day: enterprises in business, stations that have any, villages in force. */
export function unitsOf(task: Denominated, town: string, reading: Reading): Units {
  switch (task.subject) {
    case TaskSubject.ENTERPRISE:
      return enterprises(task, town, reading)
    case TaskSubject.STATION:
      return stations(task, town, reading)
    case TaskSubject.VILLAGE:
      return villages(town, reading)
  }
}

function enterprises({ trade, station, scaleClass }: Denominated, town: string, reading: Reading): Units {
  const is = (column: string, value: string | null | undefined) => (value ? sql`${raw(`t.${column}`)} = ${value}` : TRUE)
  return {
    source: sql`${sourceSql(Enterprise, reading)} t`,
    within: both(
      scopeSql(Enterprise, 't', reading.scope),
      inTown('t.division', town),
      inBusiness('t', reading),
      is('trade', trade),
      is('station', station),
      is('scale_class', scaleClass),
    ),
  }
}

/** A station's work stands in the town and with the station: neither a village nor an enterprise is answerable for it. */
function stations({ station }: Denominated, town: string, reading: Reading): Units {
  const { scope } = reading
  return {
    source: sql`(select us.code as id, us.name as name, cast(${town} as varchar(12)) as division, us.code as station from ${sourceSql(Station, reading)} us
      where exists (select 1 from ${sourceSql(Enterprise, reading)} ue where ue.station = us.code and ${inTown('ue.division', town)} and ${inBusiness('ue', reading)})) t`,
    within: seesTown(scope, town) ? both(scope.station === undefined ? TRUE : sql`t.id = ${scope.station}`, station ? sql`t.id = ${station}` : TRUE) : FALSE,
  }
}

function villages(town: string, reading: Reading): Units {
  const { scope, today } = reading
  const [low, high] = divisionRange(scope.division)
  return {
    source: sql`(select uv.code as id, uv.name as name, uv.code as division, cast(null as varchar(40)) as station from ${sourceSql(Division, reading)} uv
      where uv.level = 'VILLAGE' and ${inTown('uv.code', town)} and (uv.valid_from is null or uv.valid_from <= ${today}) and (uv.valid_to is null or uv.valid_to > ${today})) t`,
    within: scope.station !== undefined || scope.enterprise !== undefined ? FALSE : sql`t.id >= ${low} and t.id < ${high}`,
  }
}

const seesTown = (scope: Scope, town: string): boolean => inDivision(town, scope.division) && scope.enterprise === undefined
