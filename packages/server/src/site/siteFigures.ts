import { countIf, defineFigures, type Figure, percentSql } from '../shared/read/figures.js'
import { raw, type Sql, sql } from '../shared/read/sql.js'
import type { Reading } from '../shared/read/reading.js'
import { FiveSAudit, FiveSDimensionScore, FiveSScore } from './fiveSAudit.entity.js'
import { PostStanding, SiteStanding } from './postStanding.entity.js'
import { RiskNotice } from './riskNotice.entity.js'
import { Sign, SignTask } from './sign.entity.js'
import { SixHavesCheck, SixHavesCount } from './sixHaves.entity.js'
import { Violation } from './violation.entity.js'

/** The indicators of domain.md §8 that the site feeds, by one formula for lists, groups, pages and exports. */
type Condition = (at: string, reading: Reading) => Sql
const when =
  (text: string): Condition =>
  (at) =>
    raw(text.replaceAll('$', at))
const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at, reading) => countIf(of(at, reading)) })
const rate = (name: string, label: string, num: Condition, den: Condition): Figure => ({
  ...{ name, label, kind: 'rate' },
  of: (at, reading) => percentSql(countIf(num(at, reading)), countIf(den(at, reading))),
})
/** The mean of a column of tenths: one decimal, half up, in whole numbers; null of none. */
const mean = (name: string, label: string, column: string, of: Condition): Figure => ({
  ...{ name, label, kind: 'rate' },
  of: (at, reading) => {
    const one = sql`case when ${of(at, reading)} then ${raw(`${at}.${column}`)} end`
    const [sum, n] = [sql`cast(coalesce(sum(${one}), 0) as bigint)`, sql`count(${one})`]
    return sql`(case when ${n} = 0 then null else (2 * ${sum} + ${n}) / (2 * ${n}) / 10.0 end)`
  },
})
/** Parts of a whole, both added up: percent with one decimal, half up; null where nothing is required. */
const share = (name: string, label: string, part: string, whole: string, of: Condition): Figure => ({
  ...{ name, label, kind: 'rate' },
  of: (at, reading) => {
    const sum = (column: string) => sql`cast(coalesce(sum(case when ${of(at, reading)} then ${raw(`${at}.${column}`)} end), 0) as bigint)`
    return percentSql(sum(part), sum(whole))
  },
})
const today = (text: string): Condition => {
  const [before = '', after = ''] = text.split('?')
  return (at, reading) => sql`${raw(before.replaceAll('$', at))}${reading.today}${raw(after.replaceAll('$', at))}`
}

export const valid = when('$.voided_on is null')
const judged = when('$.voided_on is null and $.passed is not null')
export const flag = (column: string, value: boolean): Condition => {
  return (at, { engine }) => raw(`${at}.${column} = ${engine === 'sqlite' ? Number(value) : value}`)
}
const and =
  (...all: Condition[]): Condition =>
  (at, reading) =>
    all.map((one) => one(at, reading)).reduce((a, b) => sql`${a} and ${b}`)

defineFigures(FiveSAudit, [
  number('audits', '审核数', valid),
  number('passedAudits', '达标审核数', and(valid, flag('passed', true))),
  rate('passRate', '5S达标率', and(judged, flag('passed', true)), judged),
  mean('averageScore', '5S平均分', 'tenths', valid),
  rate('gradeARate', '优（A）占比', and(judged, when(`$.grade = 'A'`)), judged),
])
defineFigures(FiveSDimensionScore, [mean('averageScore', '要素平均得分', 'tenths', flag('voided', false))])
const low = and(flag('voided', false), flag('bad', true))
defineFigures(FiveSScore, [
  number('badItems', '低分项数', low),
  rate('badRate', '低分项占比', low, and(flag('voided', false), when('$.score is not null'))),
  rate('toHazardRate', '低分项转隐患率', and(low, when('$.hazard_id is not null')), low),
])
defineFigures(Violation, [
  number('found', '三违起数', valid),
  number('open', '未办结', and(valid, when('$.followed_up_on is null'))),
  rate('followedUpRate', '三违办结率', and(valid, when('$.followed_up_on is not null')), valid),
])
const current = flag('current', true)
defineFigures(SixHavesCheck, [
  number('counted', '清点处数', current),
  rate('achievedRate', '六有达标处占比', and(current, flag('achieved', true)), and(current, when('$.achieved is not null'))),
  mean('averageRate', '六有平均率', 'tenths', and(current, when('$.tenths is not null'))),
])
defineFigures(SixHavesCount, [
  share('intactRate', '完好率', 'intact', 'required', current),
  number('lacking', '有缺损的处数', and(current, when('$.missing > 0'))),
])
const hanging = when('$.removed_on is null')
const checkable = [
  number('hanging', '在用数', hanging),
  number('bad', '破损或缺失', and(hanging, when(`$.state <> 'INTACT'`))),
  rate('intactRate', '完好率', and(hanging, when(`$.state = 'INTACT'`)), hanging),
  number('checkDue', '到期未检查', and(hanging, today('$.next_check_on < ?'))),
]
defineFigures(Sign, checkable)
defineFigures(RiskNotice, checkable)
const asked = when(`$.stage <> 'VOID'`)
defineFigures(SignTask, [
  number('open', '待补', when(`$.stage = 'OPEN'`)),
  number('late', '逾期未补', and(when(`$.stage = 'OPEN'`), today('$.due_on < ?'))),
  rate('doneRate', '补齐率', when(`$.stage = 'DONE'`), asked),
])
defineFigures(PostStanding, [
  number('posts', '岗位数', when('1 = 1')),
  number('reachedPosts', '达标岗位数', flag('reached', true)),
  rate('reachedRate', '岗位达标率', flag('reached', true), when('1 = 1')),
])
const assessed = (column: string) => when(`$.${column} is not null`)
defineFigures(SiteStanding, [
  number('fiveSAssessed', '5S已审核企业', assessed('audit_passed')),
  rate('fiveSRate', '5S达标率', flag('audit_passed', true), assessed('audit_passed')),
  mean('fiveSAverage', '5S平均分', 'audit_tenths', assessed('audit_tenths')),
  number('sixHavesAssessed', '六有已清点企业', assessed('six_haves_achieved')),
  rate('sixHavesReachedRate', '六有达标率', flag('six_haves_achieved', true), assessed('six_haves_achieved')),
  mean('sixHavesAverage', '六有平均率', 'six_haves_tenths', assessed('six_haves_tenths')),
  share('postRate', '岗位达标率', 'posts_reached', 'posts', when('$.posts > 0')),
  rate('reachedRate', '现场达标率', flag('reached', true), assessed('reached')),
])
