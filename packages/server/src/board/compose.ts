import { Hazard } from '../hazard/hazard.entity.js'
import { HazardStage } from '../hazard/terms.js'
import { type Day, dayOf, daysBetween } from '../shared/days.js'
import { allOf } from '../shared/allOf.js'
import type { Reader } from '../shared/read/reader.js'
import { type Reading, scopeSql } from '../shared/read/reading.js'
import { percent } from '../statistics/rate.js'
import { colorsOf } from './colors.js'
import type { Kept } from './kept.js'
import { closed, first, firstThen, type NamedRow, overdueMajors } from './named.js'
import { type Names, type Place, readNames } from './names.js'
import { shortName } from './shortName.js'
import type { Board, BoardClosure, BoardColors, BoardGroup, BoardMajor } from './snapshot.js'
import type { Counts, Tally } from './tally.js'

const FUNNEL = [
  HazardStage.DRAFT,
  HazardStage.REGISTERED,
  HazardStage.NOTIFIED,
  HazardStage.RECTIFYING,
  HazardStage.PENDING_REVIEW,
  HazardStage.CLOSED,
  HazardStage.TRANSFERRED,
]

/** Everything of a board but its place in time and the campaign: the figures of the tally, two short lists, and what is kept. */
export async function compose(reader: Reader, tally: Tally, kept: Kept): Promise<Picture> {
  const names = await kept.names(tally)
  const within = scopeSql(Hazard, 't', tally.scope)
  const [majors, closures, colors] = await allOf([
    first(reader, overdueMajors(tally.today), within),
    first(reader, closed(), within),
    kept.colors(tally, names),
  ])
  return picture(tally, { names, majors, closures, colors })
}

export type Picture = Omit<Board, 'asOf' | 'seq' | 'changedAt' | 'campaign'>
/** What a picture shows beside the counts. */
export interface Beside {
  names: Names
  majors: readonly NamedRow[]
  closures: readonly NamedRow[]
  colors: BoardColors
}

/** What stands beside the counts of a past instant; all of it is read at the same time. */
export async function besideThen(reader: Reader, reading: Reading, digits: number): Promise<Beside> {
  const { scope, today } = reading
  const names = readNames(reader, scope, today, digits)
  const [known, [majors, closures], colors] = await allOf([
    names,
    firstThen(reader, [overdueMajors(today), closed()], scopeSql(Hazard, 't', scope), reading),
    names.then((said) => colorsOf(reader, { digits }, said, reading)),
  ])
  return { names: known, majors: majors!, closures: closures!, colors }
}

export function picture(tally: Tally, { names, majors, closures, colors }: Beside): Picture {
  const { total, today } = tally
  const byDay = tally.byDay()
  const day = byDay[byDay.length - 1]!
  return {
    territory: names.territory,
    station: names.station ?? null,
    ...{ total: total.found, closed: total.closed, open: total.open, overdue: total.overdue, transferred: total.transferred, majorOpen: total.majorOpen },
    ...{ foundToday: day.found, closedToday: day.closed, closedThisMonth: tally.closedThisMonth },
    rectificationRate: percent(total.closed, total.found),
    onTimeRate: percent(total.onTime, total.due),
    funnel: FUNNEL.map((stage) => ({ stage, count: tally.stages.get(stage) ?? 0 })),
    villages: league(names.divisions, tally.divisions, names),
    stations: league(names.stations, tally.stations, names),
    overdueMajors: majors.map((row) => majorOf(row, names, today)),
    latestClosures: closures.map((row) => closureOf(row, names)),
    colors,
    byDay,
  }
}

/** By on-time rate, best first; who had nothing due yet stands last, without a place. Never by the number found: finding is good. */
export function league(places: Place[], groups: ReadonlyMap<string, Counts>, names: Pick<Names, 'nameOf'>): BoardGroup[] {
  const known = new Set(places.map(({ code }) => code))
  // A village that has ended, or no station at all: shown as long as something counts there.
  const others = [...groups]
    .filter(([code, { found, transferred }]) => !known.has(code) && found + transferred > 0)
    .map(([code]) => ({ code, name: code ? names.nameOf(code) : '未分配' }))
  const rows = [...places, ...others].map(({ code, name }): BoardGroup => {
    const { found = 0, closed = 0, open = 0, overdue = 0, majorOpen = 0, onTime = 0, due = 0 } = groups.get(code) ?? {}
    return { code, name, rank: null, found, closed, open, overdue, majorOpen, onTimeRate: percent(onTime, due) }
  })
  // 未分配 is a gap in responsibility, not a competitor.
  const ranked = (row: BoardGroup) => row.code !== '' && row.onTimeRate !== null
  const rateOf = (row: BoardGroup) => (ranked(row) ? row.onTimeRate! : row.code ? -1 : -2)
  rows.sort((a, b) => rateOf(b) - rateOf(a) || a.overdue - b.overdue || b.closed - a.closed || (a.code < b.code ? -1 : 1))
  rows.forEach((row, i) => {
    const before = rows[i - 1]
    if (ranked(row)) row.rank = before?.onTimeRate === row.onTimeRate ? before.rank : i + 1
  })
  return rows
}

const majorOf = (row: NamedRow, names: Names, today: Day): BoardMajor => ({ ...placeOf(row, names), dueOn: row.due!, daysOver: daysBetween(row.due!, today) })

export const closureOf = (row: NamedRow, names: Names): BoardClosure => ({
  ...placeOf(row, names),
  at: row.at!,
  days: row.began ? daysBetween(dayOf(row.began), dayOf(row.at!)) : null,
})

const placeOf = ({ number, enterprise, division }: NamedRow, names: Names) => ({
  number,
  enterprise: enterprise ?? '—',
  shortName: shortName(enterprise ?? '—', names.territory),
  village: names.nameOf(division),
})
