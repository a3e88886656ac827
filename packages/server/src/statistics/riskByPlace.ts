import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { worstOf } from '../risk/grade.js'
import { RiskPoint } from '../risk/riskPoint.entity.js'
import { RiskStanding } from '../risk/riskStanding.entity.js'
import { RiskColor } from '../risk/terms.js'
import type { PlainRow, Reader } from '../shared/read/reader.js'
import { hopSql, type Reading, scopeSql } from '../shared/read/reading.js'
import { readOnce, sourceSql, unchangedSince, wasSince } from '../shared/read/source.js'
import { raw, sql, type Sql, TRUE } from '../shared/read/sql.js'
import { percent } from './rate.js'
import { covered, inScope } from './riskFigures.js'

/** The four colours of one group of enterprises, and how far double control has come (domain.md §8). */
export interface RiskFigures {
  key: string
  /** The worst enterprise: village and town take the worst of theirs. */
  color: RiskColor | undefined
  firms: number
  firmsBy: ColorCounts
  /** In scope, no point rated and no word of the station: 未评. */
  firmsNone: number
  points: number
  pointsBy: ColorCounts
  pointsUnrated: number
  covered: number
  coverageRate: number | null
}
export interface ColorCounts {
  red: number
  orange: number
  yellow: number
  blue: number
  /** Of all that have a colour, in percent; null when none has. */
  redShare: number | null
  orangeShare: number | null
  yellowShare: number | null
  blueShare: number | null
}

export const RISK_DIMENSIONS = ['TOTAL', 'TOWN', 'VILLAGE', 'STATION', 'TRADE'] as const
export type RiskDimension = (typeof RISK_DIMENSIONS)[number]
const KEY: Record<RiskDimension, string> = {
  TOTAL: `''`,
  TOWN: 'substr(e.division, 1, 9)',
  VILLAGE: 'e.division',
  STATION: `coalesce(e.station, '')`,
  TRADE: `coalesce(e.trade, '')`,
}
const COLORS = Object.values(RiskColor)
const name = (color: RiskColor) => color.toLowerCase() as Lowercase<RiskColor>

/**
 * In the reader's scope; alias e is the enterprise. The standings hold the counts of every enterprise, now and, by the log,
 * as they stood then, so one statement over them answers; a workshop head sees only his workshop's points, which are counted for him.
 */
export async function riskByPlace(reader: Reader, reading: Reading, by: RiskDimension, filter: Sql): Promise<RiskFigures[]> {
  return (await read(reader, reading, raw(KEY[by]), filter)).map(figuresOf)
}

/** The same by each of two at once: what makes it long, a past instant above all, is worked out once. */
export async function riskByBoth(
  reader: Reader,
  reading: Reading,
  by: readonly [RiskDimension, RiskDimension],
  filter: Sql,
): Promise<[RiskFigures[], RiskFigures[]]> {
  const cells = await read(reader, reading, raw(`${KEY[by[0]]} || '${BETWEEN}' || ${KEY[by[1]]}`), filter)
  const one = (which: 0 | 1) => {
    const sums = new Map<string, PlainRow>()
    for (const cell of cells) {
      const key = String(cell['k']).split(BETWEEN)[which]!
      const sum = sums.get(key)
      if (!sum) sums.set(key, { ...cell, k: key })
      else for (const column of SUMMED) sum[column] = Number(sum[column] ?? 0) + Number(cell[column] ?? 0)
    }
    return [...sums.values()].map(figuresOf).sort((a, b) => (a.key < b.key ? -1 : 1))
  }
  return [one(0), one(1)]
}
const BETWEEN = '|'
const SUMMED = ['n', 'covered', ...[...COLORS.map(name), 'unrated'].flatMap((one) => [one, `p_${one}`])]

async function read(reader: Reader, reading: Reading, key: Sql, filter: Sql): Promise<PlainRow[]> {
  const where = sql`${inScope('e', reading)} and ${scopeSql(Enterprise, 'e', reading.scope)} and ${filter}`
  // What the standings keep is of all points: a workshop's are counted.
  const own = reading.scope.workshop !== undefined
  const sums = raw(COLORS.map((color) => `sum(case when s.effective = '${color}' then 1 else 0 end) as ${name(color)}`).join(', '))
  const points = raw([...COLORS.map(name), 'unrated'].map((one) => `sum(coalesce(s.${one}, 0)) as p_${one}`).join(', '))
  const closed = (at: Reading) => sql`coalesce(s.red + s.orange + s.yellow + s.blue, 0) > 0 and ${hasClosed(at)}`
  const counted = (at: Reading) =>
    sql`select ${key} as k, count(*) as n, ${sums}, ${points}, sum(case when ${own ? covered('e', at) : closed(at)} then 1 else 0 end) as covered
    from ${sourceSql(Enterprise, at)} e left join ${sourceSql(RiskStanding, at)} s on s.enterprise_id = e.id where ${where} group by 1 order by 1`
  const { sql: text, params } = readOnce(reading, counted)
  const rows = await reader.all(text, params)
  if (own) await countOwn(reader, reading, rows, key, where)
  return rows
}

