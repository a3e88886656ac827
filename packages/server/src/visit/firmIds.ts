import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Day } from '../shared/days.js'
import { run } from '../shared/run.js'
import { divisionRange } from '../shared/scope.js'

/** Ids alone, of a whole town at once: a thousand enterprises need not be read for it. */
const ids = async (em: SqlEntityManager, sql: string, params: unknown[]): Promise<string[]> => (await run<{ id: string }>(em, sql, params)).map(({ id }) => id)

export function firmIds(em: SqlEntityManager, division: string): Promise<string[]> {
  const [low, high] = divisionRange(division)
  return ids(em, 'select id from enterprise where division >= ? and division < ? order by id', [low, high])
}

/** The enterprises of one station in a town, those that have closed, too: so nobody's place moves when one does. */
export function stationFirmIds(em: SqlEntityManager, town: string, station: string): Promise<string[]> {
  const [low, high] = divisionRange(town)
  return ids(em, `select id from enterprise where division >= ? and division < ? and coalesce(station, '') = ? order by id`, [low, high, station])
}

export const lateVisitIds = (em: SqlEntityManager, day: Day): Promise<string[]> =>
  ids(em, `select id from visit where state = 'PLANNED' and planned_to < ? order by id`, [day])
