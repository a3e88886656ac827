import { CODE_LENGTH } from '../division/division.entity.js'
import type { Day } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'
import { divisionRange, type Scope } from '../shared/scope.js'

export interface Place {
  code: string
  name: string
}
export interface Names {
  territory: string
  station: string | undefined
  /** The groups in force, those without a hazard too. */
  divisions: Place[]
  stations: Place[]
  nameOf(code: string): string
}

const LENGTHS = Object.values(CODE_LENGTH)

/** How many digits the groups below a division have: towns for a county (or whoever sees only one), villages for a town. */
export async function groupDigits(reader: Reader, division: string): Promise<number> {
  const [low, high] = divisionRange(division)
  for (const digits of LENGTHS.filter((length) => length > division.length)) {
    const rows = await reader.all('select code from division where code >= ? and code < ? and length(code) = ? limit 2', [low, high, digits])
    if (rows.length > 1) return digits
  }
  return CODE_LENGTH.VILLAGE
}

export async function readNames(reader: Reader, scope: Scope, today: Day, digits: number): Promise<Names> {
  const [low, high] = divisionRange(scope.division)
  const divisions = await reader.all('select code, name, valid_to as ended from division where code >= ? and code < ? order by code', [low, high])
  const stations = await reader.all('select code, name, valid_to as ended from station order by code')
  const names = new Map([...divisions, ...stations].map((row) => [row['code'] as string, row['name'] as string]))
  const place = (row: Record<string, unknown>): Place => ({ code: row['code'] as string, name: row['name'] as string })
  const inForce = (row: Record<string, unknown>) => row['ended'] == null || (row['ended'] as string) > today
  return {
    territory: names.get(scope.division) ?? scope.division,
    station: scope.station && (names.get(scope.station) ?? scope.station),
    divisions: divisions.filter((row) => inForce(row) && (row['code'] as string).length === digits).map(place),
    stations: stations.filter((row) => inForce(row) && (scope.station === undefined || row['code'] === scope.station)).map(place),
    nameOf: (code) => names.get(code) ?? code,
  }
}
