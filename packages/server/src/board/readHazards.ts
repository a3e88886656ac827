import { HazardSeverity, HazardStage } from '../hazard/terms.js'
import type { PlainRow, Reader } from '../shared/read/reader.js'
import { inScope, type Scope } from '../shared/scope.js'
import { campaignThings } from './campaignFigures.js'
import { COUNTED, countedOf, type CountedRow, countedSql } from './countedRow.js'
import type { Tally } from './tally.js'

/** More changes than this at once (an import), and counting anew is the shorter way. */
const MOST = 2_000
const WATCHED = ['Hazard', 'Enterprise', 'Division', 'Station', 'RiskStanding', 'RiskPoint', 'FloorPlan', 'FloorArea', 'FloorMark']
const changesSql = () => `select c.seq as seq, c.at as at, c.thing as thing, c.record as record, c.diff as diff,
  c.division as "rowDivision", c.station as "rowStation", h.enterprise_id as "enterprise", ${countedSql('h')}
  from change c left join hazard h on c.thing = 'Hazard' and h.id = c.record
  where c.thing in (${[...new Set([...WATCHED, ...campaignThings()])].map((thing) => `'${thing}'`).join(', ')}) and c.seq > ? order by c.seq limit ${MOST + 1}`

type Diff = Record<string, [unknown, unknown]>
export interface Moved {
  /** How far the log was read. */
  seq: number
  /** The last change that a board of this scope shows; undefined: nothing to show. */
  shown: { seq: number; at: string } | undefined
  /** The things whose changes the campaign's figures may follow, and the last of those changes. */
  counted: { things: Set<string>; last: { seq: number; at: string } | undefined }
  /** Names of places may have changed; what is known of enterprises and their colours may have. */
  places: boolean
  standings: boolean
  /** The enterprises of hazards that were closed, and whether any closed one is closed no more. */
  closed: string[]
  reopened: boolean
}

/**
 * Brings a tally up to date by what the log says has changed since `seq`: each hazard is taken away as it was and added
 * as it is. Undefined when there is so much that it should be counted anew.
 */
export async function countChanges(reader: Reader, tally: Tally, since: number): Promise<Moved | undefined> {
  const rows = await reader.all(changesSql(), [since])
  if (rows.length > MOST) return undefined
  const moved: Moved = {
    seq: since,
    shown: undefined,
    counted: { things: new Set(), last: undefined },
    ...{ places: false, standings: false, closed: [], reopened: false },
  }
  const was = new Map<string, CountedRow | undefined>()
  // From the last change back to the first: what a row was before them all.
  for (const row of rows.toReversed()) {
    moved.seq = Math.max(moved.seq, Number(row['seq']))
    if (row['thing'] === 'Division' || row['thing'] === 'Station') moved.places = true
    if (row['thing'] === 'Enterprise' || row['thing'] === 'RiskStanding') moved.standings = true
    const diff = JSON.parse(row['diff'] as string) as Diff
    if (followed(row, diff, tally.scope)) {
      moved.counted.things.add(row['thing'] as string)
      moved.counted.last ??= { seq: Number(row['seq']), at: row['at'] as string }
    }
    if (row['thing'] === 'Hazard' && row['stage'] === null) continue
    const shows = row['thing'] === 'Hazard' ? revert(was, row, diff, tally) : WATCHED.includes(row['thing'] as string) && renames(row, diff, tally.scope)
    if (shows) moved.shown ??= { seq: Number(row['seq']), at: row['at'] as string }
  }
  for (const row of rows) {
    if (row['thing'] !== 'Hazard' || !was.has(row['record'] as string)) continue
    const before = was.get(row['record'] as string)
    was.delete(row['record'] as string)
    const after = countedOf(row)
    if (before) tally.count(before, -1)
    tally.count(after, 1)
    if (after.stage === HazardStage.CLOSED && tally.sees(after)) moved.closed.push(row['enterprise'] as string)
    else if (before?.stage === HazardStage.CLOSED) moved.reopened = true
  }
  return moved
}

/** A change that a campaign's figures of this scope may follow: of hazards only the major ones, and what has moved in or out. */
function followed(row: PlainRow, diff: Diff, scope: Scope): boolean {
  if (row['thing'] === 'Hazard' && row['severity'] !== HazardSeverity.MAJOR && !diff['severity']) return false
  if (diff['division'] || diff['station'] || row['rowDivision'] == null) return true
  return inScope(scope, { division: row['rowDivision'] as string, station: row['rowStation'] as string | null })
}

/** Undoes one change of a hazard; true when a board of the tally's scope shows it. */
function revert(was: Map<string, CountedRow | undefined>, row: PlainRow, diff: Diff, tally: Tally): boolean {
  const id = row['record'] as string
  const after = was.has(id) ? was.get(id) : countedOf(row)
  const created = diff['stage']?.[0] === null
  const before = after && { ...after }
  const touched = COUNTED.filter((name) => diff[name])
  if (before) for (const name of touched) Object.assign(before, { [name]: diff[name]![0] })
  was.set(id, created ? undefined : before)
  return touched.length > 0 && ((!!after && tally.sees(after)) || (!created && !!before && tally.sees(before)))
}

/** What else stands on the board has changed: a name of a village, a station, an enterprise; a colour; what is drawn on plans; who is in scope at all, wherever it stood before. */
function renames(row: PlainRow, diff: Diff, scope: Scope): boolean {
  if (row['thing'] === 'Division' || row['thing'] === 'Station') return true
  if (SHOWN[row['thing'] as string]?.every((name) => !diff[name])) return false
  const [division, station] = [row['rowDivision'] as string | null, row['rowStation'] as string | null]
  const was = (name: string, now: string | null) => (diff[name] ? (diff[name][0] as string | null) : now)
  return inScope(scope, { division, station }) || inScope(scope, { division: was('division', division), station: was('station', station) })
}
/** What a board shows or counts of an enterprise, its plans and their points; of a colour, an area and a mark everything. */
const SHOWN: Record<string, readonly string[]> = {
  Enterprise: ['name', 'division', 'station', 'closedOn'],
  FloorPlan: ['enterprise', 'endedOn'],
  RiskPoint: ['color', 'endedOn'],
}
