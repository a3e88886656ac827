import { registerEnumType } from 'type-graphql'
import { worded } from '../shared/words.js'

/** The eleven parts exactly as the plan names them, in its order (domain.md §2.6). */
export enum DossierPart {
  BASICS = 'BASICS',
  RESPONSIBILITY = 'RESPONSIBILITY',
  RULES = 'RULES',
  TRAINING = 'TRAINING',
  EQUIPMENT = 'EQUIPMENT',
  SITE = 'SITE',
  RISK = 'RISK',
  HAZARDS = 'HAZARDS',
  EMERGENCY = 'EMERGENCY',
  ACCIDENTS = 'ACCIDENTS',
  IMPROVEMENT = 'IMPROVEMENT',
}
export const PARTS = Object.values(DossierPart)
export const PART_NAMES: Record<DossierPart, string> = {
  BASICS: '企业基本信息',
  RESPONSIBILITY: '全员安全生产责任制',
  RULES: '制度化管理',
  TRAINING: '教育培训',
  EQUIPMENT: '设备设施',
  SITE: '现场管理',
  RISK: '安全风险管控',
  HAZARDS: '隐患排查治理',
  EMERGENCY: '应急管理',
  ACCIDENTS: '事故管理',
  IMPROVEMENT: '持续改进',
}
registerEnumType(DossierPart, { name: 'DossierPart', description: '一企一档的十一个部分', valuesConfig: worded(PART_NAMES) })

/** The column of the dossier that holds a part's completeness. */
export const columnOfPart = (part: DossierPart) => part.toLowerCase() as Lowercase<DossierPart>

export enum RequirementKind {
  DOCUMENT = 'DOCUMENT',
  RECORD = 'RECORD',
  FACT = 'FACT',
}
export const REQUIREMENT_KIND_NAMES: Record<RequirementKind, string> = { DOCUMENT: '上传资料', RECORD: '系统记录', FACT: '企业信息' }
registerEnumType(RequirementKind, {
  name: 'RequirementKind',
  description: '要求的形式：上传资料、系统内的记录、企业信息',
  valuesConfig: worded(REQUIREMENT_KIND_NAMES),
})

export enum DocumentState {
  SUBMITTED = 'SUBMITTED',
  ACCEPTED = 'ACCEPTED',
  RETURNED = 'RETURNED',
}
export const DOCUMENT_STATE_NAMES: Record<DocumentState, string> = { SUBMITTED: '待审核', ACCEPTED: '已通过', RETURNED: '已退回' }
registerEnumType(DocumentState, {
  name: 'DocumentState',
  description: '资料审核：待审核、已通过、已退回',
  valuesConfig: worded(DOCUMENT_STATE_NAMES),
})

/** How one requirement stands: met, or why not. */
export enum GapKind {
  MISSING = 'MISSING',
  EXPIRED = 'EXPIRED',
  RETURNED = 'RETURNED',
  UNREVIEWED = 'UNREVIEWED',
  TOO_FEW = 'TOO_FEW',
}
export const GAP_KIND_NAMES: Record<GapKind, string> = { MISSING: '缺', EXPIRED: '过期', RETURNED: '退回', UNREVIEWED: '待审核', TOO_FEW: '不足' }
registerEnumType(GapKind, {
  name: 'GapKind',
  description: '不完整的原因：缺、过期、退回、待审核、记录不足',
  valuesConfig: worded(GAP_KIND_NAMES),
})

export enum TrainingKind {
  THREE_LEVEL = 'THREE_LEVEL',
  REFRESHER = 'REFRESHER',
  PRINCIPAL = 'PRINCIPAL',
  OFFICER = 'OFFICER',
  SPECIAL_OPERATION = 'SPECIAL_OPERATION',
  TRANSFER = 'TRANSFER',
  CONTRACTOR = 'CONTRACTOR',
  TOPIC = 'TOPIC',
}
export const TRAINING_KIND_NAMES: Record<TrainingKind, string> = {
  THREE_LEVEL: '三级安全教育',
  REFRESHER: '年度再培训',
  PRINCIPAL: '主要负责人培训',
  OFFICER: '安全管理人员培训',
  SPECIAL_OPERATION: '特种作业培训',
  TRANSFER: '转岗复岗培训',
  CONTRACTOR: '外来人员培训',
  TOPIC: '专题培训',
}
registerEnumType(TrainingKind, {
  name: 'TrainingKind',
  description: '培训类型',
  valuesConfig: worded(TRAINING_KIND_NAMES),
})

