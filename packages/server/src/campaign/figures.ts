import { countIf, defineFigures, type Figure, percentSql } from '../shared/read/figures.js'
import type { Reading } from '../shared/read/reading.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
import { PolicyStep } from './enterprisePolicy.entity.js'
import { CampaignExemption } from './exemption.entity.js'
import { Nomination } from './nomination.entity.js'

type Condition = (at: string, reading: Reading) => Sql
const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at, reading) => countIf(of(at, reading)) })
const stage =
  (...stages: string[]): Condition =>
  (at) =>
    raw(`${at}.stage in (${stages.map((one) => `'${one}'`).join(', ')})`)

defineFigures(Nomination, [number('submitted', '已上报', stage('SUBMITTED', 'ACCEPTED')), number('accepted', '已采用', stage('ACCEPTED'))])
defineFigures(CampaignExemption, [number('granted', '有效豁免', stage('GRANTED')), number('asked', '待办申请', stage('ASKED'))])

const owed: Condition = (at) => raw(`${at}.dropped_on is null`)
const done: Condition = (at) => raw(`${at}.dropped_on is null and ${at}.done_on is not null`)
defineFigures(PolicyStep, [
  number('steps', '措施数', owed),
  number('done', '已完成', done),
  number('late', '逾期未完成', (at, { today }) => sql`${raw(`${at}.dropped_on is null and ${at}.done_on is null and ${at}.due_on`)} < ${today}`),
  { name: 'doneRate', label: '措施完成率', kind: 'rate', of: (at, reading) => percentSql(countIf(done(at, reading)), countIf(owed(at, reading))) },
])
