import { BoardDelta, type ListChange, SUMS } from './change.js'
import type { Board, BoardColors } from './snapshot.js'

/** What has changed between two boards; what `null` stands for has not. Put on the first it gives the second. */
export function deltaOf(before: Board, after: Board): BoardDelta {
  return {
    sums: SUMS.every((name) => before[name] === after[name]) ? null : pick(after, SUMS),
    funnel: listDelta(before.funnel, after.funnel, ({ stage }) => stage),
    villages: listDelta(before.villages, after.villages, codeOf),
    stations: listDelta(before.stations, after.stations, codeOf),
    overdueMajors: listDelta(before.overdueMajors, after.overdueMajors, numberOf),
    latestClosures: listDelta(before.latestClosures, after.latestClosures, numberOf),
    byDay: listDelta(before.byDay, after.byDay, ({ day }) => day),
    colors: colorDelta(before.colors, after.colors),
    campaign: same(before.campaign, after.campaign) ? null : { campaign: after.campaign },
  }
}

const codeOf = ({ code }: { code: string }) => code
const numberOf = ({ number }: { number: string }) => number
const COLOR_SUMS = ['firms', 'firmsNone', 'points', 'coverageRate'] as const satisfies (keyof BoardColors)[]

function colorDelta(before: BoardColors, after: BoardColors): BoardDelta['colors'] {
  if (before === after) return null
  const sums = COLOR_SUMS.every((name) => same(before[name], after[name])) ? null : pick(after, COLOR_SUMS)
  const places = listDelta(before.places, after.places, codeOf)
  const stations = listDelta(before.stations, after.stations, codeOf)
  return sums || places || stations ? { sums, places, stations } : null
}

function listDelta<Row>(before: readonly Row[], after: readonly Row[], keyOf: (row: Row) => string): ListChange<Row> | null {
  if (before === after) return null
  const known = new Map(before.map((row) => [keyOf(row), row]))
  const rows = after.filter((row) => !same(known.get(keyOf(row)), row))
  const moved = before.length !== after.length || after.some((row, i) => keyOf(row) !== keyOf(before[i]!))
  return rows.length || moved ? { rows, order: moved ? after.map(keyOf) : null } : null
}

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)
const pick = <T, Name extends keyof T>(of: T, names: readonly Name[]) => Object.fromEntries(names.map((name) => [name, of[name]])) as Pick<T, Name>
