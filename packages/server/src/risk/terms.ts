import { registerEnumType } from 'type-graphql'
import { worded } from '../shared/words.js'

/** 四色: the four grades of a risk, worst first; never the scale of hazards, accidents or standardisation (domain.md §0.4). */
export enum RiskColor {
  RED = 'RED',
  ORANGE = 'ORANGE',
  YELLOW = 'YELLOW',
  BLUE = 'BLUE',
}
/** 风险点类型: a place or equipment, or the steps of a job (domain.md §3.1). */
export enum RiskKind {
  FACILITY = 'FACILITY',
  ACTIVITY = 'ACTIVITY',
}
export enum RiskMethod {
  LEC = 'LEC',
  LS = 'LS',
}
/** Who controls a risk; the levels below control it too (domain.md §3.6). 班组 is merged into the post. */
export enum ControlLevel {
  COMPANY = 'COMPANY',
  WORKSHOP = 'WORKSHOP',
  POST = 'POST',
}
/** Judged red whatever the score (domain.md §3.6). */
export enum DirectRed {
  LAW_VIOLATED = 'LAW_VIOLATED',
  ACCIDENT_BEFORE = 'ACCIDENT_BEFORE',
  MAJOR_INSTALLATION = 'MAJOR_INSTALLATION',
  CROWD_EXPOSED = 'CROWD_EXPOSED',
  EXPERT = 'EXPERT',
}
/** The five classes of general trades; chemical firms report four others, which an export maps (domain.md §3.6, §4.9). */
export enum RiskMeasureClass {
  ENGINEERING = 'ENGINEERING',
  MANAGEMENT = 'MANAGEMENT',
  TRAINING = 'TRAINING',
  PPE = 'PPE',
  EMERGENCY = 'EMERGENCY',
}
/** Why a rating is looked at again: the year is over, or something has changed (domain.md §3.6). */
export enum ReviewCause {
  PERIODIC = 'PERIODIC',
  PERSON = 'PERSON',
  MACHINE = 'MACHINE',
  MATERIAL = 'MATERIAL',
  METHOD = 'METHOD',
  ENVIRONMENT = 'ENVIRONMENT',
  LAW = 'LAW',
  ACCIDENT = 'ACCIDENT',
  HAZARD_CLOSED = 'HAZARD_CLOSED',
  STATION = 'STATION',
}
/** What an enterprise's colour stands on. */
export enum ColorCause {
  NONE = 'NONE',
  POINTS = 'POINTS',
  OVERRIDE = 'OVERRIDE',
  OVERDUE_MAJOR = 'OVERDUE_MAJOR',
}
/** What a person can do to a risk point now; screens show these buttons and no others. The acts themselves ask again. */
export enum RiskAct {
  EDIT = 'EDIT',
  ASSESS = 'ASSESS',
  REVIEW = 'REVIEW',
  MEASURE = 'MEASURE',
  END = 'END',
  CONFIRM = 'CONFIRM',
  ASK_REVIEW = 'ASK_REVIEW',
  REPORT_HAZARD = 'REPORT_HAZARD',
}

export const COLOR_NAME: Record<RiskColor, string> = { RED: '重大风险（红）', ORANGE: '较大风险（橙）', YELLOW: '一般风险（黄）', BLUE: '低风险（蓝）' }
export const KIND_NAME: Record<RiskKind, string> = { FACILITY: '设备设施、场所', ACTIVITY: '作业活动' }
export const LEVEL_NAME: Record<ControlLevel, string> = { COMPANY: '公司级', WORKSHOP: '车间（部门）级', POST: '岗位（班组）级' }
export const DIRECT_RED_NAME: Record<DirectRed, string> = {
  LAW_VIOLATED: '违反法律法规或强制性标准',
  ACCIDENT_BEFORE: '发生过同类事故且条件仍在',
  MAJOR_INSTALLATION: '涉及重大危险源',
  CROWD_EXPOSED: '有爆炸、中毒、火灾危险且同时作业十人以上',
  EXPERT: '经专家论证确定',
}
export const MEASURE_NAME: Record<RiskMeasureClass, string> = {
  ENGINEERING: '工程技术',
  MANAGEMENT: '管理',
  TRAINING: '培训教育',
  PPE: '个体防护',
  EMERGENCY: '应急处置',
}
export const REVIEW_NAME: Record<ReviewCause, string> = {
  PERIODIC: '定期复评',
  PERSON: '人员变化',
  MACHINE: '设备变化',
  MATERIAL: '物料变化',
  METHOD: '工艺变化',
  ENVIRONMENT: '环境变化',
  LAW: '法规标准变化',
  ACCIDENT: '发生事故',
  HAZARD_CLOSED: '相关隐患销号',
  STATION: '站所要求',
}
const CAUSE_NAME: Record<ColorCause, string> = { NONE: '未评', POINTS: '风险点', OVERRIDE: '站所调整', OVERDUE_MAJOR: '重大隐患逾期' }

registerEnumType(RiskColor, { name: 'RiskColor', description: '四色：红、橙、黄、蓝', valuesConfig: worded(COLOR_NAME) })
registerEnumType(RiskKind, { name: 'RiskKind', description: '风险点类型', valuesConfig: worded(KIND_NAME) })
registerEnumType(RiskMethod, { name: 'RiskMethod', description: '评价方法', valuesConfig: worded({ LEC: '作业条件危险性分析 LEC', LS: '风险矩阵 LS' }) })
registerEnumType(ControlLevel, { name: 'ControlLevel', description: '管控层级', valuesConfig: worded(LEVEL_NAME) })
registerEnumType(DirectRed, { name: 'DirectRed', description: '直接判定为重大风险的理由', valuesConfig: worded(DIRECT_RED_NAME) })
registerEnumType(RiskMeasureClass, { name: 'RiskMeasureClass', description: '管控措施类别', valuesConfig: worded(MEASURE_NAME) })
registerEnumType(ReviewCause, { name: 'ReviewCause', description: '复评缘由', valuesConfig: worded(REVIEW_NAME) })
registerEnumType(ColorCause, { name: 'ColorCause', description: '企业颜色的依据', valuesConfig: worded(CAUSE_NAME) })
registerEnumType(RiskAct, { name: 'RiskAct', description: '可以对风险点做的事' })
