import type { SqlEntityManager } from '@mikro-orm/sql'
import { Division, Station } from '../division/division.entity.js'
import type { Actor } from '../shared/context.js'
import { Refusal } from '../shared/refusal.js'
import { inDivision } from '../shared/scope.js'

/** A territory and trade inside what the actor himself sees; without words, exactly that. */
export async function sharedPlace(
  { scope }: Actor,
  em: SqlEntityManager,
  division: string | null | undefined,
  station: string | null | undefined,
): Promise<{ division: string; station?: string }> {
  const place = division?.trim() || scope.division
  if (place !== scope.division && (!inDivision(place, scope.division) || !(await em.count(Division, { code: place }))))
    throw new Refusal('DIVISION_UNKNOWN', '请选择您辖区内的区划', { field: 'division' })
  const trade = station?.trim() || scope.station
  if (trade === undefined) return { division: place }
  if ((scope.station !== undefined && trade !== scope.station) || !(await em.count(Station, { code: trade })))
    throw new Refusal('STATION_UNKNOWN', '请选择您可以查看的站所', { field: 'station' })
  return { division: place, station: trade }
}
