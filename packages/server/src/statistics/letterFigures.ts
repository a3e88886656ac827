import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Letter } from '../letter/letter.entity.js'
import { LetterKind, SERVED } from '../letter/terms.js'
import { countIf, defineFigures, type Figure, percentSql } from '../shared/read/figures.js'
import { hopSql, type Reading } from '../shared/read/reading.js'
import { someWith } from '../shared/read/source.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'

/** 告知书送达率, 承诺书签订率 (domain.md §8) over any enterprises, of the year of the day that is asked for. */
type Condition = (at: string, reading: Reading) => Sql

const served = SERVED.map((stage) => `'${stage}'`).join(', ')
/** In scope: in business on that day. */
const active: Condition = (at, { today }) => sql`(${raw(`${at}.closed_on is null or ${at}.closed_on`)} > ${today})`
/** There is such a letter of a year. */
type OfYear = (at: string, reading: Reading, year: number) => Sql
const has =
  (kind: LetterKind, and: string): OfYear =>
  (at, reading, year) =>
    someWith(
      raw(`${at}.id`),
      Letter,
      raw('enterprise_id'),
      'fl',
      sql`${raw(`fl.kind = '${kind}'`)} and fl.year = ${year} and ${raw(and)} and ${hopSql(Letter, 'fl', reading)}`,
      reading,
    )
export const noticeDelivered = has(LetterKind.NOTICE, `fl.stage in (${served})`)
/** Valid: signed, and neither name nor legal representative has changed since. */
export const commitmentSigned = has(LetterKind.COMMITMENT, `fl.stage in (${served}) and not fl.resign`)
const thisYear =
  (of: OfYear): Condition =>
  (at, reading) =>
    sql`${active(at, reading)} and ${of(at, reading, Number(reading.today.slice(0, 4)))}`
const delivered = thisYear(noticeDelivered)
const signed = thisYear(commitmentSigned)

const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at, reading) => countIf(of(at, reading)) })
const rate = (name: string, label: string, num: Condition, den: Condition): Figure => ({
  ...{ name, label, kind: 'rate' },
  of: (at, reading) => percentSql(countIf(num(at, reading)), countIf(den(at, reading))),
})

defineFigures(Enterprise, [
  number('noticesDelivered', '告知书已送达', delivered),
  number('commitmentsSigned', '承诺书已签订', signed),
  rate('noticeRate', '告知书送达率', delivered, active),
  rate('commitmentRate', '承诺书签订率', signed, active),
])
