import { CheckKind, KIND_NAME } from '../inspection/terms.js'

export const GROUPS = ['ENTERPRISE', 'LETTER', 'DOSSIER', 'RISK', 'CHECK', 'HAZARD', 'SITE', 'TRAINING', 'BENCHMARK'] as const
export type Group = (typeof GROUPS)[number]
export const GROUP_NAME: Record<Group, string> = {
  ENTERPRISE: '企业情况',
  LETTER: '告知与承诺',
  DOSSIER: '一企一档',
  RISK: '四色风险',
  CHECK: '检查情况',
  HAZARD: '隐患治理',
  SITE: '5S与六有',
  TRAINING: '教育培训与演练',
  BENCHMARK: '标杆示范',
}

/**
 * One line of a summary (domain.md §7.7): a figure that a module defines of its thing, over the rows of the unit. `when`
 * is the datum that has to lie in the period: without it the line says how things stand at the instant.
 */
export interface LineOf {
  key: string
  label: string
  unit: string
  thing: string
  /** Of the thing's own figures (defineFigures); without one the rows are counted. */
  figure?: string
  when?: string
  /** What besides, on alias $; of our own making. */
  where?: string
}
export interface Line extends LineOf {
  group: Group
}
const line = (group: Group, key: string, label: string, unit: string, thing: string, figure?: string, more: Pick<LineOf, 'when' | 'where'> = {}): Line => ({
  ...{ group, key, label, unit, thing },
  ...(figure ? { figure } : {}),
  ...more,
})
const GENERAL = `$.severity = 'GENERAL'`
const MAJOR = `$.severity = 'MAJOR'`
const issued = (kind: string) => ({ when: 'issuedOn', where: `$.kind = '${kind}' and $.stage <> 'VOID'` })
const accepted = (kind: string) => ({ where: `$.kind = '${kind}' and $.stage = 'ACCEPTED'` })

