import type { HazardRules, RuleKey } from './rules.js'

export interface RuleLabel {
  label: string
  unit: string
  low: number
  high: number
}
const rule = (label: string, unit: string, low: number, high: number): RuleLabel => ({ label, unit, low, high })

/** How each number is called on the screen, and between which bounds a town may set it. */
export const RULE_LABELS: Record<RuleKey, RuleLabel> = {
  generalDays: rule('一般隐患默认整改天数', '天', 1, 90),
  generalMaxDays: rule('一般隐患整改期限最长天数', '天', 1, 180),
  majorMaxDays: rule('重大隐患整改期限最长天数', '天', 1, 730),
  extensionNoticeGeneral: rule('一般隐患：到期前至少几天申请延期', '天', 0, 30),
  extensionNoticeMajor: rule('重大隐患：到期前至少几天申请延期', '天', 0, 60),
  extensions: rule('允许延期次数', '次', 0, 5),
  dueSoonDays: rule('到期前几天提醒', '天', 1, 30),
  // Separation of duties is not a matter of taste: a major hazard never closes on one signature.
  reviewersMajor: rule('重大隐患复查人数', '人', 2, 2),
  reviewersEnforcement: rule('执法检查隐患复查人数', '人', 1, 2),
  overdueStationLeader: rule('逾期几天报站所负责人', '天', 1, 60),
  overdueTown: rule('逾期几天报镇安办（列入督办）', '天', 1, 90),
  overdueTransfer: rule('逾期几天提出移送建议', '天', 1, 180),
  returnsTransfer: rule('复查几次不合格提出移送建议', '次', 1, 10),
  recurringTimes: rule('同一部位一年内出现几次为反复隐患', '次', 2, 20),
  similarDays: rule('登记时查找几天内的相似隐患', '天', 1, 365),
  letterSignDays: rule('文书签发几天未签收提醒', '天', 1, 90),
  summaryDays: rule('工作总结到期前几天提醒', '天', 0, 15),
  visitSoonDays: rule('计划检查截止前几天提醒', '天', 0, 30),
  extensionAnswerDays: rule('延期申请应在几天内答复', '天', 1, 30),
  missedTimes: rule('三十天内漏检几次提醒站所', '次', 1, 60),
  hookFailures: rule('外部通知连续失败几次自动暂停', '次', 2, 100),
}

/** Numbers that must stand in this order, each with the sentence that says so. */
const ORDERED: [RuleKey, RuleKey, string][] = [
  ['generalDays', 'generalMaxDays', '默认整改天数不能超过最长天数'],
  ['generalMaxDays', 'majorMaxDays', '一般隐患的最长天数不能超过重大隐患的'],
  ['overdueStationLeader', 'overdueTown', '报站所负责人不能晚于报镇安办'],
  ['overdueTown', 'overdueTransfer', '报镇安办不能晚于提出移送建议'],
]

/** The sentence that a set of numbers breaks, if any. */
export const disorder = (rules: HazardRules, changed: RuleKey): string | undefined =>
  ORDERED.find(([low, high]) => (low === changed || high === changed) && rules[low] > rules[high])?.[2]
