import { RiskNoticeKind, SignClass, ViolationHandling, ViolationKind, ViolatorRole } from '../site/terms.js'

/** What is said about the sites of the demo town; all of it made up. */
/** By dimension, so that a note speaks of what was scored. */
export const BAD_NOTES: Record<string, readonly string[]> = {
  整理: ['配电箱前堆放纸箱', '不用的模具和报废料没有清走', '机台上放着水杯和手机'],
  整顿: ['通道上堆放半成品，标线被盖住', '工具用后没有归位，散放在机台上', '标签脱落，容器内是什么看不出来'],
  清扫: ['地面有油污，没有及时清理', '边角料没有当班清运', '设备积尘，看不清铭牌', '清扫值日表空白'],
  清洁: ['看板上的责任人没有更新', '告知卡褪色，看不清', '上月检查的问题没有改进记录'],
  素养: ['两名员工没有戴防护眼镜', '班前会没有讲安全', '问到应急措施，员工答不上来'],
}

export const VIOLATIONS: readonly { kind: ViolationKind; spot: string; what: string; violator: ViolatorRole; handling: ViolationHandling }[] = [
  { kind: ViolationKind.ILLEGAL_OPERATION, spot: '机台旁', what: '设备运转中伸手清理卡料', violator: ViolatorRole.WORKER, handling: ViolationHandling.STOPPED },
  {
    kind: ViolationKind.ILLEGAL_OPERATION,
    spot: '打磨区',
    what: '打磨时没有戴防护眼镜和口罩',
    violator: ViolatorRole.WORKER,
    handling: ViolationHandling.EDUCATED,
  },
  { kind: ViolationKind.ILLEGAL_OPERATION, spot: '装卸口', what: '叉车载人行驶', violator: ViolatorRole.SPECIAL_WORKER, handling: ViolationHandling.OFF_POST },
  { kind: ViolationKind.ILLEGAL_OPERATION, spot: '屋面', what: '登高作业没有系安全带', violator: ViolatorRole.CONTRACTOR, handling: ViolationHandling.STOPPED },
  {
    kind: ViolationKind.ILLEGAL_OPERATION,
    spot: '焊接点',
    what: '动火前没有清理周围可燃物',
    violator: ViolatorRole.SPECIAL_WORKER,
    handling: ViolationHandling.RETRAINED,
  },
  { kind: ViolationKind.DISCIPLINE_BREACH, spot: '车间内', what: '上班时间串岗闲谈', violator: ViolatorRole.WORKER, handling: ViolationHandling.EDUCATED },
  { kind: ViolationKind.DISCIPLINE_BREACH, spot: '禁烟区', what: '在禁烟区吸烟', violator: ViolatorRole.NEWCOMER, handling: ViolationHandling.PENALISED },
  { kind: ViolationKind.DISCIPLINE_BREACH, spot: '夜班值守点', what: '夜班值守时脱岗', violator: ViolatorRole.WORKER, handling: ViolationHandling.PENALISED },
  {
    kind: ViolationKind.ILLEGAL_COMMAND,
    spot: '生产线',
    what: '安排没有培训合格的新员工独立上机',
    violator: ViolatorRole.TEAM_LEADER,
    handling: ViolationHandling.RETRAINED,
  },
  { kind: ViolationKind.ILLEGAL_COMMAND, spot: '检修现场', what: '为赶进度要求带电检修', violator: ViolatorRole.MANAGER, handling: ViolationHandling.STOPPED },
]
export const FOLLOWED = [
  '已组织全班重学操作规程，当事人书面检查',
  '班前会通报，已重新考试合格',
  '已安排师傅带教一周',
  '已按制度考核并公示',
  '已完善作业票审批，责任人已谈话',
]

export const SIGNS: readonly { kind: SignClass; text: string; spot: string }[] = [
  { kind: SignClass.WARNING, text: '当心触电', spot: '配电箱门上' },
  { kind: SignClass.WARNING, text: '当心机械伤人', spot: '机台正面' },
  { kind: SignClass.WARNING, text: '注意防火', spot: '仓库门口' },
  { kind: SignClass.PROHIBITION, text: '禁止烟火', spot: '仓库门口' },
  { kind: SignClass.PROHIBITION, text: '禁止合闸', spot: '配电箱门上' },
  { kind: SignClass.PROHIBITION, text: '禁止堆放', spot: '消防通道' },
  { kind: SignClass.MANDATORY, text: '必须戴防护眼镜', spot: '机台正面' },
  { kind: SignClass.MANDATORY, text: '必须穿戴防护用品', spot: '车间入口' },
  { kind: SignClass.INFORMATION, text: '紧急出口', spot: '车间出口上方' },
  { kind: SignClass.INFORMATION, text: '灭火器', spot: '灭火器箱上方' },
]

export const NOTICES: readonly { kind: RiskNoticeKind; title: string; content: string; spot: string }[] = [
  {
    kind: RiskNoticeKind.BOARD,
    title: '企业安全风险公告栏',
    content: '主要风险点、风险等级、管控措施和责任岗位，每年更新一次；发生险情先撤人、再报告',
    spot: '厂区大门内侧',
  },
  {
    kind: RiskNoticeKind.CARD,
    title: '岗位风险告知卡',
    content: '可能发生机械伤害、触电；上岗前检查防护装置，异常立即停机；伤者先止血，报车间负责人',
    spot: '岗位操作台旁',
  },
  { kind: RiskNoticeKind.WARNING_BOARD, title: '较大风险警示牌', content: '非本岗位人员不得入内；进入须穿戴防护用品', spot: '车间入口' },
]
