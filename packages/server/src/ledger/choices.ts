import { ScaleClass } from '../enterprise/enterprise.entity.js'
import { HazardCategory, HazardFactor, HazardSeverity, HazardSource, HazardStage } from '../hazard/terms.js'
import type { Cell } from '../shared/excel.js'
import { Refusal } from '../shared/refusal.js'
import { half, sameKey } from '../shared/sameKey.js'

/** An enumeration by the words of an office; the first word of each is what a template offers. */
type Words<Value extends string> = Record<Value, readonly string[]>

const reader = <Value extends string>(words: Words<Value>, wanted: string) => {
  const values = new Map(
    Object.entries<readonly string[]>(words).flatMap(([value, all]) => [value, ...all].map((word) => [sameKey(word), value as Value] as const)),
  )
  const find = (text: string): Value | undefined => (text.length > 100 ? undefined : among(text))
  const among = (text: string): Value | undefined => values.get(sameKey(text)) ?? values.get(sameKey(half(text).replace(/\(.*?\)/g, '')))
  const read = (cell: Cell): Value => {
    const value = find(cell.text)
    if (!value) throw new Refusal('CHOICE', `无法识别，请填：${wanted}`)
    return value
  }
  const names = Object.fromEntries(Object.entries<readonly string[]>(words).map(([value, all]) => [value, all[0]!])) as Record<Value, string>
  return { find, read, names }
}

