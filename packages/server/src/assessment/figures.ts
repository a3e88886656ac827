import { countIf, defineFigures, type Figure, percentSql } from '../shared/read/figures.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
import type { Reading } from '../shared/read/reading.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { sourceSql } from '../shared/read/source.js'
import { Assessment, Deduction } from './assessment.entity.js'

export const finished = (at: string) => raw(`${at}.finished_on is not null`)
export const accepted = (at: string) => raw(`${at}.stage = 'ACCEPTED'`)
const all = () => raw('1 = 1')
const onTime = (at: string) => raw(`${at}.finished_on is not null and ${at}.finished_on <= ${at}.due_on`)
const found = (at: string) => raw(`${at}.withdrawn_on is null`)
const closed = (at: string, reading: Reading) =>
  sql`${raw(at)}.withdrawn_on is null and (${raw(at)}.verified_on is not null or exists (select 1 from ${sourceSql(Hazard, reading)} dh where dh.id = ${raw(at)}.hazard_id and dh.stage = 'CLOSED'))`

type Condition = (at: string, reading: Reading) => Sql
const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at, reading) => countIf(of(at, reading)) })
const rate = (name: string, label: string, num: Condition, den: Condition): Figure => ({
  ...{ name, label, kind: 'rate' },
  of: (at, reading) => percentSql(countIf(num(at, reading)), countIf(den(at, reading))),
})

/** 自评完成率: finished by its day / required (domain.md §8). */
defineFigures(Assessment, [
  number('finished', '已完成自评', finished),
  number('accepted', '站所已认可', accepted),
  number('late', '逾期未完成', (at, { today }) => sql`${raw(`${at}.finished_on is null and ${at}.due_on`)} < ${today}`),
  rate('completionRate', '自评完成率', onTime, all),
])
/** 不符合项整改率: closed / found. */
defineFigures(Deduction, [number('found', '不符合项', found), number('closed', '已整改', closed), rate('closureRate', '不符合项整改率', closed, found)])
