import { Drill } from '../dossier/drill.entity.js'
import { TrainingRecord } from '../dossier/training.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Check } from '../inspection/check.entity.js'
import { countIf, defineFigures, type Figure, percentSql } from '../shared/read/figures.js'
import type { Reading } from '../shared/read/reading.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
import { Summary } from './summary.entity.js'

/** 月报按时率 (domain.md §8): units in time ÷ units whose day is over or who have reported. */
type Condition = (at: string, reading: Reading) => Sql
const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at, reading) => countIf(of(at, reading)) })

const reported: Condition = (at) => raw(`${at}.first_submitted_at is not null`)
const due: Condition = (at, { today }) => sql`(${raw(at)}.due_on < ${today} or ${raw(at)}.first_submitted_at is not null)`
const missing: Condition = (at, { today }) => sql`${raw(at)}.first_submitted_at is null and ${raw(at)}.due_on < ${today}`
const late: Condition = (at, { engine }) => raw(`${at}.late = ${engine === 'sqlite' ? 1 : 'true'}`)
const inTime: Condition = (at, reading) => sql`${reported(at, reading)} and not (${late(at, reading)})`
const unitMonth =
  (of: Condition): Condition =>
  (at, reading) =>
    sql`${raw(`${at}.kind = 'MONTH' and ${at}.level <> 'TOWN'`)} and ${of(at, reading)}`

defineFigures(Summary, [
  number('expected', '应报', () => raw('1 = 1')),
  number('reported', '已报', reported),
  number('onTime', '按时报送', inTime),
  number('late', '逾期报送', late),
  number('missing', '逾期未报', missing),
  number('accepted', '已审核', (at) => raw(`${at}.state = 'ACCEPTED'`)),
  number('returnedOnes', '退回待改', (at) => raw(`${at}.state = 'RETURNED'`)),
  number('monthsDue', '应报月报', unitMonth(due)),
  number('monthsOnTime', '按时月报', unitMonth(inTime)),
  {
    ...{ name: 'onTimeRate', label: '月报按时率', kind: 'rate' },
    of: (at, reading) => percentSql(countIf(unitMonth(inTime)(at, reading)), countIf(unitMonth(due)(at, reading))),
  },
])

const PLANNED = (at: string) => `${at}.severity = 'MAJOR' and ${at}.stage not in ('DRAFT', 'VOID', 'TRANSFERRED') and ${at}.fixings_at is not null`
const sum = (of: string): Sql => raw(`cast(coalesce(sum(${of}), 0) as bigint)`)
defineFigures(Check, [{ name: 'firms', label: '检查企业数', kind: 'count', of: (at) => raw(`count(distinct ${at}.enterprise_id)`) }])
/** 列入治理计划: the five fixings of a major hazard are handed in, its money among them (domain.md §4.8). */
defineFigures(Hazard, [
  number('planned', '列入治理计划的重大隐患', (at) => raw(PLANNED(at))),
  { name: 'plannedFunds', label: '落实治理资金（分）', kind: 'count', of: (at) => sum(`case when ${PLANNED(at)} then ${at}.fund_fen end`) },
])
defineFigures(TrainingRecord, [
  { name: 'persons', label: '培训人次', kind: 'count', of: (at) => sum(`case when ${at}.voided_on is null then ${at}.trained end`) },
])
defineFigures(Drill, [{ name: 'persons', label: '演练人次', kind: 'count', of: (at) => sum(`case when ${at}.voided_on is null then ${at}.joined end`) }])
