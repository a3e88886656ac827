import { registerEnumType } from 'type-graphql'
import { worded } from '../shared/words.js'

/** Who audits: the station once a quarter, the enterprise itself every month (domain.md §6.1). */
export enum AuditKind {
  STATION = 'STATION',
  ENTERPRISE = 'ENTERPRISE',
}
export enum SiteGrade {
  A = 'A',
  B = 'B',
  C = 'C',
  D = 'D',
}
export enum FiveSStage {
  DRAFT = 'DRAFT',
  PUBLISHED = 'PUBLISHED',
  SUPERSEDED = 'SUPERSEDED',
}
/** 三违. */
export enum ViolationKind {
  ILLEGAL_COMMAND = 'ILLEGAL_COMMAND',
  ILLEGAL_OPERATION = 'ILLEGAL_OPERATION',
  DISCIPLINE_BREACH = 'DISCIPLINE_BREACH',
}
/** Who broke the rule, by what he does and never by name (domain.md §9.5). */
export enum ViolatorRole {
  MANAGER = 'MANAGER',
  TEAM_LEADER = 'TEAM_LEADER',
  WORKER = 'WORKER',
  SPECIAL_WORKER = 'SPECIAL_WORKER',
  NEWCOMER = 'NEWCOMER',
  CONTRACTOR = 'CONTRACTOR',
  VISITOR = 'VISITOR',
}
export enum ViolationHandling {
  EDUCATED = 'EDUCATED',
  STOPPED = 'STOPPED',
  RETRAINED = 'RETRAINED',
  OFF_POST = 'OFF_POST',
  PENALISED = 'PENALISED',
}
/** 六有, in the plan's order. */
export enum SixHave {
  FLOOR_LINES = 'FLOOR_LINES',
  NAMEPLATES = 'NAMEPLATES',
  POST_WARNING = 'POST_WARNING',
  WORK_INSTRUCTION = 'WORK_INSTRUCTION',
  PIPE_DIRECTION = 'PIPE_DIRECTION',
  VALVE_TAGS = 'VALVE_TAGS',
}
/** 四类标识, in the order in which they hang side by side: warning, prohibition, mandatory, information (domain.md §6.3). */
export enum SignClass {
  WARNING = 'WARNING',
  PROHIBITION = 'PROHIBITION',
  MANDATORY = 'MANDATORY',
  INFORMATION = 'INFORMATION',
}
export const HANGING: readonly SignClass[] = [SignClass.WARNING, SignClass.PROHIBITION, SignClass.MANDATORY, SignClass.INFORMATION]
export enum SignState {
  INTACT = 'INTACT',
  DAMAGED = 'DAMAGED',
  MISSING = 'MISSING',
}
export enum SignTaskKind {
  SIGN = 'SIGN',
  SIX_HAVES = 'SIX_HAVES',
  NOTICE = 'NOTICE',
}
export enum SignTaskStage {
  OPEN = 'OPEN',
  DONE = 'DONE',
  HAZARD = 'HAZARD',
  VOID = 'VOID',
}
/** 安全风险公告: a board at the gate, a card at the post, a warning board beside a risk. */
export enum RiskNoticeKind {
  BOARD = 'BOARD',
  CARD = 'CARD',
  WARNING_BOARD = 'WARNING_BOARD',
}
/** What a post may have to show (岗位达标); which of them count is data. */
export enum PostFact {
  CARD = 'CARD',
  TRAINED = 'TRAINED',
  PROCEDURE = 'PROCEDURE',
  NO_VIOLATION = 'NO_VIOLATION',
  FIVE_S = 'FIVE_S',
  SIX_HAVES = 'SIX_HAVES',
  SIGNS = 'SIGNS',
  NO_LATE_HAZARD = 'NO_LATE_HAZARD',
}
/** What is recorded about a post by itself; the other facts are read from the records. */
export enum PostEvidenceKind {
  CARD = 'CARD',
  TRAINED = 'TRAINED',
  PROCEDURE = 'PROCEDURE',
}

