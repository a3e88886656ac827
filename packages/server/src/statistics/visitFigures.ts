import { Enterprise } from '../enterprise/enterprise.entity.js'
import { RiskStanding } from '../risk/riskStanding.entity.js'
import { countIf, defineFigures, type Figure, percentSql } from '../shared/read/figures.js'
import { hopSql, type Reading } from '../shared/read/reading.js'
import { sourceSql } from '../shared/read/source.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
import { FrequencyRule, FrequencyTable } from '../visit/frequency.entity.js'
import { Visit } from '../visit/visit.entity.js'

/** 差异化检查完成率 and what belongs to it (domain.md §3.7, §8). */
type Condition = (at: string, reading: Reading) => Sql
const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at, reading) => countIf(of(at, reading)) })
const rate = (name: string, label: string, num: Condition, den: Condition): Figure => ({
  ...{ name, label, kind: 'rate' },
  of: (at, reading) => percentSql(countIf(num(at, reading)), countIf(den(at, reading))),
})

const planned: Condition = (at) => raw(`${at}.edition is not null and ${at}.state <> 'CANCELLED'`)
/** A visit is owed once its last day is over, or when it was made. */
const due: Condition = (at, reading) => sql`${planned(at, reading)} and (${raw(at)}.planned_to < ${reading.today} or ${raw(at)}.state = 'DONE')`
const done: Condition = (at, reading) => sql`${planned(at, reading)} and ${raw(at)}.state = 'DONE'`
const inTime: Condition = (at, reading) => sql`${done(at, reading)} and ${raw(at)}.done_on <= ${raw(at)}.planned_to`

defineFigures(Visit, [
  number('planned', '计划检查', planned),
  number('due', '应检查（已到期或已完成）', due),
  number('done', '已检查', done),
  number('missed', '漏检', (at) => raw(`${at}.state = 'MISSED'`)),
  number('overdue', '逾期未检查', (at, { today }) => sql`${raw(at)}.state = 'PLANNED' and ${raw(at)}.planned_to < ${today}`),
  number('toCome', '未到期', (at, { today }) => sql`${raw(at)}.state = 'PLANNED' and ${raw(at)}.planned_to >= ${today}`),
  number('cancelled', '已取消', (at) => raw(`${at}.state = 'CANCELLED'`)),
  number('unplanned', '计划外检查', (at) => raw(`${at}.edition is null and ${at}.state = 'DONE'`)),
  rate('doneRate', '计划检查完成率', done, due),
  rate('inTimeRate', '按期检查率', inTime, due),
])

const open: Condition = (at, { today }) => sql`(${raw(at)}.closed_on is null or ${raw(at)}.closed_on > ${today})`
const visitsOf = (at: string, reading: Reading): Sql => sql`${visits(reading)} and fv.enterprise_id = ${raw(at)}.id`
const visits = (reading: Reading): Sql =>
  sql`${sourceSql(Visit, reading)} fv where fv.year = ${Number(reading.today.slice(0, 4))} and fv.state <> 'CANCELLED' and ${hopSql(Visit, 'fv', reading)}`
const dueNow = (reading: Reading): Sql => sql`fv.edition is not null and fv.planned_to < ${reading.today}`
/** Whether the enterprise has such visits this year. A past has no index: it is asked once for all, which PostgreSQL would turn into a join without one. */
const hasVisits = (at: string, reading: Reading, such: Sql): Sql =>
  reading.asOf
    ? sql`case when ${raw(at)}.id in (select fv.enterprise_id from ${visits(reading)} ${such}) then 1 else 0 end = 1`
    : sql`exists (select 1 from ${visitsOf(at, reading)} ${such})`

/** Only enterprises of which something has come due this year: before that nobody can have met or missed anything. */
export const visitsDue: Condition = (at, reading) => sql`${open(at, reading)} and ${hasVisits(at, reading, sql`and ${dueNow(reading)}`)}`
/** Of each kind at least as many checks were made, planned or not, as have come due: the least a year, pro rata. */
export const visitsMet: Condition = (at, reading) => {
  const fewer = sql`having count(case when ${dueNow(reading)} then 1 end) > count(case when fv.state = 'DONE' then 1 end)`
  return sql`${visitsDue(at, reading)} and not (${hasVisits(at, reading, sql`group by fv.enterprise_id, fv.kind ${fewer}`)})`
}

/** The cap of the table in force for the enterprise's trade and colour; none where it has no cap. */
const capOf: Condition = (at, reading) =>
  sql`(select r.max_per_year from ${sourceSql(FrequencyRule, reading)} r join ${sourceSql(FrequencyTable, reading)} ft on ft.id = r.table_id
    where ft.id = (select lt.id from ${sourceSql(FrequencyTable, reading)} lt where lt.state = 'PUBLISHED' and lt.division = substr(${raw(at)}.division, 1, 9) and lt.valid_from <= ${reading.today} order by lt.valid_from desc, lt.edition desc limit 1)
      and r.kind = 'ENFORCEMENT' and r.color = coalesce((select rs.effective from ${sourceSql(RiskStanding, reading)} rs where rs.enterprise_id = ${raw(at)}.id and ${hopSql(RiskStanding, 'rs', reading)}), ft.unrated_as)
      and (r.trade is null or r.trade = ${raw(at)}.trade)
    order by case when r.trade is null then 1 else 0 end limit 1)`
const aboveCap: Condition = (at, reading) =>
  sql`${open(at, reading)} and (select count(*) from ${visitsOf(at, reading)} and fv.kind = 'ENFORCEMENT' and fv.state = 'DONE') > ${capOf(at, reading)}`

defineFigures(Enterprise, [
  number('visitMeasurable', '今年已有到期检查的企业', visitsDue),
  number('frequencyMet', '达到检查频次的企业', visitsMet),
  number('aboveCap', '执法检查超上限的企业', aboveCap),
  rate('frequencyRate', '差异化检查完成率', visitsMet, visitsDue),
])
