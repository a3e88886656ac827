import { ruleNumber, ruleSet } from '../standard/ruleSets.js'

/** What the field leaves open about summaries (domain.md §7.7 gives the stations' day only). */
export const reportRules = ruleSet('report', '工作总结', {
  townDays: ruleNumber('镇的工作总结：期末后几天内报县', '天', 3, 0, 31),
  yearOpensMonth: ruleNumber('年度总结从几月起可以起草', '月', 11, 1, 12),
  remindDays: ruleNumber('到期前几天列入首页待办', '天', 5, 0, 31),
})
export type ReportRules = Awaited<ReturnType<typeof reportRules>>