export const SIX_HAVE_NAME: Record<SixHave, string> = {
  FLOOR_LINES: '车间地上有标线',
  NAMEPLATES: '设备有铭牌',
  POST_WARNING: '岗位有警示',
  WORK_INSTRUCTION: '作业有指令',
  PIPE_DIRECTION: '管线有流向标',
  VALVE_TAGS: '重要阀门或开关有挂牌',
}
export const SIGN_CLASS_NAME: Record<SignClass, string> = { WARNING: '警告', PROHIBITION: '禁止', MANDATORY: '指令', INFORMATION: '提示' }
export const SIGN_STATE_NAME: Record<SignState, string> = { INTACT: '完好', DAMAGED: '破损或不清', MISSING: '缺失' }
export const VIOLATION_NAME: Record<ViolationKind, string> = {
  ILLEGAL_COMMAND: '违章指挥',
  ILLEGAL_OPERATION: '违章作业',
  DISCIPLINE_BREACH: '违反劳动纪律',
}
export const POST_FACT_NAME: Record<PostFact, string> = {
  CARD: '岗位安全检查卡在用',
  TRAINED: '岗位人员培训合格',
  PROCEDURE: '岗位操作规程在岗',
  NO_VIOLATION: '期内没有未办结的“三违”',
  FIVE_S: '最近一次5S审核达标',
  SIX_HAVES: '“六有”达标',
  SIGNS: '安全标识完好并按期检查',
  NO_LATE_HAZARD: '没有逾期未改的隐患',
}

registerEnumType(AuditKind, { name: 'AuditKind', description: '5S审核类别', valuesConfig: worded({ STATION: '站所审核', ENTERPRISE: '企业自查' }) })
registerEnumType(SiteGrade, { name: 'SiteGrade', description: '5S等级', valuesConfig: worded({ A: '优', B: '良', C: '合格', D: '不合格' }) })
registerEnumType(FiveSStage, {
  name: 'FiveSStage',
  description: '5S标准的状态',
  valuesConfig: worded({ DRAFT: '草稿', PUBLISHED: '在用', SUPERSEDED: '已被取代' }),
})
registerEnumType(ViolationKind, { name: 'ViolationKind', description: '三违：违章指挥、违章作业、违反劳动纪律', valuesConfig: worded(VIOLATION_NAME) })
registerEnumType(ViolatorRole, {
  name: 'ViolatorRole',
  description: '违章人员的身份（不记姓名）',
  valuesConfig: worded({
    ...{ MANAGER: '管理人员', TEAM_LEADER: '班组长', WORKER: '一线员工', SPECIAL_WORKER: '特种作业人员' },
    ...{ NEWCOMER: '新进或转岗人员', CONTRACTOR: '外包（相关方）人员', VISITOR: '外来人员' },
  }),
})
registerEnumType(ViolationHandling, {
  name: 'ViolationHandling',
  description: '三违的处理',
  valuesConfig: worded({ EDUCATED: '当场教育', STOPPED: '责令停止作业', RETRAINED: '离岗培训', OFF_POST: '调离岗位', PENALISED: '按制度考核' }),
})
registerEnumType(SixHave, { name: 'SixHave', description: '六有', valuesConfig: worded(SIX_HAVE_NAME) })
registerEnumType(SignClass, { name: 'SignClass', description: '四类安全标识，按悬挂次序：警告、禁止、指令、提示', valuesConfig: worded(SIGN_CLASS_NAME) })
registerEnumType(SignState, { name: 'SignState', description: '标识状况', valuesConfig: worded(SIGN_STATE_NAME) })
registerEnumType(SignTaskKind, {
  name: 'SignTaskKind',
  description: '现场任务的由来',
  valuesConfig: worded({ SIGN: '安全标识', SIX_HAVES: '六有', NOTICE: '风险公告' }),
})
registerEnumType(SignTaskStage, {
  name: 'SignTaskStage',
  description: '现场任务的状态',
  valuesConfig: worded({ OPEN: '待补', DONE: '已补', HAZARD: '已转隐患', VOID: '作废' }),
})
registerEnumType(RiskNoticeKind, {
  name: 'RiskNoticeKind',
  description: '风险公告的形式',
  valuesConfig: worded({ BOARD: '风险公告栏', CARD: '岗位风险告知卡', WARNING_BOARD: '风险警示牌' }),
})
registerEnumType(PostFact, { name: 'PostFact', description: '岗位达标的条件', valuesConfig: worded(POST_FACT_NAME) })
registerEnumType(PostEvidenceKind, {
  name: 'PostEvidenceKind',
  description: '岗位达标的证明',
  valuesConfig: worded({ CARD: '岗位安全检查卡', TRAINED: '岗位培训', PROCEDURE: '操作规程' }),
})
