import type { Reader } from '../shared/read/reader.js'
import { divisionRange, type Scope } from '../shared/scope.js'

const FAR = 20_000

/** When a hazard of the scope last changed, looked for in the nearest part of the log. */
export async function lastChangeAt(reader: Reader, scope: Scope, seq: number): Promise<string | null> {
  const [low, high] = divisionRange(scope.division)
  const station = scope.station === undefined ? '' : ' and station = ?'
  const [row] = await reader.all(
    `select at from change where thing = 'Hazard' and seq > ? and seq <= ? and division >= ? and division < ?${station} order by seq desc limit 1`,
    [...[seq - FAR, seq, low, high], ...(scope.station === undefined ? [] : [scope.station])],
  )
  return (row?.['at'] as string | undefined) ?? null
}
