import { registerEnumType } from 'type-graphql'

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
registerEnumType(HazardStage, { name: 'HazardStage', description: '隐患状态' })
registerEnumType(HazardSeverity, { name: 'HazardSeverity', description: '隐患等级' })
registerEnumType(HazardFactor, { name: 'HazardFactor', description: '隐患因素：人、物、环境、管理' })
registerEnumType(HazardSource, { name: 'HazardSource', description: '隐患来源' })
registerEnumType(ManageType, { name: 'ManageType', description: '治理类型：即查即改、限期整改' })
registerEnumType(HazardCategory, { name: 'HazardCategory', description: '隐患类别' })
registerEnumType(Escalation, { name: 'Escalation', description: '逾期升级层级' })

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
