import { countIf, defineFigures, type Figure, percentSql } from '../shared/read/figures.js'
import type { Reading } from '../shared/read/reading.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
import { PublicReport } from './publicReport.entity.js'

type Condition = (at: string, reading: Reading) => Sql
const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at, reading) => countIf(of(at, reading)) })
const rate = (name: string, label: string, num: Condition, den: Condition): Figure => ({
  ...{ name, label, kind: 'rate' },
  of: (at, reading) => percentSql(countIf(num(at, reading)), countIf(den(at, reading))),
})
const is =
  (...stages: string[]): Condition =>
  (at) =>
    raw(`${at}.stage in (${stages.map((stage) => `'${stage}'`).join(', ')})`)

const waiting = is('RECEIVED', 'IN_HAND')
const decided: Condition = (at) => raw(`${at}.decided_at is not null`)
const late: Condition = (at, reading) => sql`${waiting(at, reading)} and ${raw(at)}.triage_due_on < ${reading.today}`
/** Its day is over, or it has been decided. Decided at the end of its last day in Shanghai (16:00 UTC) is in time. */
const due: Condition = (at, reading) => sql`(${decided(at, reading)} or ${late(at, reading)})`
const inTime: Condition = (at, reading) => sql`${decided(at, reading)} and ${raw(`${at}.decided_at < (${at}.triage_due_on || 'T16:00:00')`)}`
const toHazard: Condition = (at) => raw(`${at}.hazard_id is not null`)

defineFigures(PublicReport, [
  number('waiting', '待处理', waiting),
  number('late', '逾期未处理', late),
  number('rectifying', '整改中', is('RECTIFYING')),
  number('closed', '已办结', is('CLOSED')),
  number('refused', '不予受理', is('REFUSED')),
  number('toHazard', '转为隐患', toHazard),
  rate('inTimeRate', '按期处理率', inTime, due),
  rate('hazardRate', '转隐患率', toHazard, decided),
])
