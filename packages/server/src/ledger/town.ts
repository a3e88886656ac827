import { divisionRange } from '../shared/scope.js'
import type { Day } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { Directory, type DirectoryEntry } from './directory.js'
import { type KnownEnterprise, Register } from './judgeEnterprises.js'
import type { KnownHazard } from './judgeHazards.js'
import { type Place, Places, type StationPlace } from './places.js'

/** Reads plain rows: from the read path for a preview, inside the act's transaction when it is written. */
export type Query = <Row>(sql: string, params: readonly unknown[]) => Promise<Row[]>

/** The villages and stations of a town, as they stand today. */
export async function placesOf(query: Query, town: string, today: Day): Promise<Places> {
  const [low, high] = divisionRange(town)
  const inForce = '(valid_to is null or valid_to > ?)'
  const above = await query<Place>(
    `select code, name from division where code in (${marks(4)}) order by code`,
    [2, 4, 6, 9].map((length) => town.slice(0, length)),
  )
  const villages = await query<Place>(`select code, name from division where level = 'VILLAGE' and code >= ? and code < ? and ${inForce} order by code`, [
    low,
    high,
    today,
  ])
  const stations = await query<StationPlace>(`select code, name, aliases from station where ${inForce} order by id`, [today])
  const own = above.find((place) => place.code === town)
  if (!own || !villages.length) throw new Refusal('NO_TOWN', '台账只能由乡镇导入：您的账号所在的区划下没有村')
  return new Places(
    own,
    villages,
    stations,
    above.filter((place) => place !== own).map((place) => place.name),
  )
}

/** The register of the town, and which of the ledger's codes are already taken elsewhere. */
export async function registerOf(query: Query, town: string, usccs: readonly string[]): Promise<Register> {
  const known = await query<KnownEnterprise>(
    `select id, name, uscc, no_uscc_reason as "noUsccReason", division, address, station, trade, scale_class as "scaleClass", staff_count as "staffCount", legal_rep as "legalRep",
      principal, phone, safety_officer as "safetyOfficer", standard_level as "standardLevel", remark from enterprise where division >= ? and division < ? order by id`,
    divisionRange(town),
  )
  const own = new Set(known.map((enterprise) => enterprise.uscc))
  const rows = await inParts(
    usccs.filter((uscc) => !own.has(uscc)),
    (part) => query<{ uscc: string }>(`select uscc from enterprise where uscc in (${marks(part.length)})`, part),
  )
  return new Register(known, new Set(rows.map((row) => row.uscc)))
}

export async function directoryOf(query: Query, town: string): Promise<Directory> {
  return new Directory(
    await query<DirectoryEntry>(
      'select id, name, uscc, division, station from enterprise where division >= ? and division < ? order by id',
      divisionRange(town),
    ),
  )
}

/** Which of the ledger's hazards are there already. */
export async function hazardsOf(query: Query, town: string, fingerprints: readonly string[]): Promise<Map<string, KnownHazard>> {
  const [low, high] = divisionRange(town)
  const rows = await inParts(fingerprints, (part) =>
    query<KnownHazard & { acted: number; historical: number | boolean }>(
      `select id, fingerprint, stage, historical, case when rectifier is null and submitted_by is null and first_reviewer is null and fixings_at is null
        and returns = 0 and extensions = 0 then 0 else 1 end as acted from hazard where division >= ? and division < ? and fingerprint in (${marks(part.length)})`,
      [low, high, ...part],
    ),
  )
  return new Map(
    rows.map(({ id, fingerprint, stage, historical, acted }) => [fingerprint, { id, fingerprint, stage, untouched: !!historical && !Number(acted) }]),
  )
}

const marks = (many: number) => Array.from({ length: many }, () => '?').join(', ')

async function inParts<Row>(values: readonly string[], query: (part: string[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for (let i = 0; i < values.length; i += 500) rows.push(...(await query(values.slice(i, i + 500))))
  return rows
}