export enum EquipmentKind {
  GENERAL = 'GENERAL',
  BOILER = 'BOILER',
  PRESSURE_VESSEL = 'PRESSURE_VESSEL',
  PRESSURE_PIPE = 'PRESSURE_PIPE',
  LIFT = 'LIFT',
  CRANE = 'CRANE',
  FORKLIFT = 'FORKLIFT',
  FIRE = 'FIRE',
}
export const EQUIPMENT_KIND_NAMES: Record<EquipmentKind, string> = {
  GENERAL: '一般设备',
  BOILER: '锅炉',
  PRESSURE_VESSEL: '压力容器',
  PRESSURE_PIPE: '压力管道',
  LIFT: '电梯',
  CRANE: '起重机械',
  FORKLIFT: '场（厂）内机动车辆',
  FIRE: '消防设施',
}
registerEnumType(EquipmentKind, {
  name: 'EquipmentKind',
  description: '设备类型',
  valuesConfig: worded(EQUIPMENT_KIND_NAMES),
})

export enum EquipmentState {
  IN_USE = 'IN_USE',
  STOPPED = 'STOPPED',
  SCRAPPED = 'SCRAPPED',
}
export const EQUIPMENT_STATE_NAMES: Record<EquipmentState, string> = { IN_USE: '在用', STOPPED: '停用', SCRAPPED: '报废' }
registerEnumType(EquipmentState, {
  name: 'EquipmentState',
  description: '设备状态',
  valuesConfig: worded(EQUIPMENT_STATE_NAMES),
})

export enum CertificateKind {
  LICENCE = 'LICENCE',
  PRINCIPAL = 'PRINCIPAL',
  OFFICER = 'OFFICER',
  SPECIAL_OPERATION = 'SPECIAL_OPERATION',
  EQUIPMENT_OPERATOR = 'EQUIPMENT_OPERATOR',
  OTHER = 'OTHER',
}
export const CERTIFICATE_KIND_NAMES: Record<CertificateKind, string> = {
  LICENCE: '许可证照',
  PRINCIPAL: '主要负责人合格证',
  OFFICER: '安全管理人员合格证',
  SPECIAL_OPERATION: '特种作业操作证',
  EQUIPMENT_OPERATOR: '特种设备作业人员证',
  OTHER: '其他证书',
}
registerEnumType(CertificateKind, {
  name: 'CertificateKind',
  description: '证照类型',
  valuesConfig: worded(CERTIFICATE_KIND_NAMES),
})

export enum DrillKind {
  TABLETOP = 'TABLETOP',
  FUNCTIONAL = 'FUNCTIONAL',
  EVACUATION = 'EVACUATION',
  FULL = 'FULL',
}
export const DRILL_KIND_NAMES: Record<DrillKind, string> = { TABLETOP: '桌面推演', FUNCTIONAL: '现场处置演练', EVACUATION: '疏散演练', FULL: '综合实战演练' }
registerEnumType(DrillKind, {
  name: 'DrillKind',
  description: '演练形式',
  valuesConfig: worded(DRILL_KIND_NAMES),
})

/** A scale of its own: neither that of hazards nor that of risks (domain.md §0.4). */
export enum AccidentGrade {
  NEAR_MISS = 'NEAR_MISS',
  ORDINARY = 'ORDINARY',
  CONSIDERABLE = 'CONSIDERABLE',
  MAJOR = 'MAJOR',
  EXTREME = 'EXTREME',
}
export const ACCIDENT_GRADE_NAMES: Record<AccidentGrade, string> = {
  NEAR_MISS: '未遂事件',
  ORDINARY: '一般事故',
  CONSIDERABLE: '较大事故',
  MAJOR: '重大事故',
  EXTREME: '特别重大事故',
}
registerEnumType(AccidentGrade, {
  name: 'AccidentGrade',
  description: '事故等级',
  valuesConfig: worded(ACCIDENT_GRADE_NAMES),
})
