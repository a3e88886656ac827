import { registerEnumType } from 'type-graphql'
import { worded } from '../shared/words.js'

/** 状态 (domain.md §4.2). */
export enum HazardStage {
  DRAFT = 'DRAFT',
  REGISTERED = 'REGISTERED',
  NOTIFIED = 'NOTIFIED',
  RECTIFYING = 'RECTIFYING',
  PENDING_REVIEW = 'PENDING_REVIEW',
  CLOSED = 'CLOSED',
  TRANSFERRED = 'TRANSFERRED',
  VOID = 'VOID',
}
/** 隐患等级: only two nationally; never the risk's or the accident's scale (domain.md §0.4). */
export enum HazardSeverity {
  GENERAL = 'GENERAL',
  MAJOR = 'MAJOR',
}
export enum HazardFactor {
  PERSON = 'PERSON',
  OBJECT = 'OBJECT',
  ENVIRONMENT = 'ENVIRONMENT',
  MANAGEMENT = 'MANAGEMENT',
}
export enum HazardSource {
  SELF_CHECK = 'SELF_CHECK',
  EMPLOYEE_REPORT = 'EMPLOYEE_REPORT',
  GRID_PATROL = 'GRID_PATROL',
  STATION_GUIDANCE = 'STATION_GUIDANCE',
  ENFORCEMENT = 'ENFORCEMENT',
  EXPERT = 'EXPERT',
  REPORT = 'REPORT',
}
export enum ManageType {
  IMMEDIATE = 'IMMEDIATE',
  DEADLINE = 'DEADLINE',
}
export enum HazardCategory {
  MECHANICAL = 'MECHANICAL',
  ELECTRICAL = 'ELECTRICAL',
  FIRE = 'FIRE',
  GAS = 'GAS',
  HAZCHEM = 'HAZCHEM',
  DUST = 'DUST',
  CONFINED = 'CONFINED',
  SPECIAL_EQUIP = 'SPECIAL_EQUIP',
  VEHICLE = 'VEHICLE',
  FALL = 'FALL',
  COLLAPSE = 'COLLAPSE',
  POISONING = 'POISONING',
  OCC_HEALTH = 'OCC_HEALTH',
  STATIC = 'STATIC',
  TRAINING = 'TRAINING',
  QUALIFICATION = 'QUALIFICATION',
  CONTRACTOR = 'CONTRACTOR',
  EMERGENCY = 'EMERGENCY',
  SECURITY = 'SECURITY',
  OTHER = 'OTHER',
}
/** 升级层级, in the order in which a late hazard climbs (domain.md §4.6). */
export enum Escalation {
  NONE = 'NONE',
  REMINDED = 'REMINDED',
  OVERDUE = 'OVERDUE',
  STATION_LEADER = 'STATION_LEADER',
  TOWN_RED_LIST = 'TOWN_RED_LIST',
  TRANSFER_PROPOSED = 'TRANSFER_PROPOSED',
}
const { DRAFT, REGISTERED, NOTIFIED, RECTIFYING, PENDING_REVIEW, CLOSED, TRANSFERRED, VOID } = HazardStage

/** The workflow, read aloud (domain.md §4.2). */
export const NEXT: Record<HazardStage, readonly HazardStage[]> = {
  DRAFT: [REGISTERED, VOID],
  REGISTERED: [NOTIFIED, PENDING_REVIEW, TRANSFERRED, VOID], // 即查即改：当场改完，等第二人签字
  NOTIFIED: [RECTIFYING, TRANSFERRED, VOID],
  RECTIFYING: [PENDING_REVIEW, TRANSFERRED, VOID],
  PENDING_REVIEW: [CLOSED, RECTIFYING, TRANSFERRED, VOID], // 复查不合格，退回整改
  CLOSED: [],
  TRANSFERRED: [],
  VOID: [],
}
export const OPEN_STAGES: readonly HazardStage[] = [DRAFT, REGISTERED, NOTIFIED, RECTIFYING, PENDING_REVIEW]
export const isOpen = (stage: HazardStage) => OPEN_STAGES.includes(stage)

/** The words of each, as the office says them; the graph's descriptions, the exports and the drop-down lists are these. */
export const STAGE_NAME: Record<HazardStage, string> = {
  DRAFT: '待登记',
  REGISTERED: '已登记',
  NOTIFIED: '已下达整改通知',
  RECTIFYING: '整改中',
  PENDING_REVIEW: '待复查',
  CLOSED: '已销号',
  TRANSFERRED: '已移送',
  VOID: '作废',
}
export const SEVERITY_NAME: Record<HazardSeverity, string> = { GENERAL: '一般', MAJOR: '重大' }
export const FACTOR_NAME: Record<HazardFactor, string> = { PERSON: '人', OBJECT: '物', ENVIRONMENT: '环境', MANAGEMENT: '管理' }
export const SOURCE_NAME: Record<HazardSource, string> = {
  SELF_CHECK: '企业自查',
  EMPLOYEE_REPORT: '员工报告',
  GRID_PATROL: '网格巡查',
  STATION_GUIDANCE: '督促指导',
  ENFORCEMENT: '执法检查',
  EXPERT: '专家检查',
  REPORT: '群众举报',
}
export const MANAGE_NAME: Record<ManageType, string> = { IMMEDIATE: '即查即改', DEADLINE: '限期整改' }
export const CATEGORY_NAME: Record<HazardCategory, string> = {
  MECHANICAL: '机械',
  ELECTRICAL: '电气',
  FIRE: '消防',
  GAS: '燃气',
  HAZCHEM: '危险化学品',
  DUST: '粉尘',
  CONFINED: '有限空间',
  SPECIAL_EQUIP: '特种设备',
  VEHICLE: '车辆',
  FALL: '高处坠落',
  COLLAPSE: '坍塌',
  POISONING: '中毒窒息',
  OCC_HEALTH: '职业健康',
  STATIC: '静电',
  TRAINING: '教育培训',
  QUALIFICATION: '资质证照',
  CONTRACTOR: '相关方',
  EMERGENCY: '应急',
  SECURITY: '治安',
  OTHER: '其他',
}
export const ESCALATION_NAME: Record<Escalation, string> = {
  NONE: '未升级',
  REMINDED: '已提醒',
  OVERDUE: '逾期',
  STATION_LEADER: '报站所负责人',
  TOWN_RED_LIST: '镇安办督办清单',
  TRANSFER_PROPOSED: '建议移送',
}

registerEnumType(HazardStage, { name: 'HazardStage', description: '隐患状态', valuesConfig: worded(STAGE_NAME) })
registerEnumType(HazardSeverity, { name: 'HazardSeverity', description: '隐患等级', valuesConfig: worded(SEVERITY_NAME) })
registerEnumType(HazardFactor, { name: 'HazardFactor', description: '隐患因素：人、物、环境、管理', valuesConfig: worded(FACTOR_NAME) })
registerEnumType(HazardSource, { name: 'HazardSource', description: '隐患来源', valuesConfig: worded(SOURCE_NAME) })
registerEnumType(ManageType, { name: 'ManageType', description: '治理类型：即查即改、限期整改', valuesConfig: worded(MANAGE_NAME) })
registerEnumType(HazardCategory, { name: 'HazardCategory', description: '隐患类别', valuesConfig: worded(CATEGORY_NAME) })
registerEnumType(Escalation, { name: 'Escalation', description: '逾期升级层级', valuesConfig: worded(ESCALATION_NAME) })
