import { countIf, defineFigures, type Figure, percentSql } from '../shared/read/figures.js'
import type { Reading } from '../shared/read/reading.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
import { Check, CheckResult } from './check.entity.js'
import { CheckTask } from './checkTask.entity.js'
import { Clearance } from './clearance.entity.js'

/** The indicators of domain.md §8 that checks feed. */
type Condition = (at: string, reading: Reading) => Sql
const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at, reading) => countIf(of(at, reading)) })
const rate = (name: string, label: string, num: Condition, den: Condition): Figure => ({
  ...{ name, label, kind: 'rate' },
  of: (at, reading) => percentSql(countIf(num(at, reading)), countIf(den(at, reading))),
})
const is =
  (column: string, ...values: string[]): Condition =>
  (at) =>
    raw(`${at}.${column} in (${values.map((value) => `'${value}'`).join(', ')})`)

/** A task is owed once its last day is over, or when it has been done; what is excused or still has time is owed by nobody. */
const done = is('outcome', 'DONE')
const late = is('outcome', 'LATE')
const missed: Condition = (at, { today }) => sql`${raw(`${at}.outcome = 'OPEN' and ${at}.due_on`)} < ${today}`
const due: Condition = (at, reading) => sql`(${is('outcome', 'DONE', 'LATE')(at, reading)} or ${missed(at, reading)})`

defineFigures(CheckTask, [
  number('due', '应检查', due),
  number('done', '按期完成', done),
  number('late', '逾期完成', late),
  number('missed', '漏检', missed),
  number('notYetDue', '未到期', (at, { today }) => sql`${raw(`${at}.outcome = 'OPEN' and ${at}.due_on`)} >= ${today}`),
  number('excused', '免检', is('outcome', 'EXCUSED')),
  rate('executionRate', '检查执行率', done, due),
  rate('completionRate', '检查完成率（含补做）', is('outcome', 'DONE', 'LATE'), due),
  rate('missedRate', '漏检率', missed, due),
])

const sum = (at: string, ...columns: string[]): Sql => raw(`cast(coalesce(sum(${columns.map((column) => `${at}.${column}`).join(' + ')}), 0) as bigint)`)
const total = (name: string, label: string, column: string): Figure => ({ name, label, kind: 'count', of: (at) => sum(at, column) })

defineFigures(Check, [
  total('passed', '符合', 'passed'),
  total('failed', '不符合', 'failed'),
  total('fixed', '当场整改', 'fixed'),
  total('notChecked', '未检查', 'not_checked'),
  { name: 'complianceRate', label: '符合率', kind: 'rate', of: (at) => percentSql(sum(at, 'passed'), sum(at, 'passed', 'failed', 'fixed')) },
  number('withProblems', '查出问题的检查', (at) => raw(`${at}.failed + ${at}.fixed > 0`)),
])

defineFigures(CheckResult, [
  number('passed', '符合', is('outcome', 'PASS')),
  number('failed', '不符合', is('outcome', 'FAIL')),
  number('fixed', '当场整改', is('outcome', 'FIXED')),
  number('notApplicable', '不适用', is('outcome', 'NA')),
  number('notChecked', '未检查', is('outcome', 'NOT_CHECKED')),
  rate('complianceRate', '符合率', is('outcome', 'PASS'), is('outcome', 'PASS', 'FAIL', 'FIXED')),
  rate('raisedRate', '转隐患率', (at) => raw(`${at}.outcome in ('FAIL', 'FIXED') and ${at}.hazard_id is not null`), is('outcome', 'FAIL', 'FIXED')),
])

defineFigures(Clearance, [
  number('valid', '有效的清零证明', (at) => raw(`${at}.superseded_at is null`)),
  number('superseded', '已失效的清零证明', (at) => raw(`${at}.superseded_at is not null`)),
  { name: 'hazards', label: '证明所涉隐患', kind: 'count', of: (at) => sum(at, 'found') },
])
