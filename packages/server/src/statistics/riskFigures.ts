import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { closedSince } from '../risk/queues.js'
import { RiskPoint } from '../risk/riskPoint.entity.js'
import { RiskStanding } from '../risk/riskStanding.entity.js'
import { countIf, defineFigures, type Figure, percentSql } from '../shared/read/figures.js'
import { hopSql, type Reading } from '../shared/read/reading.js'
import { someWith, sourceSql } from '../shared/read/source.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'

/** 四色占比、双控覆盖率 (domain.md §8) over any points, standings or enterprises: null when there is nothing to divide by. */
type Condition = (at: string, reading: Reading) => Sql
const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at, reading) => countIf(of(at, reading)) })
const rate = (name: string, label: string, num: Condition, den: Condition): Figure => ({
  ...{ name, label, kind: 'rate' },
  of: (at, reading) => percentSql(countIf(num(at, reading)), countIf(den(at, reading))),
})

const COLORS = [
  ['red', 'RED', '红色'],
  ['orange', 'ORANGE', '橙色'],
  ['yellow', 'YELLOW', '黄色'],
  ['blue', 'BLUE', '蓝色'],
] as const

const live: Condition = (at) => raw(`${at}.ended_on is null`)
const rated: Condition = (at) => raw(`${at}.ended_on is null and ${at}.color is not null`)
const ofColor =
  (color: string): Condition =>
  (at) =>
    raw(`${at}.ended_on is null and ${at}.color = '${color}'`)

defineFigures(RiskPoint, [
  number('live', '在用风险点', live),
  ...COLORS.map(([name, color, label]) => number(name, `${label}风险点`, ofColor(color))),
  number('unrated', '未评价', (at) => raw(`${at}.ended_on is null and ${at}.color is null`)),
  number('awaiting', '待站所确认', (at) => raw(`${at}.ended_on is null and ${at}.awaits_confirmation`)),
  number(
    'reviewDue',
    '待复评',
    (at, reading) =>
      sql`${raw(at)}.ended_on is null and ${raw(at)}.color is not null and (${raw(at)}.next_review_on < ${reading.today} or ${raw(at)}.review_asked is not null or ${closedSince(at, reading)})`,
  ),
  ...COLORS.map(([name, color, label]) => rate(`${name}Share`, `${label}占比`, ofColor(color), rated)),
])

/** In scope: open on the day (domain.md §8). */
export const inScope = (at: string, { today }: Pick<Reading, 'today'>): Sql => sql`(${raw(at)}.closed_on is null or ${raw(at)}.closed_on > ${today})`
const firmOf = (at: string, reading: Reading): Sql =>
  sql`exists (select 1 from ${sourceSql(Enterprise, reading)} rf where rf.id = ${raw(at)}.enterprise_id and ${inScope('rf', reading)} and ${hopSql(Enterprise, 'rf', reading)})`
const colored: Condition = (at, reading) => sql`${raw(at)}.effective is not null and ${firmOf(at, reading)}`
const firmColor =
  (color: string): Condition =>
  (at, reading) =>
    sql`${raw(at)}.effective = ${color} and ${firmOf(at, reading)}`

defineFigures(RiskStanding, [
  number('firms', '有颜色的企业', colored),
  ...COLORS.map(([name, color, label]) => number(`${name}Firms`, `${label}企业`, firmColor(color))),
  ...COLORS.map(([name, color, label]) => rate(`${name}FirmShare`, `${label}企业占比`, firmColor(color), colored)),
])

/** There is a live risk point, graded or not. */
export const livePoint = (at: string, graded: boolean, reading: Reading): Sql =>
  someWith(
    raw(`${at}.id`),
    RiskPoint,
    raw('enterprise_id'),
    'cp',
    sql`cp.color is ${raw(graded ? 'not null' : 'null')} and cp.ended_on is null and ${hopSql(RiskPoint, 'cp', reading)}`,
    reading,
  )
/** 双控: at least one graded risk point and at least one hazard driven to closure. */
export const covered: Condition = (at, reading) =>
  sql`${inScope(at, reading)} and ${livePoint(at, true, reading)}
    and exists (select 1 from ${sourceSql(Hazard, reading)} ch where ch.enterprise_id = ${raw(at)}.id and ch.stage = 'CLOSED' and ${hopSql(Hazard, 'ch', reading)})`

defineFigures(Enterprise, [
  number('inScope', '在册企业', inScope),
  number('doubleControl', '双控覆盖企业', covered),
  rate('doubleControlRate', '双控覆盖率', covered, inScope),
])