export const scaleClass = reader<ScaleClass>(
  {
    ABOVE_SCALE: ['规上', '规模以上', '规模以上企业', '规上企业', '规模企业', '限上', '限额以上', '大型', '大型企业', '是'],
    MEDIUM: ['中等', '中型', '中等规模', '中型企业', '中等企业'],
    SMALL_MICRO: [
      '小微',
      '小微企业',
      '小型',
      '微型',
      '小型企业',
      '微型企业',
      '小微型',
      '个体',
      '个体户',
      '个体工商户',
      '小',
      '微',
      '家庭作坊',
      '小作坊',
      '九小场所',
      '小场所',
    ],
  },
  '规上、中等或小微',
)
export const severity = reader<HazardSeverity>(
  {
    GENERAL: ['一般', '一般隐患', '一般事故隐患', '一般性', '一般性隐患', '一般问题', '普通', '普通隐患', '否', '0'],
    MAJOR: ['重大', '重大隐患', '重大事故隐患', '重大问题', '重大安全隐患', '是'],
  },
  '一般 或 重大（隐患只分这两级）',
)
export const factor = reader<HazardFactor>(
  {
    PERSON: ['人', '人的因素', '人的不安全行为', '人员', '人因', '不安全行为', '人为', '人为因素', '人的行为'],
    OBJECT: ['物', '物的因素', '物的不安全状态', '设备', '设备设施', '物态', '机', '机械', '设施设备', '不安全状态', '设施', '物的状态'],
    ENVIRONMENT: ['环境', '环', '环境因素', '环境的不安全因素', '环境不良', '作业环境', '环境的不良', '环境缺陷', '不良环境', '场所环境'],
    MANAGEMENT: ['管理', '管', '管理因素', '管理缺陷', '管理上的缺陷', '管理的缺陷', '基础管理', '管理不到位'],
  },
  '人、物、环境 或 管理',
)
export const category = reader<HazardCategory>(
  {
    MECHANICAL: ['机械', '机械伤害', '机械设备'],
    ELECTRICAL: ['电气', '用电', '触电', '用电安全', '电气安全'],
    FIRE: ['消防', '火灾', '消防安全'],
    GAS: ['燃气', '液化气', '燃气安全'],
    HAZCHEM: ['危险化学品', '危化品', '化学品'],
    DUST: ['粉尘', '粉尘涉爆', '粉尘防爆'],
    CONFINED: ['有限空间', '受限空间', '有限空间作业'],
    SPECIAL_EQUIP: ['特种设备', '起重', '锅炉'],
    VEHICLE: ['车辆', '车辆伤害', '道路交通', '交通'],
    FALL: ['高处坠落', '高处作业', '坠落', '高空坠落'],
    COLLAPSE: ['坍塌', '倒塌'],
    POISONING: ['中毒窒息', '中毒', '窒息', '中毒和窒息'],
    OCC_HEALTH: ['职业健康', '职业卫生', '职业病'],
    STATIC: ['静电', '防雷防静电'],
    TRAINING: ['教育培训', '培训', '培训教育'],
    QUALIFICATION: ['资质证照', '持证上岗', '证照', '资质'],
    CONTRACTOR: ['相关方', '承包商', '外包', '租赁', '承包承租'],
    EMERGENCY: ['应急', '应急管理', '应急救援', '应急预案'],
    SECURITY: ['治安', '安保', '保卫'],
    OTHER: ['其他', '其它', '综合'],
  },
  '消防、电气、机械等类别',
)
/** 检查类型; who checked may say more than the kind of the check (hazardSource.ts). */
export const source = reader<HazardSource>(
  {
    SELF_CHECK: ['企业自查', '自查', '自查自纠', '企业自查自报', '企业自检', '自检', '单位自查', '岗位自查', '班组自查', '自查自改'],
    EMPLOYEE_REPORT: ['员工报告', '员工举报', '职工报告', '内部报告'],
    GRID_PATROL: ['网格巡查', '村级巡查', '巡查', '网格员巡查', '村巡查', '日常巡查', '村居巡查', '属地巡查', '网格排查'],
    STATION_GUIDANCE: [
      '督促指导',
      '站所指导',
      '站所检查',
      '日常检查',
      '专项检查',
      '复产复工检查',
      '节前检查',
      '综合检查',
      '联合检查',
      '督查',
      '行业检查',
      '例行检查',
      '日常监管',
      '专项整治',
      '复工复产检查',
      '走访',
      '部门检查',
      '镇级检查',
      '督导检查',
      '重点时段检查',
      '暗访',
      '明查暗访',
      '安全检查',
      '检查',
      '专项排查',
      '日常排查',
      '季节性检查',
      '节假日检查',
      '双随机检查',
      '抽查',
    ],
    ENFORCEMENT: ['执法检查', '行政执法', '执法', '行政检查', '监督执法'],
    EXPERT: ['专家检查', '专家服务', '第三方检查', '专家会诊', '第三方', '专家指导', '第三方服务', '专家诊断', '技术服务'],
    REPORT: ['群众举报', '举报', '投诉举报', '12345', '举报核查', '信访', '投诉', '群众反映', '举报投诉'],
  },
  '企业自查、网格巡查、日常检查、专项检查、执法检查、专家检查或群众举报',
)
/** DONE is a word whose meaning the days decide (hazardStage.ts). */
export const status = reader<HazardStage | 'DONE'>(
  {
    CLOSED: ['已销号', '销号', '已闭环', '闭环', '已核销', '已办结', '办结', '已关闭', '关闭', '已复查', '复查合格', '已验收', '验收合格', '已归档'],
    DONE: [
      '已整改',
      '已完成',
      '整改完成',
      '完成',
      '已整改完成',
      '已完成整改',
      '整改到位',
      '已整改到位',
      '完成整改',
      '已整改完毕',
      '整改完毕',
      '已改',
      '已落实',
      '是',
      '已消除',
      '√',
      '合格',
      '已按要求整改',
      '按期整改',
      '已按期整改',
      '通过',
    ],
    PENDING_REVIEW: ['待复查', '待验收', '待销号', '已整改待复查', '申请复查', '待核查', '待复核', '整改完成待复查', '已提交复查', '待闭环'],
    RECTIFYING: [
      '整改中',
      '正在整改',
      '进行中',
      '部分整改',
      '在整改',
      '未完成',
      '未整改到位',
      '未整改完成',
      '治理中',
      '未完成整改',
      '推进中',
      '整改未完成',
      '复查不合格',
      '不合格',
      '逾期未整改',
      '逾期',
      '超期未整改',
      '处理中',
    ],
    NOTIFIED: ['待整改', '未整改', '已下达整改通知', '已下发', '已通知', '未开始', '未改', '否', '未销号', '×', '已下达', '未闭环', '限期整改', '待处理'],
    TRANSFERRED: ['已移送', '移送', '已移交', '移交', '移送县级', '上报移送'],
    VOID: ['作废', '已作废', '无效', '撤销', '误报', '取消'],
    REGISTERED: ['已登记', '登记'],
    DRAFT: ['待登记', '草稿'],
  },
  '已销号、待复查、整改中或待整改',
)

/** A status in words of one's own: 隐患已整改到位, 8月底前完成整改，目前未完成. */
export function stageSaid(cell: Cell): HazardStage | 'DONE' {
  const known = status.find(cell.text)
  if (known) return known
  const text = half(cell.text).replace(/\s/g, '')
  if (/移送|移交/.test(text)) return HazardStage.TRANSFERRED
  if (/(未|没有|尚未|还未|待)(整改|开始|动工)/.test(text)) return HazardStage.NOTIFIED
  if (/(未|没有|尚未|还未).*(完成|到位|完毕|销号|闭环)|整改中|正在|部分|进行|推进/.test(text)) return HazardStage.RECTIFYING
  if (/(待|等待|申请|提请).{0,6}(复查|验收|销号|复核)/.test(text)) return HazardStage.PENDING_REVIEW
  if (/已?(销号|闭环|办结|核销)/.test(text)) return HazardStage.CLOSED
  if (/已.*(整改|完成|消除|更换|清理|落实|处理)|(整改|处理).*(完成|到位|完毕)/.test(text)) return 'DONE'
  return status.read(cell)
}
