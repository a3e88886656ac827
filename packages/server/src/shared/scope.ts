import { type ScopeColumns, type ThingClass, thingOf } from './datum.js'

/**
 * What a person may see: territory × trade × own enterprise × own workshop (domain.md §1.2). Every part narrows; an
 * absent part does not. `division` is a code whose prefix is its subtree: 350524 county, 350524106 town, 350524106201 village.
 */
export interface Scope {
  division: string
  station?: string
  enterprise?: string
  workshop?: string
}

/** The system sees every row: its work is not for one territory. */
export const EVERYWHERE: Scope = { division: '' }

/** The codes below `division`, as a half-open range that a plain index serves on both engines. */
export const divisionRange = (division: string): [string, string] =>
  division === '' ? ['', 'a'] : [division, (BigInt(division) + 1n).toString().padStart(division.length, '0')] // in every language a letter follows the digits

/** Length of a county's code (GB/T 2260). One installation is one county's: who has that much territory and nothing narrower sees every row. */
export const COUNTY_CODE = 6
export const seesAll = ({ division, station, enterprise, workshop }: Scope): boolean =>
  division.length <= COUNTY_CODE && station === undefined && enterprise === undefined && workshop === undefined

export const inDivision = (code: string, division: string): boolean => code.startsWith(division)

/** A row as the scope sees it: the values of its scope columns. */
export interface ScopedRow {
  division?: string | null
  station?: string | null
  enterprise?: string | null
  workshop?: string | null
}

export const inScope = (scope: Scope, row: ScopedRow): boolean =>
  inDivision(row.division ?? '', scope.division) &&
  (scope.station === undefined || row.station === scope.station) &&
  (scope.enterprise === undefined || row.enterprise === scope.enterprise) &&
  (scope.workshop === undefined || row.workshop === undefined || row.workshop === scope.workshop)

type Condition = Record<string, unknown>

/** The filter MikroORM puts on every find, count, populate and loader of a scoped thing. Without a scope it throws: fail closed. */
export function scopeFilter(columns: ScopeColumns, scope: Scope | undefined): Condition {
  if (!scope) throw new Error('no scope: this read belongs to nobody')
  const where: Condition = {}
  const [low, high] = divisionRange(scope.division)
  if (columns.division) where[columns.division] = { $gte: low, $lt: high }
  if (columns.station && scope.station !== undefined) where[columns.station] = scope.station
  if (columns.enterprise && scope.enterprise !== undefined) where[columns.enterprise] = scope.enterprise
  if (columns.workshop && scope.workshop !== undefined) where[columns.workshop] = scope.workshop
  return where
}

/** The scope values of one row of a thing, whatever its columns are called. */
export function scopeOf(target: ThingClass, row: Record<string, unknown>, plain: (value: unknown) => string | null): ScopedRow | undefined {
  const columns = thingOf(target).scope
  if (!columns) return undefined
  const at = (column: string | undefined) => (column ? plain(row[column]) : undefined)
  return { division: at(columns.division) ?? null, station: at(columns.station), enterprise: at(columns.enterprise), workshop: at(columns.workshop) }
}
