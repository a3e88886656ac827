import { Certificate } from '../dossier/certificate.entity.js'
import { Dossier } from '../dossier/dossier.entity.js'
import { Drill } from '../dossier/drill.entity.js'
import { TrainingRecord } from '../dossier/training.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { countIf, defineFigures, type Figure, percentSql } from '../shared/read/figures.js'
import { hopSql, type Reading } from '../shared/read/reading.js'
import { someWith } from '../shared/read/source.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
import { inScope } from './riskFigures.js'

/** The indicators of domain.md §8 that the dossiers feed: 建档率, 合格建档率, 培训覆盖率, 演练覆盖率. */
type Condition = (at: string, reading: Reading) => Sql

const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at, reading) => countIf(of(at, reading)) })
const rate = (name: string, label: string, num: Condition, den: Condition): Figure => ({
  ...{ name, label, kind: 'rate' },
  of: (at, reading) => percentSql(countIf(num(at, reading)), countIf(den(at, reading))),
})

const counted: Condition = (at) => raw(`${at}.in_scope`)
const started: Condition = (at) => raw(`${at}.in_scope and ${at}.started_on is not null`)
const complete: Condition = (at) => raw(`${at}.in_scope and ${at}.complete`)
/** Of one that is complete nothing has been asked in vain; of one without a demand nothing is known. */
const percent = (at: string): Sql => raw(`(case when ${at}.in_scope then ${at}.percent end)`)

defineFigures(Dossier, [
  number('counted', '在统计范围的企业', counted),
  number('started', '已建档', started),
  number('completed', '十一部分齐全', complete),
  number('withExpired', '有过期的', (at) => raw(`${at}.in_scope and ${at}.expired > 0`)),
  rate('startedRate', '建档率', started, counted),
  rate('completeRate', '合格建档率', complete, counted),
  {
    ...{ name: 'meanPercent', label: '平均完整度（%）', kind: 'rate' },
    of: (at) => {
      const [total, many] = [sql`coalesce(sum(${percent(at)}), 0)`, sql`count(${percent(at)})`]
      return sql`(case when ${many} = 0 then null else ((${total}) * 20 + (${many})) / (2 * (${many})) / 10.0 end)`
    },
  },
])

const atWork: Condition = inScope
const hasDossier =
  (more: string): Condition =>
  (at, reading) =>
    someWith(raw(`${at}.id`), Dossier, raw('enterprise_id'), 'fd', sql`${raw(more)} and ${hopSql(Dossier, 'fd', reading)}`, reading)
export const dossierStarted = hasDossier('fd.started_on is not null')
export const dossierComplete = hasDossier('fd.complete')
const working =
  (of: Condition): Condition =>
  (at, reading) =>
    sql`${atWork(at, reading)} and ${of(at, reading)}`
defineFigures(Enterprise, [
  number('dossiersStarted', '已建档', working(dossierStarted)),
  number('dossiersComplete', '档案齐全', working(dossierComplete)),
  rate('dossierRate', '建档率', working(dossierStarted), atWork),
  rate('completeDossierRate', '合格建档率', working(dossierComplete), atWork),
])

/** Persons ÷ persons of the records that count; null when nobody was required. */
const persons = (name: string, label: string, num: string, den: string): Figure => ({
  ...{ name, label, kind: 'rate' },
  of: (at) => {
    const of = (column: string) => raw(`coalesce(sum(case when ${at}.voided_on is null and ${at}.${num} is not null then ${at}.${column} end), 0)`)
    return percentSql(of(num), of(den))
  },
})
defineFigures(TrainingRecord, [
  number('held', '培训次数', (at) => raw(`${at}.voided_on is null`)),
  persons('coverageRate', '培训覆盖率', 'trained', 'required'),
  persons('passRate', '考核合格率', 'passed', 'trained'),
])
defineFigures(Drill, [
  number('held', '演练次数', (at) => raw(`${at}.voided_on is null`)),
  number('evaluatedOnes', '已评估', (at) => raw(`${at}.voided_on is null and ${at}.evaluated`)),
  persons('coverageRate', '演练覆盖率', 'joined', 'required'),
])
defineFigures(Certificate, [
  number('valid', '有效', (at, { today }) => sql`${raw(at)}.voided_on is null and ${raw(at)}.valid_until >= ${today}`),
  number('lapsed', '已过期', (at, { today }) => sql`${raw(at)}.voided_on is null and ${raw(at)}.valid_until < ${today}`),
])