/** Whether an enterprise has closed any hazard; of a past instant: one that is closed and has not changed since, or one that has and was closed then. */
function hasClosed(at: Reading): Sql {
  const one = (from: Sql, also: Sql) => sql`select ch.enterprise_id from ${from} ch where ch.stage = 'CLOSED' and ${hopSql(Hazard, 'ch', at)} and ${also}`
  if (!at.asOf) return sql`exists (${one(raw('hazard'), raw('ch.enterprise_id = e.id'))})`
  const still = sql`ch.enterprise_id = e.id and ${unchangedSince(Hazard, 'ch', at)}`
  return sql`(exists (${one(raw('hazard'), still)}) or e.id in (${one(wasSince(Hazard, at), TRUE)}))`
}

async function countOwn(reader: Reader, reading: Reading, rows: PlainRow[], key: Sql, where: Sql): Promise<void> {
  const { sql: text, params } =
    sql`select ${key} as k, t.color as color, count(*) as n from ${sourceSql(RiskPoint, reading)} t join ${sourceSql(Enterprise, reading)} e on e.id = t.enterprise_id
    where t.ended_on is null and ${scopeSql(RiskPoint, 't', reading.scope)} and ${where} group by 1, 2`
  const counted = await reader.all(text, params)
  for (const row of rows)
    for (const color of [...COLORS, null])
      row[`p_${color ? name(color) : 'unrated'}`] = counted.find((one) => one['k'] === row['k'] && (one['color'] ?? null) === color)?.['n'] ?? 0
}

function figuresOf(row: PlainRow): RiskFigures {
  const n = (column: string) => Number(row[column] ?? 0)
  return build(String(row['k']), {
    ...{ firms: n('n'), covered: n('covered'), unrated: n('p_unrated') },
    ...{ firmsBy: (color) => n(name(color)), pointsBy: (color) => n(`p_${name(color)}`) },
  })
}

interface Counts {
  firms: number
  covered: number
  unrated: number
  firmsBy: (color: RiskColor) => number
  pointsBy: (color: RiskColor) => number
}
function build(key: string, given: Counts): RiskFigures {
  const [firmsBy, pointsBy] = [countsOf(given.firmsBy), countsOf(given.pointsBy)]
  const { firms, covered: covers, unrated } = given
  return {
    key,
    color: worstOf(COLORS.filter((color) => firmsBy[name(color)] > 0)),
    ...{ firms, firmsBy, firmsNone: firms - total(firmsBy) },
    ...{ points: total(pointsBy) + unrated, pointsBy, pointsUnrated: unrated },
    ...{ covered: covers, coverageRate: percent(covers, firms) },
  }
}

/** All groups together: their sums. */
export function together(groups: readonly RiskFigures[]): RiskFigures {
  const sum = (of: (group: RiskFigures) => number) => groups.reduce((all, group) => all + of(group), 0)
  return build('', {
    ...{ firms: sum(({ firms }) => firms), covered: sum((group) => group.covered), unrated: sum(({ pointsUnrated }) => pointsUnrated) },
    ...{ firmsBy: (color) => sum(({ firmsBy }) => firmsBy[name(color)]), pointsBy: (color) => sum(({ pointsBy }) => pointsBy[name(color)]) },
  })
}

const total = ({ red, orange, yellow, blue }: Pick<ColorCounts, 'red' | 'orange' | 'yellow' | 'blue'>) => red + orange + yellow + blue

export function countsOf(of: (color: RiskColor) => number): ColorCounts {
  const [red, orange, yellow, blue] = COLORS.map(of) as [number, number, number, number]
  const all = total({ red, orange, yellow, blue })
  return {
    ...{ red, orange, yellow, blue },
    redShare: percent(red, all),
    orangeShare: percent(orange, all),
    yellowShare: percent(yellow, all),
    blueShare: percent(blue, all),
  }
}