/** A line whose figure nobody has defined is left out: a module that comes later brings its own. */
export const LINES: readonly Line[] = [
  line('ENTERPRISE', 'firms', '企业总数', '家', 'Enterprise', 'inScope'),
  line('ENTERPRISE', 'firmsVisited', '检查指导企业', '家', 'Check', 'firms', { when: 'doneOn', where: `$.kind <> 'SELF_CHECK'` }),
  line('ENTERPRISE', 'firmsNew', '新增企业', '家', 'Enterprise', undefined, { when: 'enteredOn' }),
  line('ENTERPRISE', 'firmsClosed', '停业或迁出企业', '家', 'Enterprise', undefined, { when: 'closedOn' }),
  line('LETTER', 'noticesIssued', '本期签发告知书', '份', 'Letter', undefined, issued('NOTICE')),
  line('LETTER', 'noticesDelivered', '本年告知书已送达企业', '家', 'Enterprise', 'noticesDelivered'),
  line('LETTER', 'noticeRate', '告知书送达率', '%', 'Enterprise', 'noticeRate'),
  line('LETTER', 'commitmentsIssued', '本期签发承诺书', '份', 'Letter', undefined, issued('COMMITMENT')),
  line('LETTER', 'commitmentsSigned', '本年承诺书已签订企业', '家', 'Enterprise', 'commitmentsSigned'),
  line('LETTER', 'commitmentRate', '承诺书签订率', '%', 'Enterprise', 'commitmentRate'),
  line('DOSSIER', 'dossiersStarted', '已建档企业', '家', 'Dossier', 'started'),
  line('DOSSIER', 'dossiersComplete', '档案齐全企业', '家', 'Dossier', 'completed'),
  line('DOSSIER', 'dossierRate', '建档率', '%', 'Dossier', 'startedRate'),
  line('DOSSIER', 'dossierCompleteRate', '合格建档率', '%', 'Dossier', 'completeRate'),
  line('RISK', 'pointsRed', '重大风险点（红）', '处', 'RiskPoint', 'red'),
  line('RISK', 'pointsOrange', '较大风险点（橙）', '处', 'RiskPoint', 'orange'),
  line('RISK', 'pointsYellow', '一般风险点（黄）', '处', 'RiskPoint', 'yellow'),
  line('RISK', 'pointsBlue', '低风险点（蓝）', '处', 'RiskPoint', 'blue'),
  line('RISK', 'pointsUnrated', '未评价风险点', '处', 'RiskPoint', 'unrated'),
  ...Object.values(CheckKind).map((kind) =>
    line('CHECK', `checks.${kind}`, KIND_NAME[kind], '次', 'Check', undefined, { when: 'doneOn', where: `$.kind = '${kind}'` }),
  ),
  line('CHECK', 'executionRate', '检查执行率', '%', 'CheckTask', 'executionRate', { when: 'dueOn' }),
  line('HAZARD', 'foundGeneral', '发现一般隐患', '项', 'Hazard', 'found', { when: 'foundOn', where: GENERAL }),
  line('HAZARD', 'closedGeneral', '整改销号一般隐患', '项', 'Hazard', 'closed', { when: 'closedAt', where: GENERAL }),
  line('HAZARD', 'openGeneral', '未销号一般隐患', '项', 'Hazard', 'open', { where: GENERAL }),
  line('HAZARD', 'overdueGeneral', '逾期未改一般隐患', '项', 'Hazard', 'overdue', { where: GENERAL }),
  line('HAZARD', 'foundMajor', '发现重大隐患', '项', 'Hazard', 'found', { when: 'foundOn', where: MAJOR }),
  line('HAZARD', 'closedMajor', '整改销号重大隐患', '项', 'Hazard', 'closed', { when: 'closedAt', where: MAJOR }),
  line('HAZARD', 'openMajor', '未销号重大隐患', '项', 'Hazard', 'open', { where: MAJOR }),
  line('HAZARD', 'overdueMajor', '逾期未改重大隐患', '项', 'Hazard', 'overdue', { where: MAJOR }),
  line('HAZARD', 'rectificationRate', '本期发现隐患整改率', '%', 'Hazard', 'rectificationRate', { when: 'foundOn' }),
  line('HAZARD', 'onTimeRate', '本期到期隐患按期整改率', '%', 'Hazard', 'onTimeRate', { when: 'dueOn' }),
  line('SITE', 'fiveSAverage', '5S平均分', '分', 'SiteStanding', 'fiveSAverage'),
  line('SITE', 'fiveSRate', '5S达标率', '%', 'SiteStanding', 'fiveSRate'),
  line('SITE', 'sixHavesAverage', '六有平均率', '%', 'SiteStanding', 'sixHavesAverage'),
  line('SITE', 'sixHavesRate', '六有达标率', '%', 'SiteStanding', 'sixHavesReachedRate'),
  line('TRAINING', 'trainings', '安全教育培训', '次', 'TrainingRecord', 'held', { when: 'heldOn' }),
  line('TRAINING', 'trained', '参加培训', '人次', 'TrainingRecord', 'persons', { when: 'heldOn' }),
  line('TRAINING', 'drills', '应急演练', '次', 'Drill', 'held', { when: 'heldOn' }),
  line('TRAINING', 'drilled', '参加演练', '人次', 'Drill', 'persons', { when: 'heldOn' }),
  line('BENCHMARK', 'benchmarkFirms', '标杆企业（已采用）', '家', 'Nomination', undefined, accepted('BENCHMARK')),
  line('BENCHMARK', 'demonstrationPosts', '示范岗位（已采用）', '个', 'Nomination', undefined, accepted('POST')),
]

/** Of these a year's target says how many there may be at most; of all others how many there are to be at least. */
const AT_MOST: ReadonlySet<string> = new Set([
  ...['firmsClosed', 'pointsRed', 'pointsOrange', 'pointsUnrated'],
  ...['openGeneral', 'overdueGeneral', 'openMajor', 'overdueMajor'],
])
export const atMost = (key: string): boolean => AT_MOST.has(key)

/** 完成情况: nothing to say without a target or a figure. */
export const reached = (key: string, value: number | null, target: number | null): boolean | null =>
  value === null || target === null ? null : atMost(key) ? value <= target : value >= target
