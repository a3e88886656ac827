import { Enterprise } from '../enterprise/enterprise.entity.js'
import { worstOf } from '../risk/grade.js'
import { RiskPoint } from '../risk/riskPoint.entity.js'
import { RiskColor } from '../risk/terms.js'
import type { PlainRow, Reader } from '../shared/read/reader.js'
import { type Reading, scopeSql } from '../shared/read/reading.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
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

/** One statement for the enterprises, one for their points; in the reader's scope. Alias e is the enterprise. */
export async function riskByPlace(reader: Reader, reading: Reading, by: RiskDimension, filter: Sql): Promise<RiskFigures[]> {
  const key = raw(KEY[by])
  const where = sql`${inScope('e', reading)} and ${scopeSql(Enterprise, 'e', reading.scope)} and ${filter}`
  const sums = raw(COLORS.map((color) => `sum(case when s.effective = '${color}' then 1 else 0 end) as ${name(color)}`).join(', '))
  const firms = sql`select ${key} as k, count(*) as n, ${sums}, sum(case when ${covered('e', reading)} then 1 else 0 end) as covered
    from enterprise e left join risk_standing s on s.enterprise_id = e.id where ${where} group by 1 order by 1`
  const points = sql`select ${key} as k, t.color as color, count(*) as n from risk_point t join enterprise e on e.id = t.enterprise_id
    where t.ended_on is null and ${scopeSql(RiskPoint, 't', reading.scope)} and ${where} group by 1, 2`
  const [rows, counted] = await Promise.all([reader.all(firms.sql, firms.params), reader.all(points.sql, points.params)])
  const pointsOf = Map.groupBy(counted, (row) => String(row['k']))
  return rows.map((row) => figuresOf(row, pointsOf.get(String(row['k'])) ?? []))
}

function figuresOf(row: PlainRow, points: PlainRow[]): RiskFigures {
  const firmsBy = countsOf((color) => Number(row[name(color)]))
  const pointsBy = countsOf((color) => Number(points.find((one) => one['color'] === color)?.['n'] ?? 0))
  const [firms, covers] = [Number(row['n']), Number(row['covered'])]
  const unrated = Number(points.find((one) => one['color'] == null)?.['n'] ?? 0)
  return {
    key: String(row['k']),
    color: worstOf(COLORS.filter((color) => firmsBy[name(color)] > 0)),
    ...{ firms, firmsBy, firmsNone: firms - total(firmsBy) },
    ...{ points: total(pointsBy) + unrated, pointsBy, pointsUnrated: unrated },
    ...{ covered: covers, coverageRate: percent(covers, firms) },
  }
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
