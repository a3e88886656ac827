import type { ScaleClass } from '../enterprise/enterprise.entity.js'
import { EvidenceKind, TaskRole, TaskSubject } from '../campaign/terms.js'

/** The demo town's own plan of the year, in its own words, after the four phases of the county's campaign. */
export interface PlannedTask {
  phase: number
  title: string
  demand: string
  evidence: EvidenceKind
  subject?: TaskSubject
  responsible?: TaskRole
  scaleClass?: ScaleClass
}

export const PLAN = {
  number: '金政',
  basis: '依据《中华人民共和国安全生产法》第二十一条和上级安全生产标准化提升专项行动的部署，结合本镇实际制定。',
  goal: '在营企业标准化建设全覆盖：告知承诺到位、一企一档建立、三张清单运行、四色风险受控、现场 5S 和六有达标、年度自评完成。',
  deliverables: [
    '告知书逐家送达\n承诺书逐家签订\n一企一档逐家建立',
    '各行业标杆企业上报\n示范岗位上报',
    '规上企业一企一策\n三张清单、四色风险运行\n5S 与六有达标\n重大隐患清零',
    '年度自评完成并经站所认可\n长效机制固化',
  ],
} as const

const { STATION, VILLAGE } = TaskSubject
export const TASKS: readonly PlannedTask[] = [
  { phase: 1, title: '告知书逐家送达', demand: '由主管站所上门送达，主要负责人签收，四份各有去处', evidence: EvidenceKind.NOTICE_DELIVERED },
  { phase: 1, title: '承诺书逐家签订', demand: '由法定代表人签字盖章；名称或法定代表人变更的重新签订', evidence: EvidenceKind.COMMITMENT_SIGNED },
  { phase: 1, title: '一企一档逐家建立', demand: '基本信息录入，档案开始归集', evidence: EvidenceKind.DOSSIER_STARTED, responsible: TaskRole.ENTERPRISE },
  { phase: 2, title: '每个站所推荐标杆企业', demand: '总结可学可看的经验做法，附现场照片', evidence: EvidenceKind.BENCHMARK_NOMINATED, subject: STATION },
  { phase: 2, title: '每个站所推荐示范岗位', demand: '从岗位达标做得好的企业里选', evidence: EvidenceKind.POST_NOMINATED, subject: STATION },
  { phase: 3, title: '规上企业一企一策', demand: '逐家找短板、定目标、排措施', evidence: EvidenceKind.POLICY_MADE, scaleClass: 'ABOVE_SCALE' as ScaleClass },
  {
    phase: 3,
    title: '规上企业现场指导',
    demand: '按一企一策到现场指导，问题和意见记下来',
    evidence: EvidenceKind.POLICY_GUIDED,
    scaleClass: 'ABOVE_SCALE' as ScaleClass,
  },
  { phase: 3, title: '三张清单编制齐全', demand: '单位、车间、岗位三级清单都在用', evidence: EvidenceKind.THREE_LISTS, responsible: TaskRole.ENTERPRISE },
  { phase: 3, title: '四色风险分级', demand: '风险点全部评价定级', evidence: EvidenceKind.RISK_GRADED, responsible: TaskRole.ENTERPRISE },
  { phase: 3, title: '5S 现场审核', demand: '每家至少审核一次', evidence: EvidenceKind.FIVE_S_AUDITED },
  {
    phase: 3,
    title: '六有警示标识达标',
    demand: '标线、铭牌、警示、指令、流向、挂牌齐全完好',
    evidence: EvidenceKind.SIX_HAVES_ACHIEVED,
    responsible: TaskRole.ENTERPRISE,
  },
  { phase: 3, title: '按频次检查到位', demand: '四色差异化检查，到期的都要查到', evidence: EvidenceKind.VISITS_MET },
  { phase: 3, title: '重大隐患全部销号', demand: '五落实到位，双人复查', evidence: EvidenceKind.MAJOR_CLOSED, responsible: TaskRole.TOWN_OFFICE },
  { phase: 3, title: '每个村开展巡查', demand: '网格员巡查并登记', evidence: EvidenceKind.PATROLLED, subject: VILLAGE, responsible: TaskRole.VILLAGE },
  { phase: 4, title: '年度自评完成', demand: '主要负责人牵头，不符合项整改完', evidence: EvidenceKind.ASSESSMENT_FINISHED, responsible: TaskRole.ENTERPRISE },
  { phase: 4, title: '年度自评经站所认可', demand: '站所逐家审查', evidence: EvidenceKind.ASSESSMENT_ACCEPTED },
  { phase: 4, title: '逐月报送工作总结', demand: '每月最后一天前报送，逾期的催报', evidence: EvidenceKind.MONTHLY_SUMMARY, subject: STATION },
  { phase: 4, title: '报送年度总结', demand: '指标对照、典型经验、长效机制', evidence: EvidenceKind.ANNUAL_SUMMARY, subject: STATION },
  { phase: 4, title: '教育培训开展', demand: '全员至少一次', evidence: EvidenceKind.TRAINED, responsible: TaskRole.ENTERPRISE },
]

export const EXEMPT_REASONS = ['设备大修，全年停产', '厂房租约到期，正在办理搬迁', '业主外出，已停止经营，待办停业手续', '与母公司合并办理，由母公司统一签订']

export const WEAKNESSES = [
  ['岗位操作规程上墙不全，新员工培训记录缺项', '三季度末岗位规程全部上墙，新员工三级教育建档率达到百分之百'],
  ['配电线路老化，临时用电审批不规范', '完成配电线路改造，临时用电全部审批留痕'],
  ['粉尘清扫制度不落实，清扫记录不连续', '建立清扫责任表，粉尘区域每班清扫并留照片'],
  ['消防通道时有堆物，应急演练走过场', '通道划线定置，半年组织一次有脚本的演练'],
  ['风险点辨识偏少，管控措施写得笼统', '车间岗位重新辨识一遍，措施具体到人和频次'],
] as const
export const FINDINGS = [
  ['班前检查卡填写雷同，未见整改痕迹', '检查卡换成当班实填，发现问题拍照上传'],
  ['砂轮机防护罩缺失，现场已要求停用', '三日内补装防护罩，验收后再用'],
  ['仓库货物堆放超高，灭火器被遮挡', '按定置图重新码放，灭火器前一米不放物'],
  ['应急物资柜钥匙无人保管', '明确当班保管人，交接班核对'],
] as const
export const STEPS = [
  '修订岗位操作规程并组织考试',
  '完成配电箱和线路改造',
  '补齐车间安全标志和地面标线',
  '组织一次全员应急演练',
  '重新开展岗位风险辨识',
  '建立每周负责人带队检查制度',
]

export const EXPERIENCE = [
  '班前五分钟：班组长对照岗位卡逐项提问，答不上来的当场补课，每周汇总一次薄弱点。\n隐患随手拍：员工发现问题拍照上传，当天有回音，每月评一次有效发现。\n三个月下来，班组自查发现的问题占到七成，重复问题少了一半。',
  '现场定置一张图：原料、半成品、工具、通道都划线编号，下班前按图归位拍照。\n看板上墙：当天风险、当班负责人、整改期限写在车间门口，人人看得见。\n外来检查一次通过，物料找寻时间明显缩短。',
  '岗位达标先从一台设备做起：操作规程图文化，指令、警示、挂牌一次到位，员工扫码就能看。\n师傅带徒弟签字负责，考核不过不上岗。\n做成之后在全车间照样推开，两个月完成。',
]
