import { registerEnumType } from 'type-graphql'
import { worded } from '../shared/words.js'

/** 检查类型: who may do which, rights.ts; only ENFORCEMENT counts against a yearly cap (domain.md §1.8). */
export enum CheckKind {
  SELF_CHECK = 'SELF_CHECK',
  GRID_PATROL = 'GRID_PATROL',
  STATION_GUIDANCE = 'STATION_GUIDANCE',
  EXPERT_SERVICE = 'EXPERT_SERVICE',
  ENFORCEMENT = 'ENFORCEMENT',
  REPORT_VERIFICATION = 'REPORT_VERIFICATION',
}
/** 检查结果 of one item (domain.md §5.3). */
export enum ItemOutcome {
  PASS = 'PASS',
  FAIL = 'FAIL',
  FIXED = 'FIXED',
  NA = 'NA',
  NOT_CHECKED = 'NOT_CHECKED',
}
/** What became of a due task; whether an open one is coming, due or missed depends on the day (TaskState). */
export enum TaskOutcome {
  OPEN = 'OPEN',
  DONE = 'DONE',
  LATE = 'LATE',
  EXCUSED = 'EXCUSED',
}
export enum TaskState {
  COMING = 'COMING',
  DUE = 'DUE',
  DONE = 'DONE',
  LATE = 'LATE',
  MISSED = 'MISSED',
  EXCUSED = 'EXCUSED',
}
/** Why a task need not be done: it never counts, neither as due nor as missed. */
export enum ExcuseCause {
  STOPPED = 'STOPPED',
  REST_DAY = 'REST_DAY',
  LIST_ENDED = 'LIST_ENDED',
  ENTERPRISE_CLOSED = 'ENTERPRISE_CLOSED',
}
export enum SignatureRole {
  CHECKER = 'CHECKER',
  RECEIVER = 'RECEIVER',
}
/** A day that is not what its weekday says. */
export enum CalendarMark {
  REST = 'REST',
  WORK = 'WORK',
}
export enum ClearanceSpan {
  MONTH = 'MONTH',
  QUARTER = 'QUARTER',
}

export const KIND_NAME: Record<CheckKind, string> = {
  SELF_CHECK: '企业自查',
  GRID_PATROL: '网格巡查',
  STATION_GUIDANCE: '督促指导',
  EXPERT_SERVICE: '专家服务',
  ENFORCEMENT: '执法检查',
  REPORT_VERIFICATION: '举报核查',
}
export const OUTCOME_NAME: Record<ItemOutcome, string> = { PASS: '符合', FAIL: '不符合', FIXED: '当场整改', NA: '不适用', NOT_CHECKED: '未检查' }
export const TASK_NAME: Record<TaskState, string> = {
  COMING: '未到期',
  DUE: '待检查',
  DONE: '按期完成',
  LATE: '逾期完成',
  MISSED: '漏检',
  EXCUSED: '免检',
}
const EXCUSE_NAME: Record<ExcuseCause, string> = { STOPPED: '停产停业', REST_DAY: '休息日', LIST_ENDED: '清单停用', ENTERPRISE_CLOSED: '企业停业或迁出' }

registerEnumType(CheckKind, { name: 'CheckKind', description: '检查类型', valuesConfig: worded(KIND_NAME) })
registerEnumType(ItemOutcome, { name: 'ItemOutcome', description: '检查项结果', valuesConfig: worded(OUTCOME_NAME) })
registerEnumType(TaskOutcome, {
  name: 'TaskOutcome',
  description: '检查任务的结果',
  valuesConfig: worded({ OPEN: '未完成', DONE: '按期完成', LATE: '逾期完成', EXCUSED: '免检' }),
})
registerEnumType(TaskState, { name: 'TaskState', description: '检查任务今天的状态', valuesConfig: worded(TASK_NAME) })
registerEnumType(ExcuseCause, { name: 'ExcuseCause', description: '免检原因', valuesConfig: worded(EXCUSE_NAME) })
registerEnumType(SignatureRole, { name: 'SignatureRole', description: '签字人', valuesConfig: worded({ CHECKER: '检查人', RECEIVER: '受检单位' }) })
registerEnumType(CalendarMark, { name: 'CalendarMark', description: '放假或调休上班', valuesConfig: worded({ REST: '放假', WORK: '上班' }) })
registerEnumType(ClearanceSpan, { name: 'ClearanceSpan', description: '清零周期', valuesConfig: worded({ MONTH: '月', QUARTER: '季' }) })
