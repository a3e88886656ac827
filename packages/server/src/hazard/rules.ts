import type { SqlEntityManager } from '@mikro-orm/sql'
import { run } from '../shared/run.js'

/**
 * Numbers that the field leaves open: defaults here, each editable as a 规则参数 (domain.md §4.4, §4.6; what is
 * tagged GK or D there must be configuration).
 */
export const DEFAULT_RULES = {
  /** 一般隐患默认整改天数 */
  generalDays: 7,
  /** 一般隐患整改期限最长天数 */
  generalMaxDays: 30,
  /** 重大隐患整改期限最长天数 */
  majorMaxDays: 365,
  /** 一般隐患：到期前至少几天申请延期 */
  extensionNoticeGeneral: 1,
  /** 重大隐患：到期前至少几天申请延期 */
  extensionNoticeMajor: 10,
  /** 允许延期次数 */
  extensions: 1,
  /** 临期提醒天数 */
  dueSoonDays: 3,
  /** 重大隐患复查人数 */
  reviewersMajor: 2,
  /** 执法检查隐患复查人数 */
  reviewersEnforcement: 2,
  /** 逾期几天报站所负责人 */
  overdueStationLeader: 3,
  /** 逾期几天报镇安办（督办清单） */
  overdueTown: 7,
  /** 逾期几天提出移送建议 */
  overdueTransfer: 15,
  /** 复查不合格几次提出移送建议 */
  returnsTransfer: 2,
  /** 同一部位一年内出现几次为反复隐患 */
  recurringTimes: 3,
  /** 相似隐患的查找天数 */
  similarDays: 30,
  /** 文书签发几天未签收提醒 */
  letterSignDays: 7,
  /** 工作总结到期前几天提醒 */
  summaryDays: 3,
  /** 计划检查截止前几天提醒 */
  visitSoonDays: 3,
  /** 延期申请几天内答复 */
  extensionAnswerDays: 5,
  /** 三十天内漏检几次提醒站所 */
  missedTimes: 3,
  /** 外部通知连续失败几次暂停 */
  hookFailures: 10,
} satisfies Record<string, number>
export type HazardRules = typeof DEFAULT_RULES
export type RuleKey = keyof HazardRules

export async function hazardRules(em: SqlEntityManager): Promise<HazardRules> {
  const rules = { ...DEFAULT_RULES }
  const kept = await run<{ key: string; value: string }>(em, 'select key, value from setting')
  for (const { key, value } of kept) if (key in rules) rules[key as RuleKey] = Number(value)
  return rules
}
