import { Hazard } from '../hazard/hazard.entity.js'
import { OPEN_STAGES } from '../hazard/terms.js'
import { countIf, defineFigures, type Figure, meanDaysSql, percentSql, spanSql } from '../shared/read/figures.js'
import type { Reading } from '../shared/read/reading.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
import { dayOfSql } from './figures.js'

/** The indicators of domain.md §8 over any hazards: the same formulas for lists, groups, boards and reports. */
type Condition = (at: string, reading: Reading) => Sql

const stages = OPEN_STAGES.filter((stage) => stage !== 'DRAFT').map((stage) => `'${stage}'`)
export const open: Condition = (at) => raw(`${at}.stage in (${stages.join(', ')})`)
const closed: Condition = (at) => raw(`${at}.stage = 'CLOSED'`)
/** A draft is not in the ledger yet, a void hazard no longer; a transferred one is shown apart. */
export const found: Condition = (at) => raw(`${at}.stage not in ('DRAFT', 'VOID', 'TRANSFERRED')`)
const transferred: Condition = (at) => raw(`${at}.stage = 'TRANSFERRED'`)
export const major =
  (of: Condition): Condition =>
  (at, reading) =>
    sql`${of(at, reading)} and ${raw(at)}.severity = 'MAJOR'`
const overdue: Condition = (at, reading) => sql`${open(at, reading)} and ${raw(at)}.due_on < ${reading.today}`
/** A deadline counts once it has run out: its day is inclusive, so it lies before today. */
const due =
  (deadline: string): Condition =>
  (at, reading) =>
    sql`${found(at, reading)} and ${raw(`${at}.${deadline}`)} < ${reading.today}`
const onTime =
  (deadline: string): Condition =>
  (at, reading) =>
    sql`${closed(at, reading)} and ${raw(`${at}.${deadline}`)} < ${reading.today} and ${raw(dayOfSql(`${at}.closed_at`, reading.engine))} <= ${raw(`${at}.${deadline}`)}`
/** Its five fixings are all handed in: none is taken with one missing (five fixings, domain.md §4.3). */
const planned: Condition = (at, reading) => sql`${found(at, reading)} and ${raw(at)}.fixings_at is not null`
const firstPass: Condition = (at, reading) => sql`${closed(at, reading)} and ${raw(at)}.returns = 0`

const timeToClose = (at: string, reading: Reading): Sql => {
  const span = spanSql(`${at}.registered_at`, `${at}.closed_at`, reading.engine)
  return sql`case when ${closed(at, reading)} and ${raw(at)}.registered_at is not null then ${raw(span)} end`
}
const meanTime = (at: string, reading: Reading): Sql => {
  const time = timeToClose(at, reading)
  return meanDaysSql(sql`cast(sum(${time}) as bigint)`, sql`count(${time})`)
}

const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at, reading) => countIf(of(at, reading)) })
const rate = (name: string, label: string, num: Condition, den: Condition): Figure => ({
  ...{ name, label, kind: 'rate' },
  of: (at, reading) => percentSql(countIf(num(at, reading)), countIf(den(at, reading))),
})

defineFigures(Hazard, [
  number('found', '发现数', found),
  number('closed', '已销号', closed),
  number('open', '未销号', open),
  number('overdue', '逾期未改', overdue),
  number('transferred', '已移送', transferred),
  number('majorFound', '重大隐患', major(found)),
  number('majorClosed', '重大隐患已销号', major(closed)),
  number('majorOpen', '重大隐患未销号', major(open)),
  rate('rectificationRate', '整改率', closed, found),
  rate('onTimeRate', '按期整改率', onTime('due_on'), due('due_on')),
  rate('firstDeadlineRate', '首期按期率', onTime('original_due_on'), due('original_due_on')),
  rate('firstPassRate', '一次复查合格率', firstPass, closed),
  rate('majorCloseRate', '重大隐患销号率', major(closed), major(found)),
  rate('fiveFixingsRate', '五落实率', major(planned), major(found)),
  { name: 'averageDays', label: '平均整改天数', kind: 'days', of: meanTime },
  { name: 'medianDays', label: '整改天数中位数', kind: 'days', medianOf: timeToClose },
])
